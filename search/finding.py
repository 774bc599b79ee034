"""Asking the engine, and still answering when its index is missing or broken."""

from __future__ import annotations

import logging

from search.engines import engine
from search.hits import Hits, IndexBroken, IndexMissing, Suggestion
from search.query import Query
from search.rebuilding import repair

log = logging.getLogger(__name__)


def find(query: Query) -> Hits:
    """The engine's answer; without a readable index an empty one marked `degraded`, while it is being mended."""
    try:
        return engine().search(query)
    except (IndexMissing, IndexBroken) as trouble:
        log.warning("Search without an index: %r", trouble)
    if repair():
        try:
            return engine().search(query)
        except (IndexMissing, IndexBroken):
            log.exception("The rebuilt index cannot be read")
    return Hits(degraded=True)


def suggest(text: str, *, exclude: frozenset[int] = frozenset(), limit: int = 8) -> list[Suggestion]:
    """Titles and names for what was typed so far; none without an index."""
    try:
        return engine().suggest(text, exclude=exclude, limit=limit)
    except (IndexMissing, IndexBroken):
        return []
