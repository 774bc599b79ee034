"""A search as its address says it: read into a query, and written again with something changed."""

from dataclasses import replace

from django.http import HttpRequest, QueryDict

from cms.dates import ordinal
from cms.finding.withheld import withheld
from search.query import Query

PER_PAGE = 20
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


def asked(request: HttpRequest) -> Query:
    """Read the question from the address; anything at all makes an ordinary one."""
    get = request.GET
    since, until = span(*years(get))
    query = Query.read(
        get.get("q", ""),
        exact=get.get("exact") == "1",
        **{facet: get.getlist(name) for facet, name in FACETS.items()},
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
        if len(value := get.get(name, "")) in range(1, 40):
            kept[name] = value
    return kept


def changed(request: HttpRequest, *dropped: str, **values: str) -> str:
    """Return this search's address with some parameters dropped or changed, from its first page."""
    get = request.GET.copy()
    for name in ("page", *dropped, *values):
        get.pop(name, None)
    for name, value in values.items():
        if value:
            get[name] = value
    return f"?{get.urlencode()}"


def without(request: HttpRequest, name: str, key: str) -> str:
    """Return this search's address without one value of a filter."""
    get = request.GET.copy()
    get.pop("page", None)
    get.setlist(name, [value for value in get.getlist(name) if value != key])
    return f"?{get.urlencode()}"
