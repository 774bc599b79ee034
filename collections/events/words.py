"""Day and hours of an event in the reader's language."""

from datetime import date, datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cms.catalogue.bilingual import in_english
from events.days import days, hours
from events.models import Event


def day(moment: datetime | date) -> str:
    """Return a day, or that of a moment by the library's clock, in the reader's language."""
    return date_format(moment, "j F Y" if in_english() else "Y年n月j日")


def when(event: Event) -> str:
    """Return `2026年12月5日 14:00—16:00` or `5 December 2026, 14:00 to 16:00`; both days where it ends on another."""
    taken = hours(event)
    if taken is None:
        return ""
    start, end = taken.start, taken.end
    said = {"day": day(start), "from": f"{start:%H:%M}"}
    if end is None:
        return _("%(day)s %(from)s") % said
    said |= {"last": day(end), "to": f"{end:%H:%M}"}
    if start.date() == end.date():
        return _("%(day)s %(from)s—%(to)s") % said
    return _("%(day)s %(from)s 至 %(last)s %(to)s") % said


def clock(event: Event) -> str:
    """Return the hours alone: `14:00–16:00`, `22:00–次日01:00`, `14:00 起`; none where it lasts for days or has no hours."""
    taken, span = hours(event), days(event)
    if taken is None or span is None or span.several:
        return ""
    said = {"from": f"{taken.start:%H:%M}", "to": f"{taken.end:%H:%M}" if taken.end else ""}
    if taken.end is None:
        return _("%(from)s 起") % said
    if taken.end.date() != taken.start.date():
        return _("%(from)s–次日%(to)s") % said
    return f"{taken.start:%H:%M}–{taken.end:%H:%M}"
