"""The engines behind one small protocol, chosen by settings.SEARCH_URL."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from importlib import import_module
from typing import Protocol, cast

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from search.document import Document
from search.hits import Health, Hits
from search.query import Query

ENGINES = {
    "whoosh": "search.engines.whoosh",
    "http": "search.engines.elasticsearch",
    "https": "search.engines.elasticsearch",
}
"""URL scheme to the module whose `open_engine(url)` answers it."""

Progress = Callable[[int], None]


class Engine(Protocol):
    """What every engine can do. All but `health` raise IndexMissing, IndexBroken or EngineDown; the callers know what to do."""

    def change(
        self, documents: Iterable[Document], gone: Iterable[int] = (), within: float | None = None, *, turn: int = 1
    ) -> int:
        """Add or replace documents and take others out; the number written. Ids that are not there are no error.

        `within` are the seconds after which the caller would rather hear EngineDown than wait longer. `turn` grows from one
        change to the next: what a hanging connection delivers late, with a lower one, must not undo what came after it.
        """

    def purge(self, most: int | None = None) -> int:
        """Take the words of documents that were replaced or taken out off the disk too; the number of documents copied for it.

        An index only marks what is gone, and drops it at some later merge. With `most`, not if it takes copying more.
        """

    def damaged(self) -> list[str]:
        """The files that are not what was written, where the engine's files are ours to read."""

    def rebuild(self, documents: Iterable[Document], progress: Progress | None = None, *, turn: int = 1) -> int:
        """Build a new index beside the old one, then put it in its place; the number of documents."""

    def search(self, query: Query) -> Hits:
        """One page of hits with the total and the facet counts."""

    def contents(self) -> dict[int, str]:
        """The id and hash of every document in the index."""

    def health(self) -> Health:
        """How the index is; never raises."""

    def close(self) -> None:
        """Let go of files and connections."""


@lru_cache(4)
def _open(url: str) -> Engine:
    scheme = url.partition(":")[0]
    if scheme not in ENGINES:
        raise ImproperlyConfigured(f"SEARCH_URL: no engine for {scheme!r}; there is {', '.join(ENGINES)}")
    return cast(Engine, import_module(ENGINES[scheme]).open_engine(url))


def engine() -> Engine:
    """The engine of this site, opened once a process."""
    return _open(settings.SEARCH_URL)
