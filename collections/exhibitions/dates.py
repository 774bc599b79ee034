"""Days of an exhibition in the reader's words."""

import re
from datetime import date

from django.utils.dateformat import format as formatted
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from cms.catalogue.bilingual import in_english
from exhibitions.itinerary import Leg

WRITTEN = re.compile(r"(?P<year>\d{4})(?:-(?P<month>0[1-9]|1[0-2])(?:-(?P<day>\d{2}))?)?(?P<doubt>[?~%]?)")


def in_words(edtf: str) -> str:
    """Return `2026年5月` or `May 2026` for an EDTF date; one that is not of years, months and days stays as it is."""
    found = WRITTEN.fullmatch(edtf.strip())
    if not found:
        return edtf
    year, month, day = (int(found[name] or 0) for name in ("year", "month", "day"))
    doubt = _("（存疑）") if found["doubt"] else ""
    if in_english():
        name = formatted(date(2000, month or 1, 1), "F")
        words = [str(day)] if day else []
        return " ".join([*words, *([name] if month else []), str(year)]) + doubt
    return f"{year}年" + (f"{month}月" if month else "") + (f"{day}日" if day else "") + doubt


def stay_in_words(leg: Leg) -> str:
    """Return the days of a leg: `2026年5月1日–2026年5月20日`; what is not known is left out."""
    ends = [in_words(one) for one in dict.fromkeys((leg.opens, leg.closes)) if one and one != ".."]
    return "–".join(ends)


def short(day: date) -> str:
    """Return `5.20` or `20 May`, as it stands large in the hall."""
    return formatted(day, "j F") if in_english() else f"{day.month}.{day.day}"


def weekdays(first: date, last: date) -> str:
    """Return the years and weekdays of two days: `2026年，星期三至星期一`."""
    years = str(first.year) if first.year == last.year else f"{first.year}–{last.year}"
    names = {"years": years, "first": WEEKDAYS[first.weekday()], "last": WEEKDAYS[last.weekday()]}
    if first == last:
        return _("%(years)s年，%(first)s") % names
    return _("%(years)s年，%(first)s至%(last)s") % names
