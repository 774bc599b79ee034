"""The first row of a table: which columns it has, and what to say of those that nobody knows."""

import difflib
import re
from collections import Counter
from collections.abc import Iterator

from cms.catalogue.columns import Column
from cms.importing.errors import RowError
from cms.importing.signs import bare, shown

VERSION = "馆里版本"
"""The heading, of no field, under which a table that left says of which version of a record each row is."""
REASON = "错在哪里"
"""The heading of the column in which somebody's own table came back with what is wrong."""
BESIDE = frozenset({VERSION, REASON})
"""Headings of ours that fill no field."""
SAMPLE = "示例/SAMPLE"
"""What the first cell of a template's example says; such a row is passed over."""
LEFT_OUT = "\0"
"""What a heading that is not to be read begins with, once it was said so."""
MOST_GUESSES = 40
"""How many unknown headings are compared with the known ones; a table with more is another table."""
WIDE = re.compile("[,;|]")
"""Full-width marks as `bare` leaves them; a half-width comma would have parted the headings."""


def hint(heading: str, known: set[str], choose: str) -> str:
    """Return what an unknown heading may have meant."""
    if WIDE.search(heading) and {bare(part) for part in WIDE.split(heading)} & known:
        return "栏名之间是全角的标点，请改成半角逗号。"
    near = difflib.get_close_matches(heading[:100], known, 1, 0.5)
    return f"是不是“{near[0]}”？" if near else choose


def heading_errors(headings: list[str], columns: tuple[Column, ...], name: str) -> Iterator[RowError]:
    """Yield what is wrong with the first row."""
    known = {c.heading for c in columns} | BESIDE
    headings = [heading for heading in headings if not heading.startswith(LEFT_OUT)]
    choose = f"可用的栏：{'、'.join(c.heading for c in columns)}。"
    guesses = 0
    for heading, times in Counter(headings).items():
        if times > 1:
            yield RowError(name, 1, shown(heading) or "（空）", "这一栏出现了两次。")
        elif heading not in known and guesses < MOST_GUESSES:
            guesses += 1
            said = hint(heading, known, choose)
            choose = "" if said == choose else choose  # the whole list once is enough
            yield RowError(name, 1, shown(heading) or "（空）", f"不认识这个栏名。{said}")
    for column in columns:
        if column.required and column.heading not in headings:
            yield RowError(name, 1, column.heading, "缺少这一栏。")
