"""The leaf of a tear-off calendar for an event: as much of its date as is known, and no more."""

import re
from dataclasses import dataclass
from datetime import date

from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cms.catalogue.bilingual import in_english
from events.days import days
from events.models import Event

MONTH = re.compile(r"(?P<year>\d{4})-(?P<month>0[1-9]|1[0-2])")
FIRST_WEEKDAY = 1912
"""The year in which China took up the calendar that our dates are written in; what weekday an earlier day was is not printed."""
NUMERALS = "〇一二三四五六七八九"


@dataclass(frozen=True)
class Leaf:
    """What stands on it: month and year above, the day large, words below; `month` is how addresses write it."""

    year: str
    name: str
    day: str
    below: str
    month: str


def leaf(event: Event) -> Leaf | None:
    """Return the leaf of the first day, of a month of which no source gives the day, or none."""
    if taken := days(event):
        first = taken.first
        below = WEEKDAYS[first.weekday()] if first.year >= FIRST_WEEKDAY else ""
        if taken.last and taken.several:
            below = _("至 %(day)s") % {"day": short(taken.last, first.year)}
        return Leaf(
            year(first.year), str(MONTHS[first.month]), str(first.day), str(below), f"{first:%Y-%m}".rjust(7, "0")
        )
    if found := MONTH.fullmatch(event.date_edtf):
        name = str(MONTHS[int(found["month"])])
        return Leaf(year(int(found["year"])), name, "", _("日子待核"), found[0])
    return None


def year(number: int) -> str:
    """Return a year as the leaf prints it: 二〇二六, 2026."""
    return str(number) if in_english() else "".join(NUMERALS[int(digit)] for digit in str(number))


def short(day: date, known: int) -> str:
    """Return a day without the year where that is known already."""
    if in_english():
        return date_format(day, "j F" if day.year == known else "j F Y")
    return date_format(day, "n月j日" if day.year == known else "Y年n月j日")


def stretch(first: date, last: date, known: int) -> str:
    """Return two days and what lies between, each part said once: 10月7日–14日, 7–14 October 1993."""
    alike, same = first.year == last.year, (first.year, first.month) == (last.year, last.month)
    if in_english():
        start = str(first.day) if same else date_format(first, "j F") if alike else short(first, known)
        return f"{start}–{short(last, known)}"
    end = date_format(last, "j日" if same else "n月j日") if alike else short(last, known)
    return f"{short(first, known)}–{end}"
