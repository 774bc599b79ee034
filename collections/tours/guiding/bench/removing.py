"""Taking a stop out, with the way to put it back, and taking a whole tour away."""

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tours.guiding.access import GuideRequest, for_forms, for_guides, own_tour
from tours.guiding.bench.changes import MOST_STOPS, changing, put_in_order, stops_of
from tours.guiding.bench.removed import put_back, removed, take_out
from tours.guiding.bench.sent import number
from tours.guiding.bench.stops import back_to
from tours.models import Tour

ALL = "all"


@for_forms
def remove(request: GuideRequest, pk: int, stop: int) -> HttpResponse:
    """Take a stop out; all that belongs to it waits to be put back. One that is out already stays out."""
    tour = own_tour(request.user, pk)
    with changing(tour, request.user) as locked:
        stops = stops_of(locked)
        gone = next((one for one in stops if one.pk == stop), None)
        if gone is None:
            return already_out(request, tour, stop)
        place = stops.index(gone) + 1
        take_out([gone], stops)
        put_in_order([one for one in stops if one.pk != stop])
    messages.success(request, _("已移去第 %(n)s 站，随时可以放回来。") % {"n": place})
    return back_to(tour)


def already_out(request: GuideRequest, tour: Tour, stop: int) -> HttpResponse:
    """Say that a stop was taken out before; Http404 for one that never stood in this tour."""
    if not removed(tour).filter(pk=stop).exists():
        raise Http404
    messages.info(request, _("这一站已经移去了，随时可以放回来。"))
    return back_to(tour)


@for_forms
def restore(request: GuideRequest, pk: int) -> HttpResponse:
    """Put back a stop that was taken out, or all, where they stood, with their codes and scripts."""
    tour = own_tour(request.user, pk)
    wanted = removed(tour)
    if request.POST.get("stop") != ALL:
        wanted = wanted.filter(pk=number(request, "stop"))
    with changing(tour, request.user) as locked:
        back = list(wanted)
        stops = stops_of(locked)
        if len(stops) + len(back) > MOST_STOPS:
            messages.error(request, _("一条导览最多 %(n)s 站，没有放回来。") % {"n": MOST_STOPS})
            return back_to(tour)
        # The one that was taken out last saw the others' places as they are now.
        for one in back:
            put_back(one, locked, stops)
        put_in_order(stops)
    if not back:
        messages.info(request, _("已经放回来了。"))
        return back_to(tour)
    said = ngettext("已放回 %(n)s 站。", "已放回 %(n)s 站。", len(back)) % {"n": len(back)}
    messages.success(request, said)
    return back_to(tour, back[0])


@for_guides
def discard(request: GuideRequest, pk: int) -> HttpResponse:
    """Ask, and then take a tour away with its scripts, packs and runs; its codes go on leading to what they can."""
    if request.method == "POST" and not Tour.objects.filter(pk=pk).exists():
        # Sent twice: the first time it went.
        return HttpResponseRedirect(reverse("guide"))
    tour = own_tour(request.user, pk)
    if request.method != "POST":
        return render(request, "tours/bench/discard.html", {"tour": tour})
    title = tour.title
    tour.delete()
    messages.success(request, _("《%(title)s》已删除。") % {"title": title})
    return HttpResponseRedirect(reverse("guide"))
