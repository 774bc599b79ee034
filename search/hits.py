"""What an engine answers: hits, suggestions, and how it is."""

from __future__ import annotations

from dataclasses import dataclass, field

from search.document import Value


@dataclass(frozen=True, slots=True)
class Hits:
    """One page of ids in order, the number of all, and facet counts that equal the lists they lead to.

    `aliases` says, by the chain of each name that a query was answered by, how many of the hits have it. `degraded` says that
    the index could not be asked, and these are the titles and names that the records have, so that the page can tell the reader.
    """

    ids: tuple[int, ...] = ()
    total: int = 0
    facets: dict[str, list[tuple[Value, int]]] = field(default_factory=dict)
    aliases: dict[str, int] = field(default_factory=dict)
    took_ms: float = 0.0
    page: int = 1
    pages: int = 1
    degraded: bool = False


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A title or name that begins with, sounds like, or has in it, what was typed."""

    id: int
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Health:
    """How the index is: `ok`, `stale` (made by another text chain), `missing`, `broken`, or `down` (its server does not answer)."""

    state: str
    documents: int = 0
    detail: str = ""


class IndexMissing(Exception):
    """There is no index yet."""


class IndexBroken(Exception):
    """There is an index, but it cannot be read."""


class EngineDown(Exception):
    """The engine's server does not answer, or not in time, or only in part; the index itself may be whole."""
