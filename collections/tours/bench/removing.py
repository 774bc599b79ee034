"""Taking a stop out, with the way to put it back, and taking a whole tour away."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tours.access import for_guides, own_tour
from tours.bench.keeping import changing, put_in_order, stops_of
from tours.bench.stops import back_to, stop_of
from tours.models import Code, Script, Stop

KEPT = ("holding_id", "story_id", "length", "locked", "way", "way_en", "sort_order")


@for_guides
@require_POST
def remove(request: HttpRequest, pk: int, stop: int) -> HttpResponse:
    """Take a stop out; what it was, script and code too, stays in the session to be put back."""
    tour = own_tour(request.user, pk)
    gone = stop_of(tour, stop)
    request.session[f"removed-{tour.pk}"] = taken_out(gone, request)
    with changing(tour, request.user) as locked:
        gone.delete()
        put_in_order(stops_of(locked))
    messages.success(request, _("已移去第 %(n)s 站。") % {"n": gone.sort_order + 1})
    return back_to(tour)


def taken_out(stop: Stop, request: HttpRequest) -> dict[str, Any]:
    """Return a stop as plain values."""
    script = Script.objects.filter(stop=stop, owner=request.user).first()
    return {
        **{name: getattr(stop, name) for name in KEPT},
        "minutes": str(stop.minutes),
        "walking": str(stop.walking),
        "code": stop.sign.code,
        "script": script.text if script else "",
    }


@for_guides
@require_POST
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Put back the stop that was taken out last, where it stood, with its code and script."""
    tour = own_tour(request.user, pk)
    was = request.session.pop(f"removed-{tour.pk}", None)
    if was is None:
        return back_to(tour)
    code, script = was.pop("code"), was.pop("script")
    with changing(tour, request.user) as locked:
        stops = stops_of(locked)
        back = Stop(tour=locked, **was)
        back.save()
        Code.objects.filter(stop=back).delete()
        Code.objects.filter(code=code, stop=None).update(stop=back)
        Code.of(back)
        if script:
            Script.objects.create(stop=back, owner=request.user, text=script)
        stops.insert(min(back.sort_order, len(stops)), back)
        put_in_order(stops)
    return back_to(tour, back)


@for_guides
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, and then take a tour away with its scripts, packs and runs; its codes go on leading to what they can."""
    tour = own_tour(request.user, pk)
    if request.method != "POST":
        return render(request, "tours/bench/discard.html", {"tour": tour})
    title = tour.title
    tour.delete()
    messages.success(request, _("《%(title)s》已删除。") % {"title": title})
    return HttpResponseRedirect(reverse("guide"))
