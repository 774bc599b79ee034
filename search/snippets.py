"""The best passages of a text for a query, with the words marked: made from the stored text, the same for every engine."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from search.analysis import LEAF
from search.marking import Mark, marks
from search.query import Query

WIDTH = 80
"""Characters of a passage of Han text; text in Latin letters gets twice as many."""
LEAD = 16
"""Characters before the first mark."""
_leaf = re.compile(LEAF)
LONGEST_LEAF = 42


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text, marked or not. Plain text: the template escapes it."""

    text: str
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Passage:
    """A part of a paragraph, counted from 0; `before` and `after` say that text was left out there."""

    paragraph: int
    pieces: tuple[Piece, ...]
    before: bool = False
    after: bool = False


def marked(text: str, query: Query) -> tuple[Piece, ...]:
    """A whole title or name with the words of the query marked."""
    return tuple(_pieces(text, marks(text, query), 0, len(text)))


def passages(text: str, query: Query, limit: int = 3) -> list[Passage]:
    """The best passages in the order of the text; none when no word of the query stands in it."""
    starts = [0, *(found.end() for found in re.finditer("\n", text))]
    by_paragraph: dict[int, list[Mark]] = {}
    for mark in marks(text, query):
        by_paragraph.setdefault(bisect_right(starts, mark[0]) - 1, []).append(mark)
    best = sorted(by_paragraph, key=lambda number: (*_worth(by_paragraph[number]), number))[:limit]
    return [_passage(text, number, starts, by_paragraph[number]) for number in sorted(best)]


def opening(text: str) -> list[Passage]:
    """The beginning of a text, unmarked, to show where no passage was found."""
    for number, paragraph in enumerate(text.split("\n")):
        if paragraph.strip():
            width = _width(paragraph)
            return [Passage(number, tuple(_pieces(paragraph, (), 0, width)), after=len(paragraph) > width)]
    return []


def _worth(found: Sequence[Mark]) -> tuple[int, int]:
    """Sorts the paragraph with most different phrases first, then the one with most marks."""
    return -len({number for _, _, number in found}), -len(found)


def _width(paragraph: str) -> int:
    head = paragraph[:WIDTH]
    return WIDTH * 2 if sum(char < "\u3000" for char in head) > len(head) * 0.7 else WIDTH


def _passage(text: str, number: int, starts: Sequence[int], found: Sequence[Mark]) -> Passage:
    first = starts[number]
    last = starts[number + 1] - 1 if number + 1 < len(starts) else len(text)
    width = _width(text[first : first + WIDTH])
    if last - first > width:
        start = max(first, _densest(found, width - LEAD) - LEAD)
        start = min(start, last - width)
        start, end = _whole_words(text, start, min(last, start + width), first, last)
    else:
        start, end = first, last
    return Passage(number, tuple(_pieces(text, found, start, end)), before=start > first, after=end < last)


def _densest(found: Sequence[Mark], width: int) -> int:
    """Where to begin so that most different phrases, then most marks, are in view."""

    def view(begin: int) -> tuple[int, int]:
        return _worth([mark for mark in found if begin <= mark[0] and mark[1] <= begin + width])

    candidates = [mark[0] for mark in found[:50]]
    return min(candidates, key=view)


def _whole_words(text: str, start: int, end: int, first: int, last: int) -> tuple[int, int]:
    """Move both ends out of a leaf break, and out of a Latin word by at most twenty letters."""

    def inside(at: int) -> bool:
        return (
            first < at < last and text[at - 1].isalnum() and text[at].isalnum() and text[at] < "\u2e80" > text[at - 1]
        )

    for leaf in _leaf.finditer(text, max(first, start - LONGEST_LEAF), min(last, end + LONGEST_LEAF)):
        start = min(start, leaf.start()) if leaf.start() < start < leaf.end() else start
        end = max(end, leaf.end()) if leaf.start() < end < leaf.end() else end
    for _ in range(20):
        start -= inside(start)
        end += inside(end)
    return start, end


def _joined(found: Sequence[Mark], start: int, end: int) -> Iterator[tuple[int, int]]:
    """The marks in view, those that touch or overlap made one."""
    open_at = open_to = start
    for begin, stop, _ in found:
        begin, stop = max(begin, start), min(stop, end)
        if begin > open_to:
            if open_to > open_at:
                yield open_at, open_to
            open_at = begin
        open_to = max(open_to, stop)
    if open_to > open_at:
        yield open_at, open_to


def _pieces(text: str, found: Sequence[Mark], start: int, end: int) -> Iterator[Piece]:
    """The text between start and end, cut at the marks; leaf breaks ⟦013-1a⟧ are left out."""
    at = start
    for begin, stop in _joined(found, start, end):
        yield from _piece(text[at:begin], marked=False)
        yield from _piece(text[begin:stop], marked=True)
        at = stop
    yield from _piece(text[at:end], marked=False)


def _piece(text: str, *, marked: bool) -> Iterator[Piece]:
    shown = _leaf.sub("", text)
    if shown:
        yield Piece(shown, marked)
