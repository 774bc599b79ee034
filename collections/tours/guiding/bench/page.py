"""The page of one tour at the bench, with everything that a guide can do to it."""

from dataclasses import dataclass
from decimal import Decimal

from django.http import HttpResponse
from django.shortcuts import render

from cms.models import Holding, Relation
from cms.visibility import visible
from tours.flight import use_of
from tours.guiding.access import GuideRequest, for_guides, own_tour
from tours.guiding.bench.forms import FitForm, ScriptForm, StopForm, TourForm
from tours.guiding.bench.removed import listed
from tours.guiding.bench.search import found
from tours.guiding.gaps import substitutes
from tours.guiding.telling import tell
from tours.guiding.told import Telling, Told
from tours.guiding.versions import lengths
from tours.models import Length, Script, Story, Tour
from tours.models.stop import Stop


@dataclass
class Line:
    """One stop on the page: as it is told, its forms, the lengths that its story has, what could stand in for a gap."""

    told: Told
    form: StopForm
    script: ScriptForm
    has: list[int]
    instead: list[Holding]

    @property
    def opened(self) -> bool:
        """Whether its form came back with something to mend."""
        return self.form.is_bound and bool(self.form.errors)

    @property
    def length(self) -> str:
        """What its length is called."""
        return str(Length(self.told.stop.length).label)


@dataclass(frozen=True)
class Bound:
    """A form that came back with faults, to be drawn as it was filled in."""

    stop: int = 0
    form: StopForm | None = None
    script: ScriptForm | None = None
    tour: TourForm | None = None
    fit: FitForm | None = None


@for_guides
def tour_page(request: GuideRequest, pk: int) -> HttpResponse:
    """Show a guide one of their tours; `q` searches the library for what to add."""
    return draw(request, own_tour(request.user, pk))


def draw(request: GuideRequest, tour: Tour, bound: Bound | None = None) -> HttpResponse:
    """Draw the page, with a form that has faults as it was filled in, and then with status 422."""
    back = bound or Bound()
    telling = tell(tour, request, use=use_of(request), scripts_of=request.user)
    words = request.GET.get("q", "")[:256]
    context = {
        "tour": tour,
        "telling": telling,
        "lines": lines(telling, request, back),
        "over": max(telling.minutes - tour.minutes, Decimal(0)),
        "share": min(100, int(telling.minutes * 100 / tour.minutes)),
        "words": words,
        "found": found(words, tour, request),
        "settings": back.tour or TourForm(instance=tour),
        "fit": back.fit or FitForm(initial={"minutes": tour.minutes}),
        "removed": listed(tour, request),
        "lacking": telling.lacking,
    }
    return render(request, "tours/bench/tour.html", context, status=422 if bound else 200)


def lines(telling: Telling, request: GuideRequest, back: Bound) -> list[Line]:
    """Return the stops with their forms; the stories on offer are read once for all."""
    offered = offers(telling, request)
    return [line(told, offered.get(told.stop.holding_id or 0, {}), telling, request, back) for told in telling.stops]


def line(told: Told, offered: dict[int, Story], telling: Telling, request: GuideRequest, back: Bound) -> Line:
    """Return one stop with its forms."""
    mine = back.stop == told.stop.pk
    stories = {**offered, **({told.story.pk: told.story} if told.story else {})}
    has = lengths(told.story, telling.audience, telling.language) if told.story else []
    script = Script(stop=told.stop, owner=request.user, text=told.script)
    return Line(
        told,
        (back.form if mine else None) or StopForm(instance=told.stop, stories=list(stories.values())),
        (back.script if mine else None) or ScriptForm(instance=script, auto_id=f"script-{told.stop.pk}-%s"),
        has,
        substitutes(told.stop, request) if told.gap else [],
    )


def offers(telling: Telling, request: GuideRequest) -> dict[int, dict[int, Story]]:
    """Return the stories that tell of each stop's holding, by the holding's id and then their own."""
    ids = [told.holding.pk for told in telling.stops if told.holding]
    ties = list(Relation.objects.filter(target__in=ids, holding__story__isnull=False).values_list("target", "holding"))
    stories = visible(Story.objects.filter(pk__in={story for _target, story in ties}), request).in_bulk()
    found: dict[int, dict[int, Story]] = {}
    for target, story in ties:
        if story in stories:
            found.setdefault(target, {})[story] = stories[story]
    return found


def stories_for(stop: Stop, request: GuideRequest) -> list[Story]:
    """Return the stories that may be chosen at one stop: those that tell of its holding, and the one it has."""
    told_of = Story.objects.filter(relations__target=stop.holding_id) if stop.holding_id else Story.objects.none()
    return list(visible(Story.objects.filter(pk__in=[*told_of.values_list("pk", flat=True), stop.story_id]), request))
