"""A line of the list below the calendar."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.dates import WEEKDAYS_ABBR
from django.utils.translation import gettext as _

from cms.catalogue.bilingual import in_english, say
from cms.models import Holding
from events.days import Days, exact_days
from events.leaf import FIRST_WEEKDAY, short, stretch
from events.models import Event
from events.month import Taken
from events.standing import running, standing
from events.words import clock


@dataclass(frozen=True)
class Line:
    """What it says: the day, words below it, hours and place; `over` puts it among what is past."""

    holding: Holding
    day: str
    below: str
    where: str
    over: bool
    run: bool


def line(one: Taken) -> Line:
    """Return the line of an event or of a run."""
    today = timezone.localdate()
    if isinstance(one.holding, Event):
        return line_of_event(one.holding, one, today)
    span = exact_days(one.holding.date_edtf)
    below = running(span, today).text if span else _("日子待核")
    return Line(one.holding, shown(one, span, today.year), below, "", one.ended, run=True)


def line_of_event(event: Event, one: Taken, today: date) -> Line:
    """Return the line of an event: its weekday and how far off it is, its hours and where it takes place."""
    over = one.ended if one.days else (event.date_latest or today.toordinal()) < today.toordinal()
    below = weekday(one.days) if one.days else _("日子待核")
    stands = standing(event)
    away = stands.text if stands.key == "coming" else ""
    parts = [below, f"{away[:1].lower()}{away[1:]}" if below else away]
    where = [clock(event), say(event, "venue").text]
    return Line(event, shown(one, one.days, today.year), joined(parts), joined(where), over, run=False)


def joined(parts: list[str]) -> str:
    """Return what there is of some words, with the reader's comma between."""
    return (", " if in_english() else "，").join(filter(None, parts))


def weekday(span: Days) -> str:
    """Return the weekday of a single day of our own calendar."""
    return str(WEEKDAYS_ABBR[span.first.weekday()]) if not span.several and span.first.year >= FIRST_WEEKDAY else ""


def shown(one: Taken, span: Days | None, year: int) -> str:
    """Return the day of one, or the date as printed where no day is certain; of several days the first and the last."""
    if span is None:
        return say(one.holding, "date_text").text or one.holding.date_edtf
    if span.last is None:
        return f"{short(span.first, year)}–"
    return stretch(span.first, span.last, year) if span.several else short(span.first, year)
