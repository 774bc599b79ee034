"""How a document is weighed: put first, a full title, a full name, a title, names, text, names of what it is tied to.

Weights are whole numbers, small enough for a float of 32 bits, and every engine reckons them by the same formulas
on the same lengths: so the order is the same everywhere, and equal weights are ordered by id.
"""

from __future__ import annotations

from collections.abc import Sequence

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


def times(text: bytes, needle: bytes) -> int:
    """How often a phrase stands in a text, overlaps counted, as positions in an index count them."""
    found, at = 0, text.find(needle)
    while at >= 0:
        found, at = found + 1, text.find(needle, at + 1)
    return found


def overlaps(needle: bytes) -> bool:
    """Whether it can begin before it has ended, as 二十二 does."""
    return any(needle.startswith(needle[start:]) for start in range(1, len(needle)))


class Scale:
    """Weighs documents for one query: made once, so that what can be known before is not asked of each document again.

    `groups` are the query's alternatives; of a group the first is what was typed and counts in full. `whole` is the query in a
    row. All are chains.
    """

    def __init__(self, groups: Sequence[Sequence[bytes]], whole: bytes) -> None:
        self._line = b"\n" + whole + b"\n"
        self._groups = [
            [
                (needle, len(needle), times if overlaps(needle) else bytes.count, ALIAS if rank else 1)
                for rank, needle in enumerate(group)
            ]
            for group in groups
        ]

    def weigh(self, title: bytes, names: bytes, ties: bytes, text: bytes) -> int | None:
        """The weight of one document by the chains of its parts; None when a group stands nowhere in it.

        In each part the heaviest alternative of a group counts. Titles and names stand between newlines.
        """
        weight = 0
        for group in self._groups:
            by_title = by_names = by_ties = by_text = 0
            for needle, size, count, share in group:
                if needle in title:
                    by_title = max(by_title, in_title(size, len(title)) // share)
                if needle in names:
                    by_names = max(by_names, in_names(size, len(names)) // share)
                if needle in ties:
                    by_ties = max(by_ties, TIES // share)
                if number := count(text, needle):
                    by_text = max(by_text, in_text(number, len(text)) // share)
            if not (by_title or by_names or by_ties or by_text):
                return None
            weight += by_title + by_names + by_ties + by_text
        if self._line in title:
            return weight + FULL_TITLE
        return weight + FULL_NAME if self._line in names else weight
