"""Short codes on signs and in packs: where each leads today."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import override
from django.views.decorators.cache import never_cache

from cms.models import Holding
from cms.visibility import visible
from tours.language import spoken
from tours.models import Code, Stop, Tour
from tours.models.code import read_code


@never_cache
def sign(request: HttpRequest, code: str = "") -> HttpResponse:
    """Lead on to what a code stands for, in the reader's language; without one ask for it, 404 where it leads nowhere."""
    typed = (code or request.GET.get("code", ""))[:40]
    with override(spoken(request)):
        if not typed:
            return render(request, "tours/sign.html", {"typed": ""})
        found = Code.objects.filter(code=read_code(typed)).select_related("stop").first()
        place = leads_to(found, request) if found else None
        if place is None:
            return render(request, "tours/sign.html", {"typed": typed, "known": found is not None}, status=404)
        return HttpResponseRedirect(place)


def leads_to(code: Code, request: HttpRequest) -> str | None:
    """Return the address: where a librarian pointed the code, else its stop, else what stood there, else the tour."""
    if code.holding_id and (place := address(code.holding_id, request)):
        return place
    tour = visible(Tour.objects.filter(pk=code.tour_id), request).first() if code.tour_id else None
    if tour and code.stop and code.stop.tour_id == tour.pk:
        earlier = Stop.objects.filter(tour=tour).order_by("sort_order", "pk").values_list("pk", flat=True)
        return f"{tour.get_url(request)}{list(earlier).index(code.stop.pk) + 1}/"
    things = (code.stop.holding_id, code.stop.story_id) if code.stop else ()
    found = next((place for pk in things if pk and (place := address(pk, request))), None)
    return found or (tour.get_url(request) if tour else None)


def address(pk: int, request: HttpRequest) -> str | None:
    """Return the address of a holding, None where this visitor may not see it."""
    holding = visible(Holding.objects.filter(pk=pk), request).first()
    return holding.get_url(request) if holding else None
