"""A tour as visitors walk it by themselves: in their own language, a page for each stop."""

from typing import Any

from django.http import Http404, HttpRequest

from cms.catalogue.bilingual import in_english
from tours.flight import use_of
from tours.guiding.telling import LANGUAGE_TAGS, tell
from tours.guiding.told import Telling, Told
from tours.models import Code, Language, Tour


def visit(tour: Tour, request: HttpRequest, number: int) -> dict[str, Any]:
    """Return the tour as it is told to this visitor, and one stop with those around it; Http404 where there is none."""
    language = Language.ENGLISH if in_english() else Language.CHINESE
    use = use_of(request)
    telling = tell(tour, request, use=use, language=language, outline=not number, at=number)
    if number > len(telling.stops):
        raise Http404
    if not number:
        return {"telling": telling}
    sign = sign_of(telling.stops[number - 1]) if use == "offline" else ""
    return {"telling": telling, "sign": sign, **here(telling, number)}


def sign_of(told: Told) -> str:
    """Return the code that leads to a stop, for a device without a network to know; "" where it was pointed elsewhere."""
    return Code.objects.filter(stop=told.stop, holding=None).values_list("code", flat=True).first() or ""


def here(telling: Telling, number: int) -> dict[str, Any]:
    """Return the stop with a number, counted from 1, and its neighbours."""
    told = telling.stops[number - 1]
    return {
        "told": told,
        "before": neighbour(telling, number - 1),
        "after": neighbour(telling, number + 1),
        "foreign": bool(told.lang) and told.lang != LANGUAGE_TAGS[telling.language],
    }


def neighbour(telling: Telling, number: int) -> Told | None:
    """Return the stop with a number, where there is one."""
    return telling.stops[number - 1] if 1 <= number <= len(telling.stops) else None
