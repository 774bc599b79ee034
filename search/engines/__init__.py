"""The engines behind one small protocol, chosen by settings.SEARCH_URL."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from importlib import import_module
from typing import Protocol, cast

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from search.document import Document
from search.hits import Health, Hits, Suggestion
from search.query import Query

ENGINES = {"whoosh": "search.engines.whoosh"}
"""URL scheme to the module whose `open_engine(url)` answers it."""

Progress = Callable[[int], None]


class Engine(Protocol):
    """What every engine can do. Reading raises IndexMissing or IndexBroken; the callers know what to do about it."""

    def index(self, documents: Iterable[Document]) -> int:
        """Add or replace the documents, in one commit; the number written."""

    def delete(self, ids: Iterable[int]) -> None:
        """Take documents out; ids that are not there are no error."""

    def rebuild(self, documents: Iterable[Document], progress: Progress | None = None) -> int:
        """Build a new index beside the old one, then put it in its place; the number of documents."""

    def search(self, query: Query) -> Hits:
        """One page of hits with the total and the facet counts."""

    def suggest(self, text: str, *, exclude: frozenset[int] = frozenset(), limit: int = 8) -> list[Suggestion]:
        """Titles and names that begin with, or else have in them, what was typed."""

    def ids(self) -> set[int]:
        """The ids of all documents in the index."""

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
