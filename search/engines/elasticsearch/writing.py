"""Writing: batches of changes, and a whole index beside the one that answers."""

from __future__ import annotations

import json
import logging
import re
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any, cast

from elasticsearch import Elasticsearch

from search.document import Document
from search.engines.elasticsearch import schema
from search.engines.elasticsearch.connection import Connection
from search.hits import EngineDown, IndexMissing

LARGEST = 8_000_000
"""Bytes of one request."""
STEP = 500
UNREADABLE, OVERTAKEN = 400, 409

log = logging.getLogger(__name__)


def operations(documents: Iterable[Document], gone: Iterable[int], turn: int) -> Iterator[tuple[str, ...]]:
    """Each change as the lines of a bulk request, versioned by its turn: a node that hung may carry out an old one late."""
    version = {"version": turn, "version_type": "external_gte"}
    for document in documents:
        action = {"index": {"_id": str(document.id), **version}}
        yield json.dumps(action), json.dumps(schema.row(document), ensure_ascii=False)
    for number in gone:
        yield (json.dumps({"delete": {"_id": str(number), **version}}),)


def steps(changes: Iterable[tuple[str, ...]]) -> Iterator[list[tuple[str, ...]]]:
    """The changes in requests of a bearable size."""
    step: list[tuple[str, ...]] = []
    size = 0
    for change in changes:
        step.append(change)
        size += sum(map(len, change)) * 3
        if len(step) == STEP or size > LARGEST:
            yield step
            step, size = [], 0
    if step:
        yield step


def write(client: Elasticsearch, index: str, step: list[tuple[str, ...]], *, alias: bool, refresh: bool) -> int:
    """Send one request; the number of documents written. Raises IndexMissing, or EngineDown when the server is too busy."""
    answer = client.bulk(
        index=index,
        operations=cast(Any, [line for change in step for line in change]),
        require_alias=alias,
        refresh=refresh,
    )
    written = 0
    for item in answer["items"]:
        result = next(iter(item.values()))
        status = int(result["status"])
        written += status < 300 and "index" in item
        if status >= 300 and "error" in result:
            _fail(status, result)
    return written


def _fail(status: int, result: dict[str, Any]) -> None:
    """One change was not taken. What the server can never read is said and left out; `search check` shows it as missing."""
    error = result["error"]
    if error.get("type") == "index_not_found_exception":
        raise IndexMissing(str(error.get("reason")))
    if status == OVERTAKEN:
        return  # a later change is there already
    if status != UNREADABLE:
        # Too busy, no room, blocked, not allowed: all of it can change, so the change waits.
        raise EngineDown(f"{status} {error.get('reason')}")
    log.error("The search server cannot read document %s: %s", result.get("_id"), error.get("reason"))


class Building:
    """A new index beside the old one: `name-<fingerprint>-<time>`, with the alias `name` put on it at the end."""

    def __init__(self, connection: Connection, name: str) -> None:
        self.connection, self.name = connection, name
        self.ours = re.compile(rf"{re.escape(name)}-[0-9a-f]{{12}}-[0-9a-f]+")

    def build(self, documents: Iterable[Document], progress: Callable[[int], None] | None, turn: int) -> int:
        """Build, swap, remove what was before; the number of documents."""
        self.clear(keep=self.current())
        index = f"{self.name}-{schema.fingerprint()}-{time.time_ns():x}"
        # Nobody reads it yet: no copies, and made readable once, at the end.
        settings = {
            **schema.settings(),
            "refresh_interval": "-1",
            "auto_expand_replicas": False,
            "number_of_replicas": 0,
        }
        self.connection.patiently(
            lambda client: client.indices.create(index=index, settings=settings, mappings=schema.mappings())
        )
        count = 0
        for step in steps(operations(documents, (), turn)):
            self.connection.patiently(
                lambda client, step=step: write(client, index, step, alias=False, refresh=False)  # type: ignore[misc]
            )
            count += len(step)
            if progress:
                progress(count)
        self._swap(index)
        return count

    def _swap(self, index: str) -> None:
        usual = {"index.refresh_interval": None, "index.auto_expand_replicas": "0-1"}
        before = self.current()
        actions: list[dict[str, Any]] = [{"remove": {"index": old, "alias": self.name}} for old in before]
        actions.append({"add": {"index": index, "alias": self.name, "is_write_index": True}})
        self.connection.patiently(lambda client: client.indices.put_settings(index=index, settings=usual))
        self.connection.patiently(lambda client: client.indices.refresh(index=index))
        self.connection.patiently(lambda client: client.indices.update_aliases(actions=actions))
        self.clear(keep=[index])

    def current(self) -> list[str]:
        """The index that the alias is on: one, or none yet."""
        try:
            return list(self.connection.patiently(lambda client: dict(client.indices.get_alias(name=self.name))))
        except IndexMissing:
            return []

    def clear(self, keep: Iterable[str]) -> None:
        """Remove every index of ours but these: old ones, and what a killed build left behind."""
        every = self.connection.patiently(lambda client: dict(client.indices.get(index=f"{self.name}-*")))
        for index in set(filter(self.ours.fullmatch, every)) - set(keep):
            self.connection.patiently(
                lambda client, index=index: client.indices.delete(index=index, ignore_unavailable=True)  # type: ignore[misc]
            )
