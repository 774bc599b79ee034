"""Adding, ordering, changing and removing the stops of a tour; each is one small form."""

from decimal import Decimal
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from cms.models import Holding, Relation
from cms.visibility import visible
from tours.guiding.access import GuideRequest, for_forms, own_tour
from tours.guiding.bench import once
from tours.guiding.bench.changes import MOST_STOPS, changing, put_in_order, stops_of
from tours.guiding.bench.forms import ScriptForm, StopForm
from tours.guiding.bench.page import Bound, draw, stories_for
from tours.guiding.bench.sent import is_id, number
from tours.guiding.versions import lengths
from tours.models import Length, Script, Stop, Story, Tour

LOOKING = Decimal(2)
"""Minutes at a stop where no story is told."""


def back_to(tour: Tour, stop: Stop | None = None, words: str = "") -> HttpResponse:
    """Lead back to the tour, at the stop that was changed or at what was searched."""
    asked = f"?{urlencode({'q': words})}" if words else ""
    place = f"#stop-{stop.pk}" if stop and not words else "#found" if words else ""
    return HttpResponseRedirect(f"{reverse('guide_tour', args=[tour.pk])}{asked}{place}")


def stop_of(tour: Tour, pk: int) -> Stop:
    """Return one stop of a tour; Http404 for any other's."""
    found = Stop.objects.filter(tour=tour, pk=pk).first()
    if found is None:
        raise Http404
    return found


def wanted(request: GuideRequest) -> tuple[Holding | None, Story | None]:
    """Return what is to be added, among what this guide may see; a story brings the first thing it tells of."""
    holding = visible(Holding.objects.filter(pk=number(request, "holding")), request).first()
    story = visible(Story.objects.filter(pk=number(request, "story")), request).first()
    if story and (holding is None or holding.pk == story.pk):
        told_of = Relation.objects.filter(holding=story.pk).order_by("sort_order", "pk").values("target")
        seen = visible(Holding.objects.filter(pk__in=told_of), request).in_bulk()
        order = Relation.objects.filter(holding=story.pk, target__in=seen).order_by("sort_order", "pk")
        first = order.values_list("target", flat=True).first()
        holding = seen.get(first) if first else None
    return holding, story


@for_forms
def add(request: GuideRequest, pk: int) -> HttpResponse:
    """Put what was found at the end of the tour, with its story in the length that is nearest to three minutes."""
    tour, words = own_tour(request.user, pk), request.POST.get("q", "")[:256]
    holding, story = wanted(request)
    if holding is None and story is None:
        messages.error(request, _("这一件已经不在了，没有加入。"))
        return back_to(tour, words=words)
    act = f"{holding.pk if holding else 0} {story.pk if story else 0}"
    with changing(tour, request.user) as locked:
        stops = stops_of(locked)
        if len(stops) >= MOST_STOPS:
            messages.error(request, _("一条导览最多 %(n)s 站，没有加入。") % {"n": MOST_STOPS})
            return back_to(tour, words=words)
        if before := once.earlier(request, act):
            return before
        stop = new_stop(locked, holding, story)
        stop.save()
        put_in_order([*stops, stop])
        answer = once.done(request, back_to(tour, stop, words), act)
    say_added(request, stop, stops)
    return answer


def say_added(request: GuideRequest, stop: Stop, stops: list[Stop]) -> None:
    """Say which stop was added, and where the tour had the same thing or story already."""
    messages.success(request, _("已加入，是第 %(n)s 站。") % {"n": stop.sort_order + 1})
    same = [str(n) for n, one in enumerate(stops, 1) if alike(one, stop)]
    if same:
        said = _("导览里本来就有它：第 %(numbers)s 站。不要两次，就移去一站。")
        messages.warning(request, said % {"numbers": _("、").join(same)})


def alike(one: Stop, other: Stop) -> bool:
    """Say whether two stops show the same thing or tell the same story."""
    pairs = ((one.holding_id, other.holding_id), (one.story_id, other.story_id))
    return any(mine is not None and mine == theirs for mine, theirs in pairs)


def new_stop(tour: Tour, holding: Holding | None, story: Story | None) -> Stop:
    """Return a stop to be put in order at the end of a tour, not yet saved; how far it is will be estimated."""
    stop = Stop(tour=tour, holding=holding, walking=Decimal(0), estimate=Decimal(0), minutes=LOOKING)
    tell_there(stop, story)
    return stop


