"""Answering a question: understand it, ask the engine, try harder when nothing is found, and answer even without an index."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from search import did_you_mean, fallback, outbox
from search.analysis import chain
from search.engines import engine
from search.hits import EngineDown, Hits, IndexBroken, IndexMissing
from search.query import Query
from search.rebuilding import repair
from search.understanding import Understanding, loosely, understand

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Answer:
    """The hits, the question as it was understood, and, when there are none, other words that do find something."""

    understood: Understanding
    hits: Hits
    nearby: tuple[did_you_mean.Nearby, ...] = ()

    @property
    def query(self) -> Query:
        """The query that was searched."""
        return self.understood.query

    def count(self, name: str) -> int | None:
        """Return how many of the hits have a name that was searched; None for one that was not, since other things share it."""
        return self.hits.aliases.get(chain(name))


def answer(query: Query, *, chosen: int | None = None, only: bool = False) -> Answer:
    """Find what a reader asked for. `chosen` is the id of the thing meant by an ambiguous name; `only` takes words as words."""
    outbox.catch_up()
    understood = Understanding(query) if only else understand(query, chosen=chosen)
    hits = find(understood.query)
    if hits.total or hits.degraded or not query.text:
        return Answer(understood, hits)
    if not only and (wider := loosely(query)) and (found := find(wider.query)).total:
        return Answer(wider, found)
    return Answer(understood, hits, tuple(did_you_mean.nearby(query, find)))


def find(query: Query) -> Hits:
    """The engine's answer; without a readable index what the records know, marked `degraded`, while it is being mended."""
    try:
        return engine().search(query)
    except EngineDown as trouble:
        # Every reader comes by here; the engine says it to the operator, once in a while.
        log.info("The search server does not answer: %s", trouble)
        return fallback.search(query)
    except (IndexMissing, IndexBroken) as trouble:
        log.warning("Search without an index: %r", trouble)
    for still in (False, True):
        if not repair(still):
            break
        try:
            return engine().search(query)
        except (IndexMissing, IndexBroken, EngineDown):
            log.exception("The mended index cannot be read")
    return fallback.search(query)
