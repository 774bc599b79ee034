"""Words of a catalogue record without what belongs to the card: marks between areas, prices, the hyphens of a book's number."""

import re

from cms.dates import UnreadableDate, read
from search.numbers import standard

MARKS = re.compile(r"[\s:;/=,]+$")
STOP = re.compile(r"(?<!\b[A-Z])(?<!\b(?:Co|Jr|Sr|no|St|ed|et))(?<!\b(?:Inc|Ltd|etc|vol|rev))(?<!\.\.)\.$")
"""A full stop that ends an area; one of an initial or of an abbreviation stays."""
NUMBER = re.compile(r"(?:97[89][- ]?)?(?:[0-9][- ]?){9}[0-9Xx](?![0-9])")
YEAR = re.compile(r"(?<![0-9])(?:1[0-9]{3}|20[0-9]{2})(?![0-9])")
VAGUE = re.compile(r"(?<![0-9])(?:(?:1[0-9]|20)--|(?:1[0-9]{2}|20[0-9])-)(?![0-9])")
"""A decade or a century: `[199-]`, `18--?`."""
OPEN = re.compile(r"-\s*[\]>?.\s]*$")
"""The end of a date that has not come yet: `2000-`, `1975-<2000  >` has."""
TOO_STRANGE = re.compile(r"[^A-Z0-9._-]+")


def plain(text: str, own: bool = False) -> str:
    """Return a text without the marks that ISBD sets between areas; our own records have none."""
    text = text.strip()
    if own:
        return text
    text = MARKS.sub("", text)
    return MARKS.sub("", STOP.sub("", text))


def book_number(text: str) -> tuple[str, str]:
    """Return the number of a book in thirteen digits, and what stood beside it, as `精装` or a price; "" for no number."""
    found = NUMBER.search(text)
    if not found:
        return "", text.strip()
    rest = (text[: found.start()] + text[found.end() :]).strip(" ():：；;,")
    thirteen = next((number for _start, _end, number in standard(found[0])), found[0].strip())
    return thirteen, rest


def span_of(date: str) -> str:
    """Return in EDTF the span of the years in a printed date that our own reader cannot read, as `2000-`; "" for one that it can."""
    try:
        read(date)
    except UnreadableDate:
        years = YEAR.findall(date)
        if not years:
            found = VAGUE.search(date)
            return found[0].replace("-", "X") if found else ""
        first, last = min(years), ".." if OPEN.search(date) else max(years)
        return first if first == last else f"{first}/{last}"
    return ""


def record_number(agency: str, number: str) -> str:
    """Return the number of a record elsewhere as one of ours: `DLC-2001012345`; "" for none."""
    number = TOO_STRANGE.sub("", number.upper())
    agency = TOO_STRANGE.sub("-", agency.strip().upper()).strip("-._")
    return f"{agency}-{number}".strip("-._") if number else ""
