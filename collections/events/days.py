"""The days and hours that an event surely takes: nothing is guessed from a date that is only about then."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Protocol

from django.utils import timezone

DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
OPEN = ("", "..")
MIDNIGHT = time()
NIGHT = timedelta(days=1)
"""What is shorter than a day and goes on past midnight belongs to the day on which it began."""


class Dated(Protocol):
    """What is asked of an event: its date as EDTF, and the moments at which it begins and ends, each perhaps missing."""

    @property
    def date_edtf(self) -> str: ...

    @property
    def starts(self) -> datetime | None: ...

    @property
    def ends(self) -> datetime | None: ...


@dataclass(frozen=True)
class Days:
    """Days from `first` to `last`, both included; no last one where nobody says until when."""

    first: date
    last: date | None

    def touch(self, first: date, last: date) -> bool:
        """Tell whether one of them lies between two days."""
        return self.first <= last and (self.last is None or self.last >= first)

    @property
    def several(self) -> bool:
        """Whether there is more than one."""
        return self.last != self.first


@dataclass(frozen=True)
class Hours:
    """The moments between which it takes place, by the library's clock; no end where none is given."""

    start: datetime
    end: datetime | None


def day_in(text: str) -> date | None:
    """Return the day that EDTF says for certain; `2026-05`, `2026-05-18?` and what is no day of the calendar say none."""
    try:
        return date.fromisoformat(text) if DAY.fullmatch(text) else None
    except ValueError:
        return None


def exact_days(edtf: str) -> Days | None:
    """Return the days of an EDTF date whose ends are days: `2026-05-18`, `2026-05-20/2026-07-20`, `2026-05-20/..`."""
    start, slash, end = edtf.partition("/")
    first, last = day_in(start), day_in(end)
    if first is None or (slash and last is None and end not in OPEN):
        return None
    return Days(first, last if slash else first)


def hours(event: Dated) -> Hours | None:
    """Return the hours; none where only days were given, which tables write as midnight."""
    if event.starts is None:
        return None
    start, end = timezone.localtime(event.starts), event.ends and timezone.localtime(event.ends)
    if start.time() == MIDNIGHT and (end is None or end.time() == MIDNIGHT):
        return None
    return Hours(start, end if end and end > start else None)


def days(event: Dated) -> Days | None:
    """Return its days: those of its moments where it has any, else those of its date; none where no source gives the day."""
    if event.starts is None:
        return exact_days(event.date_edtf)
    first = last = timezone.localtime(event.starts).date()
    if event.ends and (hours(event) is None or event.ends - event.starts >= NIGHT):
        last = timezone.localtime(event.ends).date()
    return Days(first, last)
