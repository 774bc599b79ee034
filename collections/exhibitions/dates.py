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
    """Return the days of a leg: `2026年5月1日–20日` or `1–20 May 2026`; what is not known, or was said already, is left out."""
    opens, closes = (in_words(one) if one and one != ".." else "" for one in (leg.opens, leg.closes))
    if not (opens and closes) or opens == closes:
        return opens or closes
    if in_english():
        told, said = opens.split(" "), closes.split(" ")
        while len(told) > 1 and len(told) == len(said) and told[-1] == said[-1]:
            told, said = told[:-1], said[:-1]
        return f"{' '.join(told)}–{closes}"
    year, month = (re.match(pattern, opens) for pattern in (r"\d+年", r"\d+年\d+月(?=\d)"))
    known = next((found[0] for found in (month, year) if found and closes.startswith(found[0])), "")
    return f"{opens}–{closes.removeprefix(known)}"


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
