"""The results page: the engine's hits, met with the rows that this visitor may see."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _

from cms.excerpts import Excerpt, excerpts
from cms.facets import PARAMETERS, Facet, facets, ordered
from cms.listing import Choice
from cms.models import Holding
from cms.surroundings import with_pictures
from cms.visibility import hidden, visible
from search.finding import answer
from search.hits import Hits
from search.models import Outbox, Record
from search.query import Query

PER_PAGE = 20


@dataclass(frozen=True)
class Result:
    """One hit: the holding and the places in it where the words stand."""

    holding: Holding
    excerpts: list[Excerpt]


def asked(request: HttpRequest) -> Query:
    """Read the question from the address; anything at all makes an ordinary one."""
    get = request.GET
    return Query.read(
        get.get("q", ""),
        exact=get.get("exact") == "1",
        kinds=get.getlist("kind"),
        decades=get.getlist("decade"),
        places=get.getlist("place"),
        themes=get.getlist("theme"),
        exclude=uncounted(request),
        page=get.get("page", 1),
        size=PER_PAGE,
        sort=get.get("sort", ""),
    )


def repeated(get: QueryDict, query: Query) -> QueryDict:
    """Return the parameters that links of the page repeat: those it knows, with the words as they were understood."""
    kept = QueryDict(mutable=True)
    if query.text:
        kept["q"] = query.text
    for facet, name in PARAMETERS.items():
        if values := getattr(query, facet):
            kept.setlist(name, [str(v) for v in values])
    for name in ("exact", "sort", "page"):
        if len(value := get.get(name, "")) in range(1, 20):
            kept[name] = value
    return kept


def uncounted(request: HttpRequest) -> frozenset[int]:
    """Return the ids that must not even be counted: out of sight, or deleted and not yet out of the index."""
    gone = Outbox.objects.filter(done=None).exclude(holding__in=Holding.objects.values("pk"))
    unseen = hidden(request).order_by().values_list("pk", flat=True)
    return frozenset(unseen.union(gone.order_by().values_list("holding", flat=True)))


def fetched(hits: Hits, query: Query, request: HttpRequest) -> dict[int, Holding]:
    """Return what this visitor may see of the hits and of the places that the facet names, in one go."""
    places = [key for key, _count in ordered("places", hits.facets.get("places", []), query.places)]
    wanted = visible(Holding.objects.filter(pk__in={*hits.ids, *places}), request)
    return {holding.pk: holding for holding in with_pictures(wanted)}


def rows(hits: Hits, query: Query, seen: dict[int, Holding]) -> list[Result]:
    """Return one page of hits with their best passages, in the engine's order."""
    records = Record.objects.in_bulk(list(hits.ids))
    return [Result(seen[pk], excerpts(records.get(pk), query)) for pk in hits.ids if pk in seen]


def results(request: HttpRequest) -> HttpResponse:
    """Draw the results page: `q`, `exact`, `kind`, `decade`, `place`, `theme`, `sort`, `page`."""
    # Where there is one site, addresses need none; where there are several, they are whole without it.
    request._wagtail_site = None
    query = asked(request)
    request.GET = repeated(request.GET, query)
    found = answer(query)
    query, hits = found.query, found.hits
    seen = fetched(hits, query, request)
    counted: list[Facet] = facets(hits, query, request, seen)
    context = {
        "query": query,
        "hits": hits,
        "results": rows(hits, query, seen),
        "facets": counted,
        "chosen": [value for facet in counted for value in facet.values if value.chosen],
        "pages": page_links(hits, request),
        "exact_url": changed(request, exact="" if query.exact else "1"),
        "sorts": sorts(query, request),
    }
    return render(request, "cms/results.html", context)


def changed(request: HttpRequest, **values: str) -> str:
    """Return this search's address with some parameters changed, from its first page; an empty one is left out."""
    get = request.GET.copy()
    get.pop("page", None)
    for name, value in values.items():
        get.pop(name, None)
        if value:
            get[name] = value
    return f"?{get.urlencode()}"


def sorts(query: Query, request: HttpRequest) -> list[Choice]:
    """Return the three orders."""
    orders = {"relevance": _("按相关"), "oldest": _("从古到今"), "newest": _("从今到古")}
    return [
        Choice(key, label, 0, query.sort == key, changed(request, sort="" if key == "relevance" else key))
        for key, label in orders.items()
    ]


def page_links(hits: Hits, request: HttpRequest) -> dict[str, str]:
    """Return the addresses of the page before and after."""
    around = {"previous": hits.page - 1, "next": hits.page + 1}
    links = {}
    for name, number in around.items():
        if 1 <= number <= hits.pages:
            get = request.GET.copy()
            get["page"] = str(number)
            links[name] = f"?{get.urlencode()}"
    return links
