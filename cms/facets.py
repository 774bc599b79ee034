"""Facets of a search: each value with its count and the address that takes or leaves it."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import gettext as _

from cms.bilingual import in_english, say
from cms.kinds import kind_named
from cms.models import Holding, Theme
from search.hits import Hits
from search.query import Query

PARAMETERS = {"kinds": "kind", "decades": "decade", "places": "place", "themes": "theme"}
SHOWN = 12


@dataclass(frozen=True)
class Value:
    """One value of a facet."""

    key: str
    label: str
    count: int
    chosen: bool
    url: str
    css: str = ""


@dataclass(frozen=True)
class Facet:
    """A facet with its values; `name` is the parameter in the address."""

    name: str
    label: str
    values: list[Value]

    @property
    def most(self) -> int:
        """The largest count, for drawing bars."""
        return max((v.count for v in self.values), default=1)


def toggled(request: HttpRequest, name: str, key: str) -> str:
    """Return this search's address with one value taken, or left where it was taken."""
    get = request.GET.copy()
    values = get.getlist(name)
    get.setlist(name, [v for v in values if v != key] if key in values else [*values, key])
    get.pop("page", None)
    return f"?{get.urlencode()}"


def decade_label(decade: int) -> str:
    """Return `1980年代` or `1980s`."""
    return f"{decade}s" if in_english() else f"{decade}年代"


def labels(name: str, keys: list, seen: dict[int, Holding]) -> dict:
    """Return what each value is called; a value without a label is not shown."""
    if name == "kinds":
        return {k: str(kind._meta.verbose_name) for k in keys if (kind := kind_named(k))}
    if name == "decades":
        return {k: decade_label(k) for k in keys}
    if name == "themes":
        return {t.slug: say(t, "title").text for t in Theme.objects.all()}
    return {k: say(seen[k], "title").text for k in keys if k in seen}


def ordered(name: str, counted: list, chosen: tuple) -> list:
    """Return the values to show: decades in time, the rest by count, chosen ones always."""
    if name == "decades":
        return sorted(counted)
    return [pair for n, pair in enumerate(counted) if n < SHOWN or pair[0] in chosen]


def facets(hits: Hits, query: Query, request: HttpRequest, seen: dict[int, Holding]) -> list[Facet]:
    """Return the facets of a page of hits, those with nothing to choose left out; `seen` has the places by id."""
    titles = {"kinds": _("种类"), "decades": _("年代"), "places": _("地方"), "themes": _("主题")}
    made = []
    for name, parameter in PARAMETERS.items():
        chosen = getattr(query, name)
        counted = ordered(name, hits.facets.get(name, []), chosen)
        called = labels(name, [k for k, _n in counted], seen) if counted else {}
        values = [
            Value(str(k), called[k], n, k in chosen, toggled(request, parameter, str(k)), css(name, k))
            for k, n in counted
            if k in called
        ]
        if values:
            made.append(Facet(parameter, titles[name], values))
    return made


def css(name: str, key: object) -> str:
    """Return the tone of a kind's tag."""
    kind = kind_named(str(key)) if name == "kinds" else None
    return kind.tone if kind else ""