def tell_there(stop: Stop, story: Story | None) -> None:
    """Have a story told at a stop, in the length it has that is nearest to the stop's, and for as long as that takes."""
    stop.story = story
    if story:
        has = lengths(story, stop.tour.audience, stop.tour.language) or [stop.length]
        stop.length = min(has, key=lambda length: (abs(length - stop.length), length))
        stop.minutes = Length(stop.length).minutes


@for_forms
def move(request: GuideRequest, pk: int, stop: int) -> HttpResponse:
    """Put a stop at a place, counted from 1; asked twice, it is there already."""
    tour = own_tour(request.user, pk)
    moved, place = stop_of(tour, stop), number(request, "to")
    with changing(tour, request.user) as locked:
        stops = stops_of(locked)
        if 1 <= place <= len(stops):
            stops.remove(moved)
            stops.insert(place - 1, moved)
        put_in_order(stops)
    return back_to(tour, moved)


@for_forms
def order(request: GuideRequest, pk: int) -> HttpResponse:
    """Take a whole order, as dragging sends it: ids with commas. Stops it does not name keep their place after those."""
    tour = own_tour(request.user, pk)
    named = [int(part) for part in request.POST.get("order", "").split(",") if is_id(part)]
    sent = {pk: place for place, pk in enumerate(dict.fromkeys(named))}
    with changing(tour, request.user) as locked:
        stops = stops_of(locked)
        put_in_order(sorted(stops, key=lambda stop: sent.get(stop.pk, len(sent) + stop.sort_order)))
    return back_to(tour)


@for_forms
def change(request: GuideRequest, pk: int, stop: int) -> HttpResponse:
    """Keep how a stop is told; with faults the page comes back with what was typed."""
    tour = own_tour(request.user, pk)
    stories = stories_for(stop_of(tour, stop), request)
    form = StopForm(request.POST, instance=stop_of(tour, stop), stories=stories)
    if not form.is_valid():
        return draw(request, tour, Bound(stop=stop, form=form))
    with changing(tour, request.user) as locked:
        # Read again under the lock: what somebody else has changed meanwhile is not written back.
        one = stop_of(locked, stop)
        was = one.walking
        StopForm(request.POST, instance=one, stories=stories).full_clean()
        one.save(update_fields=StopForm.Meta.fields)
        if one.walking != was:
            # It is the guide's own now; no stop put back takes anything from it.
            Stop.objects.filter(walked_on_to=one).update(walked_on_to=None)
    return back_to(tour, one)


@for_forms
def lock(request: GuideRequest, pk: int, stop: int) -> HttpResponse:
    """Lock a stop (`locked` is yes), or unlock it; asked twice, it is so already."""
    tour = own_tour(request.user, pk)
    one = stop_of(tour, stop)
    with changing(tour, request.user):
        Stop.objects.filter(pk=one.pk).update(locked=request.POST.get("locked") == "yes")
    return back_to(tour, one)


@for_forms
def write(request: GuideRequest, pk: int, stop: int) -> HttpResponse:
    """Keep the guide's own script of a stop; an empty one is taken away. The tour itself does not change."""
    tour = own_tour(request.user, pk)
    mine = Script.objects.filter(stop=stop_of(tour, stop), owner=request.user).first()
    script = mine or Script(stop_id=stop, owner=request.user)
    form = ScriptForm(request.POST, instance=script, auto_id=f"script-{stop}-%s")
    if not form.is_valid():
        return draw(request, tour, Bound(stop=stop, script=form))
    text = form.cleaned_data["text"]
    if text.strip():
        Script.objects.update_or_create(stop_id=stop, owner=request.user, defaults={"text": text})
    elif mine:
        mine.delete()
    return back_to(tour, Stop(pk=stop))


@for_forms
def fill(request: GuideRequest, pk: int, stop: int) -> HttpResponse:
    """Put another thing where a gap is, with a story that tells of it; minutes, lock and way stay."""
    tour = own_tour(request.user, pk)
    gap = stop_of(tour, stop)
    holding = visible(Holding.objects.filter(pk=number(request, "holding")), request).first()
    if holding is None:
        messages.error(request, _("这一件已经不在了，没有换上。"))
        return back_to(tour, gap)
    story = next((s for s in stories_for(Stop(holding=holding), request)), None)
    with changing(tour, request.user) as locked:
        gap = stop_of(locked, stop)
        minutes = gap.minutes
        gap.holding = holding
        tell_there(gap, story)
        gap.minutes = minutes
        gap.save(update_fields=["holding", "section", "story", "length"])
        put_in_order(stops_of(locked))
    return back_to(tour, gap)
