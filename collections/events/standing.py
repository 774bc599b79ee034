"""How an event or a run of days stands to now, in words: tomorrow, under way, over."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.days import Days, days, hours
from events.models import Event

NEAR = 100
"""Days ahead that are counted; further off the date itself says more."""
RECENT = timedelta(days=3 * 365)
"""What was over longer ago is history: of the festival of 1900 nobody asks whether it has ended."""
PYTHON = (date.min.toordinal(), date.max.toordinal())
PARTS = ((5, "night"), (12, "morning"), (18, "afternoon"), (24, "evening"))


@dataclass(frozen=True)
class Standing:
    """`coming`, `now`, `past`, or empty where there is nothing to say; and the words for it."""

    key: str = ""
    text: str = ""


def part_of_day(hour: int) -> str:
    """Return in which part of the day an hour lies."""
    return next(part for until, part in PARTS if hour < until)


def nearest(start: datetime, ahead: int) -> str:
    """Return the words for a moment of today or tomorrow."""
    said = {
        (0, "night"): _("今天凌晨"),
        (0, "morning"): _("今天上午"),
        (0, "afternoon"): _("今天下午"),
        (0, "evening"): _("今天晚上"),
        (1, "night"): _("明天凌晨"),
        (1, "morning"): _("明天上午"),
        (1, "afternoon"): _("明天下午"),
        (1, "evening"): _("明天晚上"),
    }
    return said[ahead, part_of_day(start.hour)]


def ahead(first: date, today: date, start: datetime | None = None) -> str:
    """Return how far off a day is; nothing where it is too far to be counted."""
    left = (first - today).days
    if left < 2:
        return nearest(start, left) if start else (_("明天") if left else _("今天"))
    return ngettext("还有 %(n)s 天", "还有 %(n)s 天", left) % {"n": left} if left <= NEAR else ""


def running(span: Days, today: date) -> Standing:
    """Return how a run of days, as an exhibition's, stands to today."""
    if span.first > today:
        return Standing("coming", ahead(span.first, today))
    if span.last is None:
        return Standing("now", _("正在进行"))
    if span.last < today:
        return over(span.last, today)
    left = (span.last - today).days
    said = ngettext("还有 %(n)s 天结束", "还有 %(n)s 天结束", left) % {"n": left} if left else _("今天最后一天")
    return Standing("now", said if left <= NEAR else _("正在进行"))


def over(last: date, today: date) -> Standing:
    """Return that it has ended, and nothing of what ended long ago."""
    return Standing("past", _("已结束")) if today - last <= RECENT else Standing()


def standing(event: Event, now: datetime | None = None) -> Standing:
    """Return how an event stands to now, by its hours where it has them, else by its days."""
    now = timezone.localtime(now)
    span, when = days(event), hours(event)
    if span is None:
        return vaguely(event, now.date())
    if span.last is None:
        return running(span, now.date())
    ends = (when and when.end) or timezone.make_aware(datetime.combine(span.last, time.max))
    if ends <= now:
        return over(ends.date(), now.date())
    if when is None:
        first_of_many = span.several and span.first <= now.date()
        return running(span, now.date()) if first_of_many else Standing("coming", ahead(span.first, now.date()))
    if when.start <= now:
        # Without an end nobody knows whether it still goes on.
        return Standing("now", _("正在进行")) if when.end else Standing("now", _("已开始"))
    return Standing("coming", ahead(span.first, now.date(), when.start))


def vaguely(event: Event, today: date) -> Standing:
    """Return that an event is over of which no source gives the day, once the last that it could be has passed."""
    latest = event.date_latest
    if latest is None or event.date_certainty != event.Certainty.CERTAIN or not PYTHON[0] <= latest < today.toordinal():
        return Standing()
    return over(date.fromordinal(latest), today)
