"""Reading a date as people write it: EDTF, or a Gregorian date in Chinese or English words."""

import re
import unicodedata
from collections.abc import Callable

from cms.dates.edtf import parse_edtf
from cms.dates.span import Span

ABOUT = re.compile(r"^(?:约|大约|c\.|ca\.|circa|about)\s*", re.I)
NUMERALS = str.maketrans("〇零一二三四五六七八九", "00123456789")
PLAIN = re.compile(
    r"^(?P<bce>公元前|前)?(?:公元)?(?P<year>\d{1,4})\s*年?\s*(?:(?P<month>\d{1,2})\s*月\s*(?:(?P<day>\d{1,2})\s*[日号])?)?$"
)
CATALOGUED = re.compile(r"^(?:\[(?P<guess>[^\[\]]+)\]|(?P<bare>[^\[\]]+?))(?:,\s*[c©]\d{4})?\.?$", re.I)
"""A year as library catalogues (MARC 260) write it: `2001.`, `[2001], c2000.`; the year of a copyright after it is no other date."""
COPYRIGHT = re.compile(r"^[c©p](?=\d{4}$)", re.I)
DECADE = re.compile(r"^(?P<decade>\d{3})0\s*(?:年代|s)$")
OLD_DECADE = re.compile(r"^(?:(?P<century>\d{1,2})世纪)(?P<tens>\d)0年代$")
CENTURY = re.compile(r"^(?:(?P<zh>\d{1,2})世纪|(?P<en>\d{1,2})(?:st|nd|rd|th) century)$", re.I)
RANGE = re.compile(r"\s*(?:至|到|—+|–|～|~(?=\d)| - | to )\s*")


class UnreadableDate(ValueError):
    """The text is not a date that any reader knows."""


def plain(text: str) -> str | None:
    """Turn `1905年10月28日`, `1980年代`, `20世纪80年代` or `19世纪` into EDTF; None where it is none of these."""
    text = text.translate(NUMERALS)
    if found := PLAIN.match(text):
        year = int(found["year"])
        if not year:
            return None  # people count from 1, before our era and in it
        edtf = f"-{year - 1:04d}" if found["bce"] and year > 1 else f"{0 if found['bce'] else year:04d}"
        return "-".join([edtf, *(f"{int(found[p]):02d}" for p in ("month", "day") if found[p])])
    if found := DECADE.match(text):
        return f"{found['decade']}X"
    if found := OLD_DECADE.match(text):
        return f"{int(found['century']) - 1:02d}{found['tens']}X"
    if found := CENTURY.match(text):
        return f"{int(found['zh'] or found['en']) - 1:02d}XX"
    return None


def gregorian(text: str) -> Span | None:
    """Read EDTF or plain Gregorian text, an interval of two, each perhaps with 约 before it."""
    try:
        return parse_edtf(text)
    except ValueError:
        pass
    parts = RANGE.split(text)
    if len(parts) > 2:
        return None
    edtf = [one_end(part) for part in parts]
    if None in edtf:
        return None
    try:
        return parse_edtf("/".join(e for e in edtf if e is not None))
    except ValueError:
        return None


def one_end(text: str) -> str | None:
    """Return one end of a plain date as EDTF, with `~` where it was only about then."""
    bare, about = ABOUT.subn("", text.strip())
    if bare in ("今", "now", "present"):
        return ".."
    edtf = plain(bare)
    return edtf and edtf + ("~" if about else "")


def catalogued(text: str) -> Span | None:
    """Read a year as a library's catalogue writes it, its brackets and stops aside."""
    if found := CATALOGUED.match(text):
        return gregorian(COPYRIGHT.sub("", (found["guess"] or found["bare"]).rstrip(".").strip()))
    return None


# Tried in order. Reign years get their own reader here.
READERS: list[Callable[[str], Span | None]] = [gregorian, catalogued]


def read(text: str) -> Span:
    """Read a date as written; UnreadableDate where no reader knows it."""
    text = unicodedata.normalize("NFKC", text).strip().replace("～", "~")
    for reader in READERS:
        if span := reader(text):
            return span
    raise UnreadableDate(text)
