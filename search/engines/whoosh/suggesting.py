"""Titles and names for what a reader has typed so far."""

from __future__ import annotations

from collections.abc import Iterable

from search.engines.whoosh.leaf import Leaf
from search.folding import fold
from search.hits import Suggestion

LONGEST = 64


def suggest(leaves: Iterable[Leaf], text: str, exclude: frozenset[int], limit: int) -> list[Suggestion]:
    """Those that begin with it first, then those that have it in them; short before long, each holding once."""
    typed = fold(" ".join(text[:LONGEST].split()))
    if not typed:
        return []
    best: dict[int, tuple[tuple[bool, int, int], Suggestion]] = {}
    for leaf in leaves:
        for number in leaf.live():
            for title in leaf.facts.titles[number]:
                at = fold(title).find(typed)
                identity = leaf.facts.ids[number]
                rank = (at > 0, len(title), identity)
                if at >= 0 and identity not in exclude and (identity not in best or rank < best[identity][0]):
                    best[identity] = rank, Suggestion(identity, leaf.facts.kinds[number], title)
    return [suggestion for _, suggestion in sorted(best.values(), key=lambda pair: pair[0])[: max(0, limit)]]
