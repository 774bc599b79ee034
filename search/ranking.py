"""How a document is weighed: put first, a full title, a full name, a title, names, text, names of what it is tied to.

Weights are whole numbers, small enough for a float of 32 bits, and every engine reckons them by the same formulas
on the same lengths: so the order is the same everywhere, and equal weights are ordered by id.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

FIRST = 4_000_000
"""A holding that a query means, or that a librarian put first."""
FULL_TITLE, FULL_NAME = 100_000, 80_000
TITLE, NAMES, TIES, TEXT = 4_000, 1_200, 300, 600
ALIAS = 2
"""What another name than the one typed is divided by."""
LONG_TEXT = 3000
"""Bytes of text that halve the worth of a phrase standing there once."""


def in_title(phrase: int, title: int) -> int:
    """The weight of a phrase in a title, both in bytes of their chains."""
    return TITLE + TITLE * phrase // title


def in_names(phrase: int, names: int) -> int:
    """The weight of a phrase among the names."""
    return NAMES + NAMES * phrase // names


def in_text(times: int, text: int) -> int:
    """The weight of a phrase that stands so many times in a text of so many bytes."""
    return TEXT * LONG_TEXT * times // (LONG_TEXT * (times + 1) + text)


def times(needle: bytes, text: bytes) -> int:
    """How often a phrase stands in a text, overlaps counted, as positions in an index count them."""
    if not _overlaps(needle):
        return text.count(needle)
    found, at = 0, text.find(needle)
    while at >= 0:
        found, at = found + 1, text.find(needle, at + 1)
    return found


def _overlaps(needle: bytes) -> bool:
    """Whether it can begin before it has ended, as 二十二 does."""
    return any(needle.startswith(needle[start:]) for start in range(1, len(needle)))


def weigh(groups: Sequence[Sequence[bytes]], title: bytes, names: bytes, ties: bytes, text: bytes) -> int:
    """The weight of one document. Of the alternatives in a group, the first is what was typed and counts in full.

    In each part the heaviest alternative counts. All are chains.
    """
    weight = 0
    for group in groups:
        weight += _heaviest(in_title(len(needle), len(title)) if needle in title else 0 for needle in group)
        weight += _heaviest(in_names(len(needle), len(names)) if needle in names else 0 for needle in group)
        weight += _heaviest(TIES if needle in ties else 0 for needle in group)
        weight += _heaviest(in_text(times(needle, text), len(text)) for needle in group)
    return weight


def _heaviest(weights: Iterable[int]) -> int:
    """The greatest weight, those of aliases halved."""
    typed, *others = weights
    return max(typed, *(weight // ALIAS for weight in others)) if others else typed


def full(whole: bytes, title: bytes, names: bytes) -> int:
    """The weight of being called just what was typed. Titles and names stand between newlines."""
    line = b"\n" + whole + b"\n"
    if line in title:
        return FULL_TITLE
    return FULL_NAME if line in names else 0
