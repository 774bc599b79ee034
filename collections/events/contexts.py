"""What an event's page shows: its leaf of the calendar, its hours, its place, and what runs that it is tied to."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from cms.catalogue.bilingual import say
from cms.models.kinds import kind_of
from cms.models.relation import Role
from cms.models.visible_page import shown_on
from cms.pages.home import Moment, true_now
from cms.pages.related import Surroundings, Tie
from events.days import Days, days, exact_days
from events.leaf import leaf
from events.models import Event
from events.month import Month
from events.reading import coming
from events.reading import runs as running_in
from events.standing import Standing, ahead, running, standing
from events.words import clock, when


def runs(around: Surroundings, today: date) -> list[tuple[Tie, Days | None, Standing]]:
    """Return the ties to what runs in the calendar, as exhibitions do, each with its days and how they stand to today."""
    tied = [(tie, exact_days(tie.holding.date_edtf)) for tie in around.ties if kind_of(tie.holding).runs_in_calendar]
    return [(tie, span, running(span, today) if span else Standing()) for tie, span in tied]


@shown_on(Event)
def event(page: Event, request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """Return the day, the hours in words, the places, how it stands to now, and what runs that can still be seen."""
    around: Surroundings = context["around"]
    tied = runs(around, timezone.localdate())
    at = str(Role.AT.label)
    stands, places = standing(page), [tie.holding for tie in around.ties if tie.label == at]
    venue = say(page, "venue").text
    known = next((place for place in places if venue in ("", say(place, "title").text)), None)
    return {
        "when": when(page),
        "clock": clock(page),
        "leaf": leaf(page),
        "standing": stands,
        "place": known,
        "other_places": [place for place in places if place != known],
        "speakers": [tie.holding for tie in around.ties if tie.label == str(Role.SPEAKER.label)],
        "runs": tied,
        "still": [tie.holding for tie, _span, run in tied if run.key == "now"] if stands.key == "past" else [],
        "dated": days(page) is not None,
    }


@true_now
def on(request: HttpRequest) -> Iterator[Moment]:
    """Yield the first run that can be seen today, and the next event that comes within the days that are counted."""
    today = timezone.localdate()
    for run in running_in(Month.of(today), request, today):
        if run.days and run.days.touch(today, today):
            yield Moment(running(exact_days(run.holding.date_edtf) or run.days, today).text, run.holding)
            break
    for one in coming(request, today):
        event = one.holding
        if not (isinstance(event, Event) and one.days) or standing(event).key == "past":
            continue
        # Browsers keep the first page for a day, so nothing is said that is true for an hour alone.
        text = ahead(one.days.first, today) if one.days.first >= today else running(one.days, today).text
        if text:
            yield Moment(" · ".join(filter(None, (text, clock(event), say(event, "venue").text))), event)
        break
