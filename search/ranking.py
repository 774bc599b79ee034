"""How a document is weighed: a full title or name far above a title, above names, above text."""

from __future__ import annotations

from collections.abc import Sequence

FULL_TITLE, FULL_NAME = 1000.0, 800.0
TITLE, NAMES, TEXT = 40.0, 12.0, 6.0
LONG_TEXT = 3000
"""Bytes of text that halve the worth of a word standing there once."""


def weigh(whole: bytes, needles: Sequence[bytes], title: bytes, names: bytes, text: bytes) -> float:
    """The weight of one document for the phrases, rounded so that equal is equal. Titles and names are chains between newlines."""
    weight = 0.0
    line = b"\n" + whole + b"\n"
    if line in title:
        weight = FULL_TITLE
    elif line in names:
        weight = FULL_NAME
    for needle in needles:
        if needle in title:
            weight += TITLE * (1 + len(needle) / len(title))
        if needle in names:
            weight += NAMES * (1 + len(needle) / len(names))
        times = text.count(needle)
        if times:
            weight += TEXT * times / (times + 1 + len(text) / LONG_TEXT)
    return round(weight, 6)
