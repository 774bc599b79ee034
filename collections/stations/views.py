"""What corners answer beside their pages: where they are, for a browser that knows where it is; and their posters."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.cache import patch_cache_control

from cms.catalogue.bilingual import say
from cms.models import Holding
from cms.models.former_number import numbered
from cms.models.uid import uid_in
from cms.visibility import visible
from stations.corners import Corner, corners
from stations.lending import Offer, offers
from stations.models import Station
from stations.poster import posters


def whereabouts(request: HttpRequest) -> HttpResponse:
    """Return every corner that this visitor may see and whose position is known, or those that have the book `holds`.

    The browser measures how far they are: it says nobody where it is. Degrees of WGS-84.
    """
    holds = request.GET.get("holds", "")[:60]
    offered: dict[int, Offer] = {}
    if holds:
        work = numbered(visible(Holding.objects.all(), request), uid_in(holds))
        offered = {one.corner.number: one for one in offers(work, request)} if work else {}
    among = [c for c in corners(request) if not holds or c.number in offered]
    known = [c for c in among if c.station.latitude is not None and c.station.longitude is not None]
    answer = JsonResponse({"corners": [described(c, offered.get(c.number), request) for c in known]})
    patch_cache_control(answer, no_cache=True)
    return answer


def described(corner: Corner, offer: Offer | None, request: HttpRequest) -> dict[str, Any]:
    """Return what the list of the nearest says of a corner."""
    title = say(corner.station, "title")
    return {
        "number": corner.number,
        "title": title.text,
        "lang": title.lang,
        "url": corner.station.get_url(request),
        "at": [float(corner.station.latitude or 0), float(corner.station.longitude or 0)],
        "css": corner.css,
        "state": corner.state_words,
        "hours": corner.hours,
        "closed": corner.station.closed,
        "copies": offer.said if offer else "",
    }


def poster(request: HttpRequest, slug: str) -> HttpResponse:
    """Return the poster of a corner as PDF, in the language of the address; Http404 where this visitor may not see or print it."""
    seen = visible(visible(Station.objects.filter(slug=slug), request), request, "print")
    station = seen.order_by("path").first()
    if station is None:
        raise Http404
    answer = HttpResponse(posters([station], request), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{station.uid}.pdf"'
    patch_cache_control(answer, no_cache=True)
    return answer
