"""Facet counts that equal the lists they lead to."""

from __future__ import annotations

from collections import Counter

from search.document import FACETS, Value
from search.engines.whoosh.leaf import Facet, Facts, Leaf
from search.query import Query


def split(facts: Facts, numbers: list[int], chosen: dict[str, frozenset[Value]]) -> dict[str, list[int]]:
    """The numbers that pass all filters under "", and under each facet those that pass all the others."""
    passing = {name: _passing(facts.facets[name], numbers, wanted) for name, wanted in chosen.items()}

    def passed(but: str) -> list[int]:
        sets = [numbers_of for name, numbers_of in passing.items() if name != but]
        return [number for number in numbers if all(number in one for one in sets)] if sets else numbers

    return {"": passed(""), **{name: passed(name) if name in chosen else [] for name in FACETS}}


def _passing(facet: Facet, numbers: list[int], wanted: frozenset[Value]) -> set[int]:
    codes = {code for code, values in enumerate(facet.sets) if not wanted.isdisjoint(values)}
    return {number for number in numbers if facet.codes[number] in codes}


def count(
    facts: Facts, groups: dict[str, list[int]], chosen: dict[str, frozenset[Value]], into: dict[str, Counter[Value]]
) -> None:
    """Add a segment's counts. A facet counts what passes the other filters, so one more of its values can be chosen."""
    for name, facet in facts.facets.items():
        numbers = groups[name] if name in chosen else groups[""]
        for code, number in Counter(map(facet.codes.__getitem__, numbers)).items():
            for value in facet.sets[code]:
                into[name][value] += number


def standing(leaf: Leaf, numbers: list[int], query: Query, into: Counter[str]) -> None:
    """Add how many of the hits have each name in them, where a query is answered by several."""
    names = [phrase.folded for group in query.groups if len(group) > 1 for phrase in group]
    if not names:
        return
    needles = [name.encode() for name in names]
    into.update(dict.fromkeys(names, 0))
    for number in numbers:
        into.update(name for name, stands in zip(names, leaf.standing(number, needles), strict=True) if stands)
