"""The order of pages on sheets that are folded once and put into each other (saddle stitch)."""

from collections.abc import Sequence
from typing import TypeVar

P = TypeVar("P")


def padded(front: Sequence[P], back: P, blank: P) -> list[P]:
    """Return pages that end with `back`, with blank ones before it until there are four a sheet."""
    lacking = -(len(front) + 1) % 4
    return [*front, *[blank] * lacking, back]


def sides(pages: Sequence[P]) -> list[tuple[P, P]]:
    """Return the sides in the order of printing, each with what stands left and right; front and back of the outer sheet first.

    ValueError where the pages do not fill whole sheets.
    """
    if len(pages) % 4:
        raise ValueError(f"{len(pages)} pages do not fill sheets of four.")
    made: list[tuple[P, P]] = []
    first, last = 0, len(pages) - 1
    while first < last:
        made += [(pages[last], pages[first]), (pages[first + 1], pages[last - 1])]
        first, last = first + 2, last - 2
    return made
