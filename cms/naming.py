"""The names of a thing in the order of time: what it was called in Chinese, and in letters, at once."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from cms.models import Name

HAN = ("zh-Hans", "zh-Hant")


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
        return self.start[:4]

    @property
    def until(self) -> str:
        """The year until which they were."""
        return self.end[:4]


def spells(names: Iterable[Name]) -> list[Spell]:
    """Put names that began together in one spell; those without a date come last, a spell each in Han."""
    found: dict[str, Spell] = {}
    for name in names:
        key = name.valid_from or ("letters" if name.language not in HAN else name.text)
        spell = found.setdefault(key, Spell(name.valid_from, name.valid_to))
        spell.end = max(spell.end, name.valid_to)
        (spell.han if name.language in HAN else spell.letters).append(name)
    return sorted(found.values(), key=lambda s: s.start or "~")
