"""Numbers written in figures, as they are read aloud in Chinese."""

import re

DIGITS = dict(zip("0123456789", ["ling", "yi", "er", "san", "si", "wu", "liu", "qi", "ba", "jiu"], strict=True))
SIZES = ((10_000, "wan"), (1_000, "qian"), (100, "bai"), (10, "shi"))
LONGEST = 8
"""Figures; what is longer is read figure by figure."""


def said(figures: str) -> set[str]:
    """Return how a number can be read, as letters without tones and blanks: `200` is erbai or liangbai."""
    if len(figures) > LONGEST or not figures.isascii() or (len(figures) > 1 and figures[0] == "0"):
        return set()
    whole = counted(int(figures))
    return {whole, re.sub("er(?=bai|qian|wan)", "liang", whole), re.sub("^er(?=bai|qian|wan)", "liang", whole)}


def counted(number: int, first: bool = True) -> str:
    """Return a number in letters; `first` where nothing stands before it, so that 10 is shi and not yishi."""
    for size, name in SIZES:
        if number >= size:
            high, low = divmod(number, size)
            head = "" if name == "shi" and high == 1 and first else counted(high, first)
            gap = DIGITS["0"] if low and low < size // 10 else ""
            return head + name + (gap + counted(low, first=False) if low else "")
    return DIGITS[str(number)]
