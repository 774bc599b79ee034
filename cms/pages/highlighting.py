"""The words that led a reader to a page, marked where they stand in its text."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import chain, groupby

from django.http import QueryDict

from cms.catalogue.prose import Block, Piece
from search.marking import marks
from search.query import MOST_PHRASES, Alias, Query

PARAMETER = "find"
"""Repeated in an address for each word or phrase: `?find=霞飞路&find=淮海中路`."""
MOST = 200
"""Places that are marked on one page."""


class Found:
    """Marks words in the texts of one page, in the order in which they are drawn; `count` tells how many places so far."""

    def __init__(self, asked: QueryDict) -> None:
        read = [_phrase(words) for words in asked.getlist(PARAMETER)[:MOST_PHRASES]]
        self.queries = [query for query in read if query.phrases]
        self.count = 0

    @cached_property
    def words(self) -> list[str]:
        """The words as they were given."""
        return [query.text for query in self.queries]

    def __bool__(self) -> bool:
        """Whether there is anything to mark."""
        return bool(self.words)

    def runs(self, text: str) -> list[tuple[str, bool]]:
        """Return a text cut at its marks, each run with whether it is marked."""
        return list(_cut(text, self._places(text), 0))

    def blocks(self, blocks: list[Block]) -> list[Block]:
        """Return running text with the words marked, as search reads it: across leaves and notes, and inside links."""
        return [replace(block, pieces=self._pieces(block)) for block in blocks] if self else blocks

    def _pieces(self, block: Block) -> tuple[Piece, ...]:
        places = self._places(block.text)
        return tuple(_marked(block.pieces, places, 0)) if any(places) else block.pieces

    def _places(self, text: str) -> Sequence[bool]:
        """For each character whether it is marked."""
        places = [False] * len(text)
        # A line break inside a paragraph is a space to search.
        line = text.replace("\n", " ")
        for start, end, _number in chain.from_iterable(marks(line, query) for query in self.queries):
            places[start:end] = [True] * (end - start)
        starts = [at for at, here in enumerate(places) if here and not (at and places[at - 1])]
        if len(over := starts[MOST - self.count :]):
            places[over[0] :] = [False] * (len(places) - over[0])
        self.count += len(starts) - len(over)
        return places


def _phrase(words: str) -> Query:
    """Read words that belong together, as a name does; in quotes they are exact."""
    query = Query.read(words)
    return query if any(p.exact for p in query.phrases) else replace(query, aliases=(Alias(query.text, ()),))


def _marked(pieces: Iterable[Piece], places: Sequence[bool], at: int) -> Iterator[Piece]:
    """Yield pieces with their text cut at the marks; `at` is where the first begins."""
    for piece in pieces:
        if piece.form == "text":
            yield from (Piece("text", run, marked=marked) for run, marked in _cut(piece.text, places, at))
        elif piece.form == "link":
            inside = tuple(Piece("text", run, marked=marked) for run, marked in _cut(piece.text, places, at))
            yield replace(piece, pieces=inside)
        else:
            yield replace(piece, pieces=tuple(_marked(piece.pieces, places, at)))
        at += len(piece.plain)


def _cut(text: str, places: Sequence[bool], at: int) -> Iterator[tuple[str, bool]]:
    """Yield the runs of a text that begins at a place."""
    for marked, run in groupby(range(len(text)), key=lambda index: places[at + index]):
        indexes = list(run)
        yield text[indexes[0] : indexes[-1] + 1], marked
