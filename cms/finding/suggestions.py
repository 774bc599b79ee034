"""Titles and names for what a reader has typed so far, as the finder's list asks for them."""

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_GET

from cms.catalogue.bilingual import say
from cms.finding.exclusions import withheld
from cms.models import Holding
from cms.models.kinds import kind_of
from cms.visibility import visible
from search.headings import suggest
from search.query import Query

LONGEST = 64
"""Characters of what was typed that are read."""
SECONDS = 30
"""How long a browser may keep an answer: as long as somebody hesitates over a word."""


@require_GET
def suggestions(request: HttpRequest) -> JsonResponse:
    """Answer `?q=` with at most eight holdings: the name that fits, the title, the kind, the address."""
    typed = Query.read(request.GET.get("q", "")).text[:LONGEST]
    found = suggest(typed, exclude=withheld(request)) if typed else []
    wanted = visible(Holding.objects.filter(pk__in=[one.id for one in found]), request) if found else []
    seen = {holding.pk: holding for holding in wanted}
    listed = [option(one.text, seen[one.id], request) for one in found if one.id in seen]
    answer = JsonResponse(listed, safe=False, json_dumps_params={"ensure_ascii": False})
    # What one reader may see is not for a cache that others share.
    answer["Cache-Control"] = f"private, max-age={SECONDS}"
    return answer


def option(text: str, holding: Holding, request: HttpRequest) -> dict[str, str]:
    """Return one line of the list, in the reader's language."""
    return {
        "text": text,
        "title": say(holding, "title").text,
        "kind": str(kind_of(holding)._meta.verbose_name),
        "url": holding.get_url(request) or "",
    }
