"""Runs: which stops were told and which were skipped, each run once."""

from datetime import datetime, timedelta

from django.db import transaction
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from tours.guiding.access import GuideRequest, for_forms
from tours.guiding.telling import tell
from tours.guiding.told import Told
from tours.guiding.walking.answers import key_of, reply, tour_of
from tours.models import Run, RunStop, Tour

LONGEST = timedelta(hours=24)
OLDEST = timedelta(days=31)


@for_forms
def record(request: GuideRequest) -> HttpResponse:
    """Keep one giving of a tour: `told` names the stops told, the others were skipped; the same key twice is kept once."""
    tour, key = tour_of(request), key_of(request)
    if tour is None or key is None:
        return reply(request, _("这条导览不在你的讲解台上，没有记下。"), 404 if key else 400, reverse("guide"))
    back = reverse("guide_after", args=[tour.pk])
    with transaction.atomic():
        began, ended = span(request)
        run, made = Run.objects.get_or_create(
            key=key,
            defaults={
                "tour": tour,
                "audience": tour.audience,
                "language": tour.language,
                "began_at": began,
                "ended_at": ended,
            },
        )
        if made:
            RunStop.objects.bulk_create(stops_of(run, tour, request))
    return reply(request, _("这一次讲解记下了。"), 201 if made else 200, back)


def stops_of(run: Run, tour: Tour, request: GuideRequest) -> list[RunStop]:
    """Return what became of each stop."""
    told = set(request.POST.getlist("told"))
    return [
        RunStop(
            run=run,
            stop=one.stop,
            number=one.number,
            about=one.holding or one.story,
            skipped=str(one.stop.pk) not in told,
            seconds=seconds(one, request),
        )
        for one in tell(tour, request).stops
    ]


def seconds(told: Told, request: GuideRequest) -> int:
    """Return how long the device had a stop on its screen; 0 where it did not say."""
    sent = request.POST.get(f"seconds-{told.stop.pk}", "")
    return min(int(sent), 86_400) if sent.isascii() and sent.isdigit() and len(sent) < 9 else 0


def span(request: GuideRequest) -> tuple[datetime, datetime]:
    """Return when the run began and ended, by the device where that can be; else it ends now."""
    now = timezone.now()
    ended = moment(request.POST.get("ended", ""), now) or now
    began = moment(request.POST.get("began", ""), ended) or ended
    return max(began, ended - LONGEST), ended


def moment(sent: str, latest: datetime) -> datetime | None:
    """Read a moment that a device sent; None where it is none, in the future, or older than a month."""
    try:
        found = parse_datetime(sent[:40])
    except ValueError:
        return None
    if found is None or timezone.is_naive(found):
        return None
    return found if latest - OLDEST <= found <= latest + timedelta(minutes=5) else None
