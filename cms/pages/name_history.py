"""The names of a thing in the order of time: what it was called in Chinese, and in letters, at once."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from cms.catalogue.bilingual import in_english
from cms.dates import parse_edtf
from cms.models import Name

HAN = ("zh-Hans", "zh-Hant")


def first_day(edtf: str) -> int | None:
    """Return the number of the first day of a date, before our era too; None where there is none to read."""
    try:
        return parse_edtf(edtf).earliest if edtf else None
    except ValueError:
        return None


def year_said(edtf: str) -> str:
    """Return the year of a date as readers write it: `1915`, `前222`, `222 BC`; one that is not whole as it is, `191X`."""
    text = edtf[: 5 if edtf.startswith("-") else 4]
    if not text.removeprefix("-").isdecimal():
        return text
    year = int(text)
    if year > 0:
        return str(year)
    return f"{1 - year} BC" if in_english() else f"前{1 - year}"


@dataclass
class Spell:
    """A time, and the names in use then: in Han characters and in letters; the years are EDTF or empty."""

    start: str
    end: str
    han: list[Name] = field(default_factory=list)
    letters: list[Name] = field(default_factory=list)

    @property
    def since(self) -> str:
        """The year from which the names were in use."""
        return year_said(self.start)

    @property
    def until(self) -> str:
        """The year until which they were."""
        return year_said(self.end)


def spells(names: Iterable[Name]) -> list[Spell]:
    """Put names that began together in one spell; those without a date come last, a spell each in Han."""
    found: dict[str, Spell] = {}
    for name in names:
        key = name.valid_from or ("letters" if name.language not in HAN else name.text)
        spell = found.setdefault(key, Spell(name.valid_from, name.valid_to))
        spell.end = max(spell.end, name.valid_to, key=lambda end: (end != "", first_day(end) or 0))
        (spell.han if name.language in HAN else spell.letters).append(name)
    return sorted(found.values(), key=lambda spell: (spell.start == "", first_day(spell.start) or 0))
