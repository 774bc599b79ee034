"""Reading EDTF, levels 0 and 1 (ISO 8601-2:2019, annex A; loc.gov/standards/datetime)."""

import re

from cms.dates.calendar import month_length, ordinal
from cms.dates.span import Span

YEAR = re.compile(r"(?P<year>-?\d{4}|Y-?\d{5,9}|-?\d{3}X|-?\d{2}XX)")
DATE = re.compile(YEAR.pattern + r"(?:-(?P<month>\d{2}|XX)(?:-(?P<day>\d{2}|XX))?)?(?P<mark>[?~%]?)$")
MARKS = {"": "certain", "?": "uncertain", "~": "approximate", "%": "both"}
# Seasons of level 1, on the northern half of the earth; winter begins in December of its year.
SEASONS = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 14)}


def years_of(text: str) -> tuple[int, int]:
    """Return the first and last year of `1905`, `190X`, `19XX` or `Y-12000`."""
    text = text.lstrip("Y")
    if "X" not in text:
        return int(text), int(text)
    low, high = int(text.replace("X", "0")), int(text.replace("X", "9"))
    return (high, low) if text.startswith("-") else (low, high)


def month_span(year: int, month: int) -> tuple[int, int]:
    """Return the first and last day of a month or of a season (21 to 24)."""
    if month in SEASONS:
        start, end = SEASONS[month]
        last_year, last_month = (year + 1, end - 12) if end > 12 else (year, end)
        return ordinal(year, start), ordinal(last_year, last_month, month_length(last_year, last_month))
    if not 1 <= month <= 12:
        raise ValueError(f"no month {month}")
    return ordinal(year, month), ordinal(year, month, month_length(year, month))


def parse_date(text: str) -> Span:
    """Read one EDTF date without a slash; ValueError tells what is wrong."""
    found = DATE.match(text)
    if not found:
        raise ValueError(f"not EDTF: {text}")
    first, last = years_of(found["year"])
    month, day, certainty = found["month"], found["day"], MARKS[found["mark"]]
    if month is None or month == "XX":
        return Span(text, ordinal(first), ordinal(last, 12, 31), certainty)
    if first != last:
        raise ValueError(f"a month needs a whole year: {text}")
    start, end = month_span(first, int(month))
    if day is None or day == "XX":
        return Span(text, start, end, certainty)
    if int(month) > 12 or not 1 <= int(day) <= month_length(first, int(month)):
        raise ValueError(f"no such day: {text}")
    number = ordinal(first, int(month), int(day))
    return Span(text, number, number, certainty)


def parse_edtf(text: str) -> Span:
    """Read an EDTF date or interval (`1985?`, `198X`, `1847~/..`); ValueError where it is none."""
    text = text.strip()
    if "/" not in text:
        return parse_date(text)
    start_text, end_text = text.split("/", 1)
    start = None if start_text in ("", "..") else parse_date(start_text)
    end = None if end_text in ("", "..") else parse_date(end_text)
    if start is None and end is None:
        raise ValueError(f"an interval needs one end: {text}")
    earliest, latest = start.earliest if start else None, end.latest if end else None
    if earliest is not None and latest is not None and latest < earliest:
        raise ValueError(f"ends before it starts: {text}")
    doubts = [s.certainty for s in (start, end) if s and s.certainty != "certain"]
    return Span(text, earliest, latest, doubts[0] if doubts else "certain")
