"""The calendar of events, and events as files for readers' own calendars."""

from collections.abc import Iterable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_cache_control

from events import reading
from events.days import days
from events.ical import calendar
from events.listing import Line, line
from events.models import Event
from events.month import Grid, Month, Taken

TYPE = "text/calendar; charset=utf-8"


def asked_for(written: str) -> Month:
    """Return the month that an address names; Http404 where there is none such."""
    year, number = (int(part) for part in written.split("-"))
    if not (1 <= number <= 12 and year):
        raise Http404
    return Month(year, number)


def months(request: HttpRequest, asked: str = "") -> HttpResponse:
    """Draw a month, this one where the address names none; Http404 for one that lies beyond all events."""
    today = timezone.localdate()
    month = asked_for(asked) if asked else Month.of(today)
    first, last = reading.ends(request, today)
    if not first <= month <= last:
        raise Http404
    events, runs = reading.of_month(month, request, today), reading.runs(month, request, today)
    context = {
        "grid": Grid(month, today, [*events, *runs]),
        "month": month,
        "this": Month.of(today),
        "before": month.beside(-1) if first < month else None,
        "after": month.beside(1) if month < last else None,
        "asked": bool(asked),
        **(lists(events, runs) if asked else current(request, runs)),
    }
    answer = render(request, "events/calendar.html", context)
    # Today is drawn in it, and what is hidden is gone with the next request.
    patch_cache_control(answer, no_cache=True)
    return answer


def lists(events: Iterable[Taken], runs: Iterable[Taken]) -> dict[str, list[Line]]:
    """Return what a month has, and which of it is over."""
    lines = [line(one) for one in (*events, *runs)]
    return {"coming": [one for one in lines if not one.over], "gone": [one for one in lines if one.over]}


def current(request: HttpRequest, runs: Iterable[Taken]) -> dict[str, list[Line]]:
    """Return what comes, in whatever month, what runs now, and what was last."""
    today = timezone.localdate()
    ahead = [*reading.coming(request, today), *(run for run in runs if not run.ended)]
    return {"coming": [line(one) for one in ahead], "gone": [line(one) for one in reading.gone(request, today)]}


def all_events(request: HttpRequest) -> HttpResponse:
    """Answer with all events whose day is certain; calendars ask again and again."""
    return file(reading.certain(request), "zhihui.ics")


def one_event(request: HttpRequest, slug: str) -> HttpResponse:
    """Answer with one event; Http404 where this visitor may not see it, or nobody knows its day."""
    event = reading.events(request).filter(slug=slug).first()
    if event is None or days(event) is None:
        raise Http404
    return file([event], f"{event.uid}.ics")


def file(events: list[Event], name: str) -> HttpResponse:
    """Return an answer that calendars take."""
    answer = HttpResponse(calendar(events), content_type=TYPE)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    patch_cache_control(answer, no_cache=True)
    return answer
