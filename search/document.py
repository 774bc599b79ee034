"""What search knows about a holding: one Document, whatever its kind."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Callable, Iterator
from dataclasses import astuple, dataclass
from typing import Protocol

LONGEST_SPAN = 100
"""Years. A longer span (a dynasty) says nothing about a decade and is left out of that facet."""


@dataclass(frozen=True, slots=True)
class Document:
    """A holding as the engine reads it. `first` and `last` are proleptic Gregorian ordinals, days.

    `ties` are the names of related authorities: they find the holding too, but never in exact mode. `anchors` say, for each
    line of `text`, where it stands on the holding's page (a fragment without its #, empty for the top), and `anchors_en` for
    `text_en`; both texts may be shown on one page, so theirs differ.
    `ongoing` says that it has not ended: its `last` is none then.
    `authority` says that the names are those of a person, place, period or body that a query may mean.
    """

    id: int
    kind: str
    uid: str
    title: str
    title_en: str = ""
    names: tuple[str, ...] = ()
    text: str = ""
    text_en: str = ""
    ties: tuple[str, ...] = ()
    anchors: tuple[str, ...] = ()
    anchors_en: tuple[str, ...] = ()
    authority: bool = False
    first: int | None = None
    last: int | None = None
    ongoing: bool = False
    places: tuple[int, ...] = ()
    themes: tuple[str, ...] = ()
    subdistrict: str = ""
    languages: tuple[str, ...] = ()
    pictures: bool = False

    def hash(self) -> str:
        """Changes when anything that is searched, counted or shown changes."""
        return hashlib.sha256(repr(astuple(self)).encode("utf-8", "replace")).hexdigest()[:32]


class Source(Protocol):
    """Where documents come from; settings.SEARCH_SOURCE names a class with these four."""

    def documents(self, ids: list[int] | None = None) -> Iterator[Document]:
        """The documents to be found now: all, or those of the ids that there still are."""

    def ids(self) -> set[int]:
        """The ids of all documents to be found now."""

    def tied(self, ids: list[int]) -> list[int]:
        """The ids of all that name one of these in their `ties`, so that a new name reaches them."""

    def under(self, ids: list[int]) -> list[int]:
        """The ids of all that stand in one of these, and are found only while it is."""


def year(ordinal: int) -> int:
    """The proleptic Gregorian year of a day; before year 1 it is reckoned by the mean year."""
    if 1 <= ordinal <= datetime.date.max.toordinal():
        return datetime.date.fromordinal(ordinal).year
    return int((ordinal - 1) // 365.2425) + 1


def decades(document: Document) -> tuple[int, ...]:
    """The decades that the holding's date touches: 1847/1852 gives 1840, 1850; what goes on touches those until today."""
    days = [day for day in (document.first, document.last) if day is not None]
    if not days:
        return ()
    first, last = year(min(days)), year(max(days))
    if document.ongoing and 0 <= (now := datetime.date.today().year) - last <= LONGEST_SPAN:
        last = now
    if last - first > LONGEST_SPAN:
        return ()
    return tuple(dict.fromkeys(decade(number) for number in range(first, last + 1)))


def decade(number: int) -> int:
    """The decade of a year (0 is 1 BC): 1980 for 1987, -220 for 221 BC, -1 for the nine years before our era."""
    if number > 0:
        return number // 10 * 10
    return -((1 - number) // 10 * 10) or -1


Value = str | int

FACETS: dict[str, Callable[[Document], tuple[Value, ...]]] = {
    "kinds": lambda document: (document.kind,),
    "decades": decades,
    "places": lambda document: tuple(dict.fromkeys(document.places)),
    "themes": lambda document: tuple(dict.fromkeys(document.themes)),
    "subdistricts": lambda document: (document.subdistrict,) if document.subdistrict else (),
    "languages": lambda document: tuple(dict.fromkeys(document.languages)),
    "pictures": lambda document: ("yes",) if document.pictures else (),
}
"""What can be counted and filtered by; each is also an attribute of Query."""
