"""The embedded engine: a Whoosh index in a folder, no server."""

from __future__ import annotations

import heapq
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

from search.document import FACETS, Document, Value
from search.engines.chains import fingerprint
from search.engines.counting import ordered
from search.engines.whoosh import sums
from search.engines.whoosh.facet_counts import count, split, standing
from search.engines.whoosh.leaf import Facts
from search.engines.whoosh.place import Place
from search.engines.whoosh.reading import Reading
from search.engines.whoosh.schema import LAYOUT
from search.engines.whoosh.writing import build, change, purge
from search.hits import Health, Hits, IndexBroken, IndexMissing
from search.query import Query

BITS = 40
ID = (1 << BITS) - 1
"""Ids and weights have fewer bits than that, so that they can stand side by side in one number."""
NEVER = 10**9
"""An ordinal after every date: holdings without one come last in both directions."""

Answer = TypeVar("Answer")


class WhooshEngine:
    """One index in a folder; safe for threads (one reads at a time) and for several processes."""

    def __init__(self, root: Path) -> None:
        self.place = Place(root)
        self._reading = Reading(self.place)
        self._turn = threading.Lock()

    def change(
        self, documents: Iterable[Document], gone: Iterable[int] = (), within: float | None = None, *, turn: int = 1
    ) -> int:
        """Add or replace documents and take others out, in one commit. In a folder nothing comes late."""
        return change(self.place, documents, gone, within)

    def purge(self, most: int | None = None) -> int:
        """Write anew what still has the words of documents taken out, unless those are more than `most` documents."""
        return purge(self.place, most)

    def damaged(self) -> list[str]:
        """The files that are not what was written."""
        folder = self.place.current()
        return sums.damaged(folder) if folder else []

    def rebuild(
        self, documents: Iterable[Document], progress: Callable[[int], None] | None = None, *, turn: int = 1
    ) -> int:
        """Build a new index in a folder of its own, then swap."""
        return build(self.place, documents, progress)

    def search(self, query: Query) -> Hits:
        """One page of hits, the total and the facet counts."""
        started = time.perf_counter()
        return self._read(lambda reading: _search(reading, query, started))

    def contents(self) -> dict[int, str]:
        """The id and hash of every document in the index."""
        return self._read(
            lambda reading: {
                leaf.facts.ids[number]: leaf.facts.hashes[number] for leaf in reading.leaves() for number in leaf.live()
            }
        )

    def health(self) -> Health:
        """How the index is."""
        try:
            documents = len(self.contents())
        except IndexMissing:
            return Health("missing")
        except IndexBroken as broken:
            return Health("broken", detail=str(broken))
        folder = self.place.current()
        fresh = folder is not None and folder.name.startswith(fingerprint(LAYOUT))
        if fresh:
            return Health("ok", documents)
        return Health("stale", documents, "(made by an older text chain: rebuild it)")

    def close(self) -> None:
        """Close the files."""
        with self._turn:
            self._reading.close()

    def _read(self, answer: Callable[[Reading], Answer]) -> Answer:
        """Read, one thread at a time. A swap can take the files away in the middle: then read once more from the new ones."""
        with self._turn:
            try:
                return answer(self._reading)
            except IndexMissing:
                raise
            except Exception:
                self._reading.close()
            try:
                return answer(self._reading)
            except IndexMissing:
                raise
            except Exception as error:
                self._reading.close()
                raise IndexBroken(f"{type(error).__name__}: {error}") from error


def _search(reading: Reading, query: Query, started: float) -> Hits:
    chosen = query.chosen()
    counts: dict[str, Counter[Value]] = {name: Counter() for name in FACETS}
    keys: list[int] = []
    aliases: Counter[str] = Counter()
    for leaf in reading.leaves():
        facts = leaf.facts
        weights = leaf.matches(query)
        groups = split(facts, _wanted(facts, list(weights), query), chosen)
        count(facts, groups, chosen, counts)
        standing(leaf, groups[""], query, aliases)
        keys += _keys(facts, groups[""], weights, query.sort)
    pages = max(1, -(-len(keys) // query.size))
    page = min(query.page, pages)
    return Hits(
        ids=_page(keys, query.size, page),
        total=len(keys),
        facets=ordered(counts, chosen),
        aliases=dict(aliases),
        took_ms=(time.perf_counter() - started) * 1000,
        page=page,
        pages=pages,
    )


def _wanted(facts: Facts, numbers: list[int], query: Query) -> list[int]:
    """Those that the reader may know of and whose span meets the days asked for; an open end goes on, no date meets none."""
    ids, spans, hidden, since, until = facts.ids, facts.spans, query.exclude, query.since, query.until
    if hidden:
        numbers = [number for number in numbers if ids[number] not in hidden]
    if since is not None:
        numbers = [number for number in numbers if (last := spans[number][1]) is None or last >= since]
    if until is not None:
        numbers = [number for number in numbers if (first := spans[number][0]) is None or first <= until]
    if since is not None or until is not None:
        numbers = [number for number in numbers if spans[number] != (None, None)]
    return numbers


def _keys(facts: Facts, numbers: list[int], weights: dict[int, int], sort: str) -> list[int]:
    """What each is ordered by, in one whole number: time where asked, then weight, then id, so that the order is always the same.

    Numbers, since ten thousand tuples a search keep the garbage collector busy.
    """
    ids, spans = facts.ids, facts.spans
    if sort == "relevance":
        return [ids[number] - (weights[number] << BITS) for number in numbers]
    return [(_time(spans[number], sort) << 2 * BITS) - (weights[number] << BITS) + ids[number] for number in numbers]


def _page(keys: list[int], size: int, page: int) -> tuple[int, ...]:
    """The ids of a page."""
    start = (page - 1) * size
    return tuple(key & ID for key in heapq.nsmallest(start + size, keys)[start:])


def _time(span: tuple[int | None, int | None], sort: str) -> int:
    first, last = span
    if sort == "oldest":
        return NEVER if first is None else first
    return NEVER if last is None else -last


def open_engine(url: str) -> WhooshEngine:
    """The engine of `whoosh:<folder>`."""
    return WhooshEngine(Path(url.partition(":")[2]))
