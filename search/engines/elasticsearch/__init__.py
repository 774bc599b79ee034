"""The distributed engine: an index on an Elasticsearch cluster, behind an alias."""

from __future__ import annotations

import logging
import time
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

from elasticsearch import Elasticsearch

from search.document import FACETS, Document, Value
from search.engines.counting import ordered
from search.engines.elasticsearch import schema
from search.engines.elasticsearch.connection import Connection, parsed
from search.engines.elasticsearch.request_body import request
from search.engines.elasticsearch.writing import Building, operations, steps, write
from search.hits import EngineDown, Health, Hits, IndexMissing
from search.query import Query

log = logging.getLogger(__name__)
PAGE = 10_000
"""Documents read at once when all are compared."""


class ElasticsearchEngine:
    """One alias on one cluster; safe for threads."""

    def __init__(self, connection: Connection, name: str) -> None:
        self.connection, self.name = connection, name
        self.building = Building(connection, name)

    def change(
        self, documents: Iterable[Document], gone: Iterable[int] = (), within: float | None = None, *, turn: int = 1
    ) -> int:
        """Add or replace documents and take others out; readable when this returns."""
        written = 0
        for step in steps(operations(documents, gone, turn)):

            def send(client: Elasticsearch, step: list[tuple[str, ...]] = step) -> int:
                return write(client, self.name, step, alias=True, refresh=True)

            if within is None:
                written += self.connection.patiently(send)
            else:
                written += self.connection.quickly(send, within)
        return written

    def purge(self, most: int | None = None) -> int:
        """Let the server merge the segments with deletions; it says nothing of how much that was. Never when somebody waits."""
        if most is None:
            self.connection.patiently(
                lambda client: client.indices.forcemerge(index=self.name, only_expunge_deletes=True)
            )
        return 0

    def damaged(self) -> list[str]:
        """None: the server keeps checksums of its own."""
        return []

    def rebuild(
        self, documents: Iterable[Document], progress: Callable[[int], None] | None = None, *, turn: int = 1
    ) -> int:
        """Build a new index beside the old one, then move the alias."""
        return self.building.build(documents, progress, turn)

    def search(self, query: Query) -> Hits:
        """One page of hits, the total and the facet counts, in one request; two when the page asked for is beyond the last."""
        started = time.perf_counter()
        answer = self._ask(query, query.page)
        total = int(answer["hits"]["total"]["value"])
        pages = max(1, -(-total // query.size))
        page = min(query.page, pages)
        if page != query.page:
            answer = self._ask(query, page)
        return Hits(
            ids=tuple(int(hit["_id"]) for hit in answer["hits"]["hits"]),
            total=total,
            facets=_facets(answer["aggregations"], query),
            aliases=_aliases(answer["aggregations"]),
            took_ms=(time.perf_counter() - started) * 1000,
            page=page,
            pages=pages,
        )

    def _ask(self, query: Query, page: int) -> Any:
        body = request(query, page)
        answer = self.connection.quickly(
            lambda client: client.search(
                index=self.name, body=body, allow_partial_search_results=False, filter_path=["-hits.hits.sort"]
            )
        )
        if answer["timed_out"] or answer["_shards"]["failed"]:
            log.warning("The search server answered only in part")
            raise EngineDown("it answered only in part")
        return answer

    def contents(self) -> dict[int, str]:
        """The id and hash of every document in the index."""
        found: dict[int, str] = {}
        body: dict[str, Any] = {
            "size": PAGE,
            "_source": False,
            "docvalue_fields": ["hash"],
            "sort": [{"id": "asc"}],
            "track_total_hits": False,
        }
        while True:
            answer = self.connection.patiently(lambda client: client.search(index=self.name, body=body))
            hits = answer["hits"]["hits"]
            found.update((int(hit["_id"]), hit["fields"]["hash"][0]) for hit in hits)
            if len(hits) < PAGE:
                return found
            body["search_after"] = hits[-1]["sort"]

    def health(self) -> Health:
        """How the index is."""
        ask = self.connection.quickly
        try:
            current = ask(lambda client: dict(client.indices.get_alias(name=self.name)))
            if ask(lambda client: client.cluster.health(index=self.name))["status"] == "red":
                return Health("broken", detail="(its data is on no node that is there)")
            documents = int(ask(lambda client: client.count(index=self.name))["count"])
        except IndexMissing:
            return Health("missing")
        except EngineDown as down:
            return Health("down", detail=f"({down})")
        if all(index.startswith(f"{self.name}-{schema.fingerprint()}-") for index in current):
            return Health("ok", documents)
        return Health("stale", documents, "(made by an older text chain: rebuild it)")

    def close(self) -> None:
        """Let go of the connections; the next call opens them anew."""
        self.connection.close()


def _facets(counted: Any, query: Query) -> dict[str, list[tuple[Value, int]]]:
    counts: dict[str, Counter[Value]] = {}
    for name in FACETS:
        buckets = [*counted[name]["values"]["buckets"], *counted[name].get("chosen", {}).get("buckets", ())]
        counts[name] = Counter({_value(name, bucket["key"]): int(bucket["doc_count"]) for bucket in buckets})
    return ordered(counts, query.chosen())


def _value(name: str, key: Any) -> Value:
    """Keys of places are kept as text, so that equal counts are in the order that the other engine has."""
    return int(key) if name in ("decades", "places") else str(key)


def _aliases(counted: Any) -> dict[str, int]:
    buckets = counted["aliases"]["names"]["buckets"] if "aliases" in counted else {}
    return {name: int(bucket["doc_count"]) for name, bucket in buckets.items()}


def open_engine(url: str) -> ElasticsearchEngine:
    """The engine of `https://user:pass@host:9200/zhihui`."""
    nodes, name, options = parsed(url)
    return ElasticsearchEngine(Connection(nodes, options), name)
