"""Talking to the server: its nodes, its patience, and what its answers mean to us."""

from __future__ import annotations

import logging
import threading
from base64 import b64encode
from collections.abc import Callable
from typing import Any, TypeVar
from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured
from elasticsearch import ApiError, ConnectionTimeout, Elasticsearch, NotFoundError, TransportError

from search.hits import EngineDown, IndexMissing
from search.resting import Rest

QUICK = 1.0
"""Seconds that a reader waits for the server at most."""
SLOW = 60.0
"""Seconds for what no reader waits for: a batch of the worker, a step of a rebuild."""
REST, LONGEST_REST = 1.0, 3.0
"""Seconds in which a server that did not answer is not asked again, so that readers do not wait for it one after the other.

A busy one that was late once is asked again soon; one that goes on not answering less and less often.
"""

log = logging.getLogger(__name__)
Answer = TypeVar("Answer")


def parsed(url: str) -> tuple[list[str], str, dict[str, Any]]:
    """Nodes, index name and client options of `https://user:pass@host:9200,other:9200/zhihui?ca=/path/ca.crt`."""
    parts = urlsplit(url)
    account, _, hosts = parts.netloc.rpartition("@")
    name = parts.path.strip("/") or "zhihui"
    if not hosts or name != name.lower() or not name.replace("-", "").replace("_", "").isalnum():
        raise ImproperlyConfigured(
            "SEARCH_URL must be like https://user:password@host:9200/zhihui, the index name in lower case."
        )
    port = 443 if parts.scheme == "https" else 9200
    nodes = [f"{parts.scheme}://{host if _has_port(host) else f'{host}:{port}'}" for host in hosts.split(",")]
    options: dict[str, Any] = {}
    if account:
        user, _, password = account.partition(":")
        # Encoded here: the client takes ASCII alone.
        options["basic_auth"] = b64encode(f"{unquote(user)}:{unquote(password)}".encode()).decode()
    if ca := parse_qs(parts.query).get("ca"):
        options["ca_certs"] = ca[0]
    return nodes, name, options


def _has_port(host: str) -> bool:
    return host.rpartition(":")[2].isdigit() and not host.endswith("]")


class Connection:
    """A client for all nodes. Every call says how long it may take; failing is EngineDown or IndexMissing, never another error."""

    def __init__(self, nodes: list[str], options: dict[str, Any]) -> None:
        self.nodes, self.options = nodes, options
        self._rest = Rest(REST, LONGEST_REST)
        self._lock = threading.Lock()
        self._client: Elasticsearch | None = None

    @property
    def client(self) -> Elasticsearch:
        """The client, made on first use."""
        with self._lock:
            if self._client is None:
                self._client = Elasticsearch(self.nodes, retry_on_timeout=True, retry_on_status=(), **self.options)
            return self._client

    def quickly(self, ask: Callable[[Elasticsearch], Answer], within: float = float("inf")) -> Answer:
        """Ask for somebody who waits, so many seconds or QUICK at most; at once EngineDown while the server rests."""
        if self._rest.on:
            raise EngineDown("it did not answer a moment ago")
        # Of several nodes a second one is asked when the first does not answer in its share of the time.
        share = min(within, QUICK) / min(2, len(self.nodes))
        return self._asked(ask, share, retries=min(1, len(self.nodes) - 1))

    def patiently(self, ask: Callable[[Elasticsearch], Answer]) -> Answer:
        """Ask when nobody waits, also a server that rests: somebody must find out that it is back."""
        return self._asked(ask, SLOW, retries=len(self.nodes) - 1)

    def _asked(self, ask: Callable[[Elasticsearch], Answer], timeout: float, retries: int) -> Answer:
        try:
            answered = ask(self.client.options(request_timeout=timeout, max_retries=retries))
        except NotFoundError as error:
            raise IndexMissing(error.message) from error
        except ApiError as error:
            if error.status_code < 500 and error.status_code != 429:
                log.error("The search server refused a request: %s", error)
            else:
                log.warning("The search server is in trouble: %s", error)
            raise EngineDown(f"{error.status_code} {error.message}") from error
        except TransportError as error:
            # Who came with little time left to wait says nothing about the server.
            if timeout * (1 + retries) >= QUICK or not isinstance(error, ConnectionTimeout):
                self._begin_rest()
            raise EngineDown(f"{type(error).__name__}: {error.message}") from error
        self._rest.end()
        return answered

    def _begin_rest(self) -> None:
        if seconds := self._rest.begin():
            log.warning("The search server does not answer; for %s s it is not asked again", seconds)

    def close(self) -> None:
        """Let go of the connections, and forget that the server did not answer; the next call makes new ones."""
        with self._lock:
            client, self._client = self._client, None
        self._rest.end()
        if client is not None:
            client.close()
