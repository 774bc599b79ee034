"""What an event's page shows: its day and its hours."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cms.catalogue.bilingual import in_english
from cms.models.visible_page import shown_on
from events.models import Event


def day(moment: datetime) -> str:
    """Return the day of a moment by the library's clock, in the reader's language."""
    return date_format(moment, "j F Y" if in_english() else "Y年n月j日")


def when(event: Event) -> str:
    """Return `2026年12月5日 14:00—16:00` or `5 December 2026, 14:00 to 16:00`; both days where it ends on another."""
    if event.starts is None:
        return ""
    start, end = timezone.localtime(event.starts), timezone.localtime(event.ends) if event.ends else None
    said = {"day": day(start), "from": f"{start:%H:%M}"}
    if end is None:
        return _("%(day)s %(from)s") % said
    said |= {"last": day(end), "to": f"{end:%H:%M}"}
    if start.date() == end.date():
        return _("%(day)s %(from)s—%(to)s") % said
    return _("%(day)s %(from)s 至 %(last)s %(to)s") % said


@shown_on(Event)
def event(page: Event, request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """Return the hours in words."""
    return {"when": when(page)}
