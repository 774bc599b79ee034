"""Events as iCalendar (RFC 5545): times in UTC, days as dates, lines folded at 75 octets."""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from urllib.parse import quote

from django.urls import reverse
from django.utils.translation import gettext as _

from cms.catalogue.bilingual import in_english, say
from cms.pages.absolute_urls import absolute
from events.days import days, hours
from events.models import Event

WIDTH = 75
"""Octets of a line without its end."""
UNPRINTED = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})
SUMMARY = 1000
"""Characters of what is said of an event."""


def fold(line: str) -> str:
    """Return a line in pieces of at most 75 octets, each after the first behind a space; no character is cut."""
    pieces, piece, width = [], "", 0
    for sign in line:
        size = len(sign.encode("utf-8", "replace"))
        if width + size > WIDTH:
            pieces.append(piece)
            piece, width = " ", 1
        piece, width = piece + sign, width + size
    return "\r\n".join([*pieces, piece])


def text(value: str) -> str:
    """Return a text as a value: what ends or parts values is escaped, what cannot be printed is left out."""
    plain = value.replace("\r\n", "\n").replace("\r", "\n").encode("utf-8", "replace").decode()
    return UNPRINTED.sub("", plain).translate(ESCAPED)


def moment(at: datetime) -> str:
    """Return a moment in UTC, which needs no table of zones."""
    return at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ").rjust(16, "0")


def day(on: date) -> str:
    """Return a day as RFC 5545 writes it."""
    return on.strftime("%Y%m%d").rjust(8, "0")


def times(event: Event) -> Iterator[str]:
    """Yield when it begins and ends: moments, or days, of which the end is the day after; none where no day is certain."""
    span, when = days(event), hours(event)
    if span is None:
        return
    if when:
        yield f"DTSTART:{moment(when.start)}"
        if when.end:
            yield f"DTEND:{moment(when.end)}"
        return
    yield f"DTSTART;VALUE=DATE:{day(span.first)}"
    if span.last and span.last < date.max:
        yield f"DTEND;VALUE=DATE:{day(span.last + timedelta(days=1))}"


def entry(event: Event) -> Iterator[str]:
    """Yield the lines of one event in the reader's language; none where nobody knows its day."""
    if not (taken := list(times(event))):
        return
    said = say(event, "title")
    title = _("示例：%(title)s") % {"title": said.text} if event.sample else said.text
    changed = event.last_published_at or event.first_published_at
    yield "BEGIN:VEVENT"
    # The number is for good, whatever host the library moves to and whatever the event comes to be called.
    yield f"UID:{event.uid}@zhihui"
    yield f"DTSTAMP:{moment(changed or datetime(1970, 1, 1, tzinfo=UTC))}"
    yield from taken
    yield f"SUMMARY;LANGUAGE={said.lang}:{text(title)}"
    for name, field in (("LOCATION", "venue"), ("DESCRIPTION", "summary")):
        value = say(event, field)
        if value.text:
            yield f"{name};LANGUAGE={value.lang}:{text(value.text[:SUMMARY])}"
    yield f"URL:{quote(absolute(reverse('permanent', args=[event.uid])), safe=':/')}"
    # A day in a calendar does not make its reader busy.
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def calendar(events: Iterable[Event]) -> str:
    """Return a calendar of those events whose day is certain."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//Zhihui//Events//{'EN' if in_english() else 'ZH'}",
        "CALSCALE:GREGORIAN",
        f"X-WR-CALNAME:{text(_('志汇 · 活动'))}",
        "REFRESH-INTERVAL;VALUE=DURATION:P1D",
        *(line for event in events for line in entry(event)),
        "END:VCALENDAR",
    ]
    return "".join(f"{fold(line)}\r\n" for line in lines)
