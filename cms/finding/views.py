"""The results page: the engine's hits, met with the rows that this visitor may see."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from cms.finding import labels
from cms.finding.breadcrumbs import Above, whereabouts, with_whereabouts
from cms.finding.excerpts import Excerpt, Sought, excerpts
from cms.finding.facets import facets, ordered, taken
from cms.finding.name_bands import bands, heard, namesakes
from cms.finding.request import Asked
from cms.models import Holding, Name
from cms.pages.language import other_address
from cms.pages.listing import Choice
from cms.pages.related import with_pictures
from cms.visibility import visible
from search import zero_results
from search.finding import Answer, answer
from search.hits import Hits
from search.models import Record
from search.query import Query
from search.reasons import other_name, related


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


def results(request: HttpRequest) -> HttpResponse:
    """Draw the results page: `q`, `exact`, `only`, `as`, the facets, `from`, `to`, `sort`, `page`."""
    # Where there is one site, addresses need none; where there are several, they are whole without it.
    request._wagtail_site = None  # type: ignore[attr-defined]  # Wagtail's mark
    asked = Asked.read(request)
    found = answer(asked.query, chosen=asked.chosen, only=asked.only)
    if request.method == "GET" and vain(asked, found):
        zero_results.note(found.query.text)
    seen, called = fetched(found, request), labels.read(meant(found))
    context = {
        "query": found.query,
        "hits": found.hits,
        "results": rows(found.hits, found.query, seen),
        "nearby": [(near, asked.changed("exact", "only", "as", q=near.text)) for near in found.nearby],
        **understood(asked, found, seen, called.names),
        **filters(asked, found, seen, called.themes),
        "pages": page_links(asked, found.hits),
        "sorts": sorts(asked),
        "switch_url": other_address(request.path, asked.parameters),
    }
    return render(request, "cms/results.html", context)


def vain(asked: Asked, found: Answer) -> bool:
    """Whether a reader's words, by all their names, found nothing in the whole library, so that librarians should know."""
    narrow = asked.narrowed or asked.only or any(one.exact for one in found.query.phrases)
    return not (narrow or found.hits.total or found.hits.degraded)


def understood(asked: Asked, found: Answer, seen: dict[int, Holding], names: dict[int, list[Name]]) -> dict[str, Any]:
    """Return what the page says of how the words were understood, and the addresses that take them otherwise."""
    return {
        "bands": bands(found, seen, names),
        "heard": heard(found),
        "namesakes": namesakes(asked, found, seen, names),
        "only": asked.only,
        "only_url": asked.changed(only="" if asked.only else "1"),
        "exact_url": asked.changed(exact="" if found.query.exact else "1"),
    }


def filters(asked: Asked, found: Answer, seen: dict[int, Holding], themes: dict[str, str]) -> dict[str, Any]:
    """Return the facets, what is chosen of them, and the addresses without."""
    made = facets(asked, found, seen, themes)
    return {
        "facets": made,
        "chosen": taken(asked, made),
        "filtered": asked.narrowed,
        "unfiltered_url": asked.unfiltered,
        "kept": asked.words,
        "years": {"first": str(asked.first or ""), "last": str(asked.last or "")},
    }


def sorts(asked: Asked) -> list[Choice]:
    """Return the three orders."""
    orders = {"relevance": _("按相关"), "oldest": _("从古到今"), "newest": _("从今到古")}
    return [
        Choice(key, label, 0, asked.query.sort == key, asked.changed(sort="" if key == "relevance" else key))
        for key, label in orders.items()
    ]


def page_links(asked: Asked, hits: Hits) -> dict[str, str]:
    """Return the addresses of the page before and after."""
    around = {"previous": hits.page - 1, "next": hits.page + 1}
    return {name: asked.at_page(number) for name, number in around.items() if 1 <= number <= hits.pages}
