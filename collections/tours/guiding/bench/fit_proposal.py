"""Fitting a tour to the time: a proposal that says what it did, to be taken or refused."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tours.guiding.access import GuideRequest, for_guides, own_tour
from tours.guiding.bench.changes import changing, renumber, stops_of
from tours.guiding.bench.forms import FitForm, minutes_for
from tours.guiding.bench.page import Bound, draw
from tours.guiding.bench.removed import take_out
from tours.guiding.bench.stops import back_to
from tours.guiding.fitting import Fit, Leg, Option, fit
from tours.guiding.telling import tell
from tours.guiding.told import Telling, Told
from tours.guiding.versions import lengths
from tours.models import Length, Stop, Tour

SALT = "tours.fit"


@dataclass(frozen=True)
class Step:
    """What would become of one stop; `after` is None for one that is dropped."""

    told: Told
    before: str
    after: str | None
    minutes: Decimal

    @property
    def changed(self) -> bool:
        """Whether anything would."""
        return self.after != self.before


def leg(told: Told, telling: Telling, *, longer: bool) -> Leg:
    """Return a stop with the ways it could be told: the lengths its story has that are shorter, or others too."""
    stop = told.stop
    has = lengths(told.story, telling.audience, telling.language) if told.story else []
    fitting = (length for length in has if longer or length < stop.length)
    options = tuple(Option(n, minutes_for(stop.minutes, stop.length, n)) for n in fitting if n != stop.length)
    return Leg(stop.pk, stop.walking, Option(stop.length, stop.minutes), options, stop.locked)


def proposal(telling: Telling, minutes: int, *, longer: bool) -> Fit:
    """Return the best way to take the tour within some minutes."""
    return fit([leg(told, telling, longer=longer) for told in telling.stops], Decimal(minutes))


def steps(telling: Telling, proposed: Fit) -> list[Step]:
    """Return what would become of each stop, in their order."""
    made = []
    for told in telling.stops:
        option = proposed.chosen[told.stop.pk]
        before = label(told.stop.length, told)
        after = label(option.length, told) if option else None
        made.append(Step(told, before, after, option.minutes if option else Decimal(0)))
    return made


def label(length: int, told: Told) -> str:
    """Return what a version's length is called; nothing where no story is told."""
    return str(Length(length).label) if told.story else ""


def state(tour: Tour) -> list[Any]:
    """Return what a proposal rests on, to see whether the tour has changed since."""
    return [[s.pk, s.length, f"{s.minutes:.1f}", f"{s.walking:.1f}", s.locked, s.story_id] for s in stops_of(tour)]


@for_guides
def fit_page(request: GuideRequest, pk: int) -> HttpResponse:
    """Show the proposal for `minutes`; on POST take it, unless the tour has changed since it was made."""
    tour = own_tour(request.user, pk)
    if request.method == "POST":
        return take(request, tour)
    if "minutes" not in request.GET:
        return back_to(tour)
    form = FitForm(request.GET)
    if not form.is_valid():
        return draw(request, tour, Bound(fit=form))
    telling = tell(tour, request)
    proposed = proposal(telling, form.cleaned_data["minutes"], longer=form.cleaned_data["longer"])
    chosen = {str(key): option and [option.length, str(option.minutes)] for key, option in proposed.chosen.items()}
    context = {
        "tour": tour,
        "telling": telling,
        "wanted": form.cleaned_data["minutes"],
        "proposed": proposed,
        "steps": steps(telling, proposed),
        "nothing": all(not step.changed for step in steps(telling, proposed)),
        "signed": signing.dumps({"chosen": chosen, "state": state(tour)}, salt=SALT, compress=True),
    }
    return render(request, "tours/bench/fit.html", context)


def take(request: GuideRequest, tour: Tour) -> HttpResponse:
    """Apply a proposal as it was shown, all of it or nothing."""
    try:
        sent = signing.loads(request.POST.get("proposal", ""), salt=SALT)
    except signing.BadSignature:
        messages.error(request, _("这个方案读不出来，请再算一次。"))
        return back_to(tour)
    with changing(tour, request.user) as locked:
        if state(locked) == outcome(sent):
            messages.info(request, _("已经照这个方案改好了。"))
            return back_to(tour)
        if state(locked) != sent["state"]:
            messages.error(request, _("方案算好以后导览又改过了，没有采用；请再算一次。"))
            return back_to(tour)
        out = apply(stops_of(locked), sent["chosen"])
    messages.success(request, _("已照方案改好。"))
    if out:
        said = ngettext(
            "有 %(n)s 站不去了，讲稿和短码都留着，可以放回来。",
            "有 %(n)s 站不去了，讲稿和短码都留着，可以放回来。",
            out,
        )
        messages.info(request, said % {"n": out})
    return back_to(tour)


def outcome(sent: dict[str, Any]) -> list[Any]:
    """Return the state in which a proposal leaves a tour; one that is sent twice finds it."""
    rows, way = [], Decimal(0)
    for pk, _length, _minutes, walking, locked, story in sent["state"]:
        option, way = sent["chosen"][str(pk)], way + Decimal(walking)
        if option is not None:
            rows.append([pk, option[0], f"{Decimal(option[1]):.1f}", f"{way:.1f}", locked, story])
            way = Decimal(0)
    return rows


def apply(stops: list[Stop], chosen: dict[str, list[Any] | None]) -> int:
    """Change the stops to the lengths chosen and take out those dropped; return how many went.

    The walk to one that is dropped is then part of the next walk. The proposal promised these minutes: no walk is estimated anew.
    """
    left, gone, passed = [], [], []
    for stop in stops:
        option = chosen[str(stop.pk)]
        if option is None:
            gone.append(stop)
            passed.append(stop)
            continue
        stop.length, stop.minutes = option[0], Decimal(option[1])
        walk_on(passed, stop)
        left.append(stop)
        passed = []
    take_out(gone, stops)
    Stop.objects.bulk_update(left, ["length", "minutes"])
    renumber(left)
    return len(gone)


def walk_on(passed: list[Stop], stop: Stop) -> None:
    """Add the walks to stops that are dropped to that of the next; a guess with a guess is still one."""
    guess = stop.estimate is not None and stop.walking == stop.estimate
    for one in passed:
        one.walked_on_to = stop
        stop.walking += one.walking
    if guess:
        stop.estimate = stop.walking
        stop.measured = stop.measured and all(one.walk == Stop.Walk.MEASURED for one in passed)
