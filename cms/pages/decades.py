"""Decades as readers choose them: 1980 is 1980 to 1989, -220 is 229 to 220 BC."""

import re

from cms.catalogue.bilingual import in_english
from cms.dates import ordinal

WRITTEN = re.compile(r"-?\d{1,4}", re.ASCII)


def decade_days(text: str) -> tuple[int, int] | None:
    """Return the first and the last day of a decade as an address names it; None for what is none."""
    if not WRITTEN.fullmatch(text):
        return None
    number = int(text)
    if number >= 0:
        first = number // 10 * 10
        return ordinal(max(first, 1)), ordinal(first + 10) - 1
    # Year 0 is 1 BC. The nine years from 9 to 1 BC are -1, for there is no decade of the tens before them to be named by.
    first = -number // 10 * 10
    return ordinal(-(first + 8)), ordinal(1 - max(first, 1) + 1) - 1


def decade_label(decade: int) -> str:
    """Return `1980年代`, `1980s`, `公元前220年代` or `220s BC`."""
    if decade >= 0:
        return f"{decade}s" if in_english() else f"{decade}年代"
    before = -decade // 10 * 10
    if not before:
        return "9–1 BC" if in_english() else "公元前9—前1年"
    return f"{before}s BC" if in_english() else f"公元前{before}年代"
