"""What an engine answers: hits, suggestions, and how it is."""

from __future__ import annotations

from dataclasses import dataclass, field

from search.document import Value


@dataclass(frozen=True, slots=True)
class Hits:
    """One page of ids in order, the number of all, and facet counts that equal the lists they lead to.

    `degraded` says that the index could not be read, so that the page can tell the reader.
    """

    ids: tuple[int, ...] = ()
    total: int = 0
    facets: dict[str, list[tuple[Value, int]]] = field(default_factory=dict)
    took_ms: float = 0.0
    page: int = 1
    pages: int = 1
    degraded: bool = False


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A title or name that begins with, or has in it, what was typed."""

    id: int
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Health:
    """How the index is: `ok`, `stale` (made by another text chain), `missing` or `broken`."""

    state: str
    documents: int = 0
    detail: str = ""


class IndexMissing(Exception):
    """There is no index yet."""


class IndexBroken(Exception):
    """There is an index, but it cannot be read."""
