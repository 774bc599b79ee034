"""A search as its address says it: read once into what is asked, which writes the addresses of what could be asked instead."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest, QueryDict

from cms.dates import ordinal
from cms.finding.exclusions import withheld
from cms.pages.narrowing import narrows
from search.query import Query

PER_PAGE = 20
LONGEST = 40
"""A parameter other than the words that is as long as this is nothing that the page knows."""
LAST_YEAR = 9999
UNKNOWN = 0
"""The number of no place."""
FACETS = {
    "kinds": "kind",
    "decades": "decade",
    "places": "place",
    "subdistricts": "subdistrict",
    "themes": "theme",
    "languages": "language",
    "pictures": "pictures",
}
"""Each facet of a query, and its parameter in an address."""
YEARS = ("from", "to")
WORDS = ("q", "exact", "only", "as", "sort")
"""What stays when every filter is taken off."""
narrows(*WORDS, *FACETS.values(), *YEARS)


@dataclass(frozen=True)
class Asked:
    """What a reader asks.

    `only` takes the words as nothing but words; `chosen` is the id of the thing meant by an ambiguous name; `first` and `last`
    are years, the earlier first; `parameters` are what the page's links repeat: those it knows, as they were understood.
    """

    query: Query
    parameters: QueryDict
    only: bool = False
    chosen: int | None = None
    first: int | None = None
    last: int | None = None

    @classmethod
    def read(cls, request: HttpRequest) -> Asked:
        """Read the address; anything at all makes an ordinary question."""
        get, (first, last) = request.GET, years(request.GET)
        query = query_of(request, first, last)
        number = get.get("as", "")
        chosen = int(number) if number.isdecimal() and len(number) < LONGEST else None
        return cls(query, repeated(get, query), get.get("only") == "1", chosen, first, last)

    @property
    def narrowed(self) -> bool:
        """Whether a filter is on, also one of a value that nobody knows."""
        return any(name in self.parameters for name in (*FACETS.values(), *YEARS))

    @property
    def unfiltered(self) -> str:
        """The address of the same words without any filter."""
        return self.changed(*FACETS.values(), *YEARS)

    @property
    def words(self) -> list[tuple[str, str]]:
        """What the form of filters sends along unseen."""
        return [(name, self.parameters.get(name, "")) for name in WORDS if name in self.parameters]

    def changed(self, *dropped: str, **values: str) -> str:
        """Return this search's address with some parameters dropped or changed, from its first page."""
        get = self.parameters.copy()
        for name in ("page", *dropped, *values):
            get.pop(name, None)
        for name, value in values.items():
            if value:
                get[name] = value
        return f"?{get.urlencode()}"

    def without(self, name: str, key: str) -> str:
        """Return this search's address without one value of a filter."""
        get = self.parameters.copy()
        get.pop("page", None)
        get.setlist(name, [value for value in get.getlist(name) if value != key])
        return f"?{get.urlencode()}"

    def at_page(self, number: int) -> str:
        """Return the address of another page of the answer."""
        get = self.parameters.copy()
        get["page"] = str(number)
        return f"?{get.urlencode()}"


def query_of(request: HttpRequest, first: int | None, last: int | None) -> Query:
    """Return the query of an address, between two years, without what this reader may not see."""
    get = request.GET
    since, until = span(first, last)
    facets: dict[str, Any] = {facet: get.getlist(name) for facet, name in FACETS.items()}
    query = Query.read(
        get.get("q", ""),
        exact=get.get("exact") == "1",
        **facets,
        since=since,
        until=until,
        page=get.get("page", 1),
        size=PER_PAGE,
        sort=get.get("sort", ""),
    )
    unseen = withheld(request, query.text)
    # A place that is hidden is a place that nobody knows.
    places = tuple(UNKNOWN if place in unseen else place for place in query.places)
    return replace(query, exclude=unseen, places=places)


def years(get: QueryDict) -> tuple[int | None, int | None]:
    """Return the years `from` and `to`, the earlier first; what is no year from 1 to 9999 is left out."""
    first, last = (year(get.get(name, "")) for name in YEARS)
    return (last, first) if first and last and first > last else (first, last)


def year(text: str) -> int | None:
    """Read a year of our era; None for anything else."""
    text = text.strip()
    number = int(text) if len(text) <= len(str(LAST_YEAR)) and text.isdecimal() else 0
    return number or None


def span(first: int | None, last: int | None) -> tuple[int | None, int | None]:
    """Return the first day of the first year and the last day of the last."""
    return ordinal(first) if first else None, ordinal(last + 1) - 1 if last else None


def repeated(get: QueryDict, query: Query) -> QueryDict:
    """Return the parameters that links of the page repeat: those it knows, with the words as they were understood."""
    kept = QueryDict(mutable=True)
    if query.text:
        kept["q"] = query.text
    for facet, name in FACETS.items():
        if values := getattr(query, facet):
            kept.setlist(name, [str(v) for v in values])
    for name, number in zip(YEARS, years(get), strict=True):
        if number:
            kept[name] = str(number)
    for name in ("exact", "only", "as", "sort", "page"):
        if len(value := get.get(name, "")) in range(1, LONGEST):
            kept[name] = value
    return kept
