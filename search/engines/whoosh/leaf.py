"""Reading one segment of the index: candidates by their terms, checked on the chain column, weighed, with facts for facets."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from search import ranking
from search.document import FACETS, Value
from search.engines.whoosh import postings
from search.engines.whoosh.schema import PART
from search.query import Query

SEPARATOR = PART.encode()
HEAD, TEXT = "head", "text"


class Facet:
    """The values of one facet for every document of a segment, by its number: a code each, and what the codes stand for.

    Few documents differ in all their values, so counting codes is counting small numbers.
    """

    def __init__(self) -> None:
        self.codes: list[int] = []
        self.sets: list[tuple[Value, ...]] = []
        self._known: dict[tuple[Value, ...], int] = {}

    def append(self, values: tuple[Value, ...]) -> None:
        """Add the next document's values."""
        code = self._known.setdefault(values, len(self.sets))
        if code == len(self.sets):
            self.sets.append(values)
        self.codes.append(code)


@dataclass
class Facts:
    """What is known of every document of a segment by its number in it; a segment never changes, so it is read once.

    `lengths` are bytes of text; `once` is the weight there of a phrase that stands in it once, as most do.
    """

    ids: list[int] = field(default_factory=list)
    hashes: list[str] = field(default_factory=list)
    spans: list[tuple[int | None, int | None]] = field(default_factory=list)
    lengths: list[int] = field(default_factory=list)
    once: list[int] = field(default_factory=list)
    facets: dict[str, Facet] = field(default_factory=lambda: {name: Facet() for name in FACETS})

    @classmethod
    def read(cls, column: Any, count: int) -> Facts:
        """Take the facts column apart, once a segment."""
        facts = cls()
        for number in range(count):
            row = json.loads(column[number])
            facts.ids.append(row["id"])
            facts.hashes.append(row["hash"])
            facts.spans.append((row["first"], row["last"]))
            facts.lengths.append(row["length"])
            facts.once.append(ranking.in_text(1, row["length"]))
            for name, facet in facts.facets.items():
                facet.append(tuple(row["facets"][name]))
        return facts

    @cached_property
    def numbers(self) -> dict[int, list[int]]:
        """The numbers of each id; of several at most one is not deleted."""
        found: dict[int, list[int]] = {}
        for number, identity in enumerate(self.ids):
            found.setdefault(identity, []).append(number)
        return found


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
        frequency = {term: self._frequency(HEAD, term) + self._frequency(TEXT, term) for term in terms}
        first, *others = sorted(frequency, key=frequency.__getitem__)
        numbers = self._having(first)
        for term in others:
            if not numbers:
                break
            numbers &= self._having(term)
        return sorted(numbers)

    def _frequency(self, part: str, term: bytes) -> int:
        return int(self.reader.doc_frequency(part, term))

    def _having(self, term: bytes) -> set[int]:
        return {number for part in (HEAD, TEXT) for number in postings.numbers(self.reader, part, term)}

    def matches(self, query: Query) -> dict[int, int]:
        """The numbers and weights of the documents in which every group stands, and of those to be put first."""
        if not query.groups:
            return {} if query.impossible else dict.fromkeys(self.live(), 0)
        alone = len(query.sought) == 1 and query.sought[0].single and not query.sought[0].exact
        found = self._listing(query) if alone else self._found(query)
        live = set(self.live()) if query.first else set()
        for identity in query.first:
            for number in live.intersection(self.facts.numbers.get(identity, ())):
                found[number] = found.get(number, 0) + ranking.FIRST
        return found

    def _listing(self, query: Query) -> dict[int, int]:
        """For one term, which stands wherever it is listed: weighed by what the list says, without opening a text."""
        (term,) = query.sought[0].terms
        key, once, lengths, weigh = term.encode(), self.facts.once, self.facts.lengths, ranking.in_text
        found = {
            number: once[number] if times == 1 else weigh(int(times), lengths[number])
            for number, times in postings.counted(self.reader, TEXT, key)
        }
        return found | self._weighed(postings.numbers(self.reader, HEAD, key), query)

    def _found(self, query: Query) -> dict[int, int]:
        numbers = self._candidates(query)
        exact = [phrase.literal.encode() for phrase in query.phrases if phrase.exact]
        if exact:
            literal = self.literal
            numbers = [number for number in numbers if all(needle in literal[number] for needle in exact)]
        return self._weighed(numbers, query)

    def _weighed(self, numbers: list[int], query: Query) -> dict[int, int]:
        """The weights of those in which every group stands."""
        groups = [[phrase.folded.encode() for phrase in group] for group in query.groups]
        weigh, folded, found = ranking.Scale(groups, query.whole.encode()).weigh, self.folded, {}
        for number in numbers:
            weight = weigh(*folded[number].split(SEPARATOR))
            if weight is not None:
                found[number] = weight
        return found

    def _candidates(self, query: Query) -> list[int]:
        """The numbers that have, of each group, all terms of one alternative."""
        alone = [group[0] for group in query.groups if len(group) == 1]
        terms = [term.encode() for phrase in alone for term in phrase.terms]
        numbers = self.candidates(terms) if alone else None
        for group in query.groups:
            if len(group) > 1:
                any_of = {n for phrase in group for n in self.candidates([t.encode() for t in phrase.terms])}
                numbers = sorted(any_of) if numbers is None else [n for n in numbers if n in any_of]
        return numbers or []

    def standing(self, number: int, needles: list[bytes]) -> list[bool]:
        """Which of the phrases a document itself has; its ties, which others are called, do not count."""
        title, names, _, text = self.folded[number].split(SEPARATOR)
        return [needle in text or needle in title or needle in names for needle in needles]
