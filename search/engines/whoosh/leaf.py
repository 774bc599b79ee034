"""Reading one segment of the index: candidates by their terms, checked on the chain column, weighed, with facts for facets."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from search.document import FACETS, Value
from search.engines.whoosh.schema import PART
from search.query import Query
from search.ranking import weigh

SEPARATOR = PART.encode()


@dataclass(slots=True)
class Facts:
    """What is known of every document of a segment by its number in it; a segment never changes, so it is read once."""

    ids: list[int] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)
    titles: list[list[str]] = field(default_factory=list)
    spans: list[tuple[int | None, int | None]] = field(default_factory=list)
    facets: dict[str, list[tuple[Value, ...]]] = field(default_factory=lambda: {name: [] for name in FACETS})

    @classmethod
    def read(cls, column: Any, count: int) -> Facts:
        """Take the facts column apart, once a segment."""
        facts = cls()
        for number in range(count):
            row = json.loads(column[number])
            facts.ids.append(row["id"])
            facts.kinds.append(row["kind"])
            facts.titles.append(row["titles"])
            facts.spans.append((row["first"], row["last"]))
            for name, values in facts.facets.items():
                values.append(tuple(row["facets"][name]))
        return facts


class Leaf:
    """One segment, opened."""

    def __init__(self, reader: Any, facts: Facts | None) -> None:
        self.reader = reader
        schema = reader.schema
        self.folded = reader.column_reader("folded", schema["folded"].column_type, translate=False)
        self.literal = reader.column_reader("literal", schema["literal"].column_type, translate=False)
        self.facts = facts or Facts.read(
            reader.column_reader("facts", schema["facts"].column_type, translate=False), reader.doc_count_all()
        )

    def live(self) -> list[int]:
        """The numbers of all documents that are not deleted."""
        return list(self.reader.all_doc_ids())

    def candidates(self, terms: list[bytes]) -> list[int]:
        """The numbers of the documents that have every term, rarest term first."""
        if any(("terms", term) not in self.reader for term in terms):
            return []
        frequency = self.reader.doc_frequency
        first, *others = sorted(set(terms), key=lambda term: int(frequency("terms", term)))
        numbers = list(self._having(first))
        for term in others:
            if not numbers:
                break
            having = set(self._having(term))
            numbers = [number for number in numbers if number in having]
        return numbers

    def _having(self, term: bytes) -> list[int]:
        return list(self.reader.postings("terms", term).all_ids())

    def matches(self, query: Query) -> list[tuple[int, float]]:
        """The numbers and weights of the documents in which every phrase stands."""
        if not query.phrases:
            return [] if query.impossible else [(number, 0.0) for number in self.live()]
        terms = [term.encode() for phrase in query.phrases for term in phrase.terms]
        numbers = self.candidates(terms)
        exact = [phrase.literal.encode() for phrase in query.phrases if phrase.exact]
        if exact:
            literal = self.literal
            numbers = [number for number in numbers if all(needle in literal[number] for needle in exact)]
        return self._weighed(numbers, query)

    def _weighed(self, numbers: list[int], query: Query) -> list[tuple[int, float]]:
        needles = [phrase.folded.encode() for phrase in query.phrases]
        whole, folded = query.whole.encode(), self.folded
        found = []
        # A phrase that is a single term stands wherever its term is listed; a longer one is looked for.
        unproved = [phrase.folded.encode() for phrase in query.phrases if len(phrase.terms) > 1]
        for number in numbers:
            cell = folded[number]
            if unproved and not all(needle in cell for needle in unproved):
                continue
            found.append((number, weigh(whole, needles, *cell.split(SEPARATOR))))
        return found
