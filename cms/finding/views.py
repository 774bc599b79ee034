"""The results page: the engine's hits, met with the rows that this visitor may see."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from cms.finding import labels
from cms.finding.breadcrumbs import Above, whereabouts, with_whereabouts
from cms.finding.excerpts import Excerpt, Sought, excerpts, other_name, related
from cms.finding.facets import facets, filtered, kept, ordered, taken, unfiltered
from cms.finding.name_bands import bands, heard, namesakes
from cms.finding.request import asked, changed, repeated
from cms.models import Holding, Name
from cms.pages.listing import Choice
from cms.pages.related import with_pictures
from cms.visibility import visible
from search import unfound
from search.finding import Answer, answer
from search.hits import Hits
from search.models import Record
from search.query import Query


@dataclass(frozen=True)
class Result:
    """One hit: the holding, what it stands in, the places where the words are, or those that something related is called by.

    `name` is the other name by which it was asked for.
    """

    holding: Holding
    above: list[Above]
    excerpts: list[Excerpt]
    related: list[str]
    name: str = ""


def fetched(found: Answer, request: HttpRequest) -> dict[int, Holding]:
    """Return what this visitor may see of the hits, of the places that the facet names, and of what is meant, in one go."""
    query, hits = found.query, found.hits
    places = [key for key, _count in ordered("places", hits.facets.get("places", []), query.places)]
    wanted = visible(Holding.objects.filter(pk__in={*hits.ids, *places, *meant(found)}), request)
    return {holding.pk: holding for holding in with_whereabouts(with_pictures(wanted), request)}


def meant(found: Answer) -> set[int]:
    """Return the ids of what the words were taken for, and of what they could be."""
    return {m.holding for m in (*found.understood.meanings, *found.understood.choices)} - {0}


def rows(hits: Hits, query: Query, seen: dict[int, Holding]) -> list[Result]:
    """Return one page of hits with their best passages, in the engine's order."""
    records, sought = Record.objects.in_bulk(list(hits.ids)), Sought(query)
    return [result(seen[pk], records.get(pk), sought) for pk in hits.ids if pk in seen]


def result(holding: Holding, record: Record | None, sought: Sought) -> Result:
    """Return one hit with the reason why it is one; none where the index is ahead of the records."""
    found = excerpts(record, sought) if record else []
    reason = related(record, sought.query) if record and not found else []
    name = other_name(record, sought.query) if record else ""
    return Result(holding, whereabouts(holding), found, reason, name)


def chosen(request: HttpRequest) -> int | None:
    """Return the id of the thing that the reader means by an ambiguous name, as `as` gives it."""
    number = request.GET.get("as", "")
    return int(number) if number.isdecimal() else None


def results(request: HttpRequest) -> HttpResponse:
    """Draw the results page: `q`, `exact`, `only`, `as`, the facets, `from`, `to`, `sort`, `page`."""
    # Where there is one site, addresses need none; where there are several, they are whole without it.
    request._wagtail_site = None
    query = asked(request)
    request.GET = repeated(request.GET, query)
    found = answer(query, chosen=chosen(request), only=request.GET.get("only") == "1")
    if vain(found, request):
        unfound.note(found.query.text)
    seen, called = fetched(found, request), labels.read(meant(found))
    context = {
        "query": found.query,
        "hits": found.hits,
        "results": rows(found.hits, found.query, seen),
        "nearby": [(near, changed(request, "exact", "only", "as", q=near.text)) for near in found.nearby],
        **understood(found, seen, called.names, request),
        **filters(found, seen, called.themes, request),
        "pages": page_links(found.hits, request),
        "sorts": sorts(found.query, request),
    }
    return render(request, "cms/results.html", context)


def vain(found: Answer, request: HttpRequest) -> bool:
    """Whether a reader's words, by all their names, found nothing in the whole library, so that librarians should know."""
    narrow = filtered(request) or request.GET.get("only") == "1" or any(one.exact for one in found.query.phrases)
    return request.method == "GET" and not (narrow or found.hits.total or found.hits.degraded)


def understood(found: Answer, seen: dict[int, Holding], names: dict[int, list[Name]], request: HttpRequest) -> dict:
    """Return what the page says of how the words were understood, and the addresses that take them otherwise."""
    only = request.GET.get("only") == "1"
    return {
        "bands": bands(found, seen, names),
        "heard": heard(found),
        "namesakes": namesakes(found, seen, names, request),
        "only": only,
        "only_url": changed(request, only="" if only else "1"),
        "exact_url": changed(request, exact="" if found.query.exact else "1"),
    }


def filters(found: Answer, seen: dict[int, Holding], themes: dict[str, str], request: HttpRequest) -> dict:
    """Return the facets, what is chosen of them, and the addresses without."""
    made = facets(found.hits, found.query, request, seen, themes)
    return {
        "facets": made,
        "chosen": taken(made, request),
        "filtered": filtered(request),
        "unfiltered_url": unfiltered(request),
        "kept": kept(request),
        "years": {"first": request.GET.get("from", ""), "last": request.GET.get("to", "")},
    }


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
