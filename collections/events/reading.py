"""What the calendar reads: the events of some days that this visitor may see, and what runs through them."""

from datetime import date

from django.contrib.contenttypes.models import ContentType
from django.db.models import Max, Min, Q, QuerySet
from django.http import HttpRequest

from cms.models import Holding
from cms.models.kinds import kinds
from cms.visibility import visible
from events.days import days
from events.models import Event
from events.month import Month, Taken, of_event, of_run

LISTED = 20
"""Events that a list shows."""
MONTH = 31
"""Days. What is dated more vaguely than by its month stands in no month."""
FIRST, LAST = date(1, 1, 1), date(9999, 12, 31)


def touching(first: date, last: date) -> Q:
    """Return the condition of a date that touches these days."""
    return Q(date_earliest__lte=last.toordinal()) & Q(date_latest__gte=first.toordinal())


def events(request: HttpRequest) -> "QuerySet[Event]":
    """Return the events that this visitor may see."""
    return visible(Event.objects.all(), request)


def of_month(month: Month, request: HttpRequest, today: date) -> list[Taken]:
    """Return the events of a month; those of which only the month is known have no days."""
    rows = events(request).filter(touching(month.first, month.last)).order_by("date_earliest", "starts", "pk")
    found = []
    for row in rows:
        one = of_event(row, today)
        vague = row.date_earliest is not None and (row.date_latest or 0) - row.date_earliest < MONTH
        if one.days.touch(month.first, month.last) if one.days else vague:
            found.append(one)
    return found


def runs(month: Month, request: HttpRequest, today: date) -> list[Taken]:
    """Return what runs through a month, of whatever kinds do."""
    running = ContentType.objects.get_for_models(*(kind for kind in kinds() if kind.runs_in_calendar)).values()
    begun = Q(date_earliest__lte=month.last.toordinal())
    goes_on = Q(date_latest__gte=month.first.toordinal()) | Q(date_latest__isnull=True)
    rows = visible(Holding.objects.filter(begun & goes_on, content_type__in=running), request)
    return [of_run(row, today) for row in rows.order_by("date_earliest", "pk")]


def coming(request: HttpRequest, today: date) -> list[Taken]:
    """Return the next events from today on."""
    rows = events(request).filter(date_latest__gte=today.toordinal()).order_by("date_earliest", "starts", "pk")
    return [one for row in rows[: LISTED * 2] if (one := of_event(row, today)).days and not one.ended][:LISTED]


def gone(request: HttpRequest, today: date) -> list[Taken]:
    """Return the latest events that are over, the last of them first; also those of which only the month is known."""
    rows = events(request).filter(date_latest__lt=today.toordinal()).order_by("-date_latest", "-starts", "pk")
    return [of_event(row, today) for row in rows[:LISTED]]


def ends(request: HttpRequest, today: date) -> tuple[Month, Month]:
    """Return the first and the last month that the calendar has: from the earliest event to the latest, and this month."""
    found = events(request).aggregate(first=Min("date_earliest"), last=Max("date_latest"))
    first, last = (month_of(found[name], today) for name in ("first", "last"))
    return min(first, Month.of(today)), max(last, Month.of(today).beside(1))


def month_of(number: int | None, today: date) -> Month:
    """Return the month in which a day number falls; the nearest that there is of one that Python does not count."""
    if number is None:
        return Month.of(today)
    return Month.of(date.fromordinal(min(max(number, FIRST.toordinal()), LAST.toordinal())))


def certain(request: HttpRequest) -> list[Event]:
    """Return the events whose day is certain, for a calendar of the reader's own."""
    return [row for row in events(request).order_by("date_earliest", "starts", "pk") if days(row)]
