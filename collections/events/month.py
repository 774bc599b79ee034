"""A month of events: its weeks, what stands in their days, and what runs through them as a band."""

import calendar
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import NamedTuple

from django.utils.dates import WEEKDAYS, WEEKDAYS_ABBR

from cms.catalogue.bilingual import in_english
from cms.models import Holding
from events.days import Days, Hours, days, exact_days, hours
from events.models import Event

BANDS = 12
"""Runs that a month draws; the list below it has them all."""


class Month(NamedTuple):
    """A month of a year from 1 to 9999."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> "Month":
        """Return the month of a day."""
        return cls(day.year, day.month)

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, self.number, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        return date(self.year, self.number, calendar.monthrange(self.year, self.number)[1])

    @property
    def text(self) -> str:
        """How addresses write it: 2026-06."""
        return f"{self.year:04d}-{self.number:02d}"

    def beside(self, months: int) -> "Month":
        """Return the month so many after it, or before it."""
        year, number = divmod(self.year * 12 + self.number - 1 + months, 12)
        return Month(year, number + 1)


@dataclass(frozen=True)
class Taken:
    """A holding with the days that it surely takes and, of an event, its hours."""

    holding: Holding
    days: Days | None
    hours: Hours | None = None
    ended: bool = False


@dataclass
class Cell:
    """One day of a week; `inside` tells whether it is of the month."""

    day: date
    inside: bool
    past: bool
    today: bool
    taken: list[Taken] = field(default_factory=list)


@dataclass(frozen=True)
class Band:
    """What runs through a week: empty columns before it, its own, and those after it."""

    taken: Taken
    before: int
    length: int
    after: int


@dataclass
class Week:
    """Seven days from Monday, and the bands below them."""

    cells: list[Cell]
    bands: list[Band]


def of_event(event: Event, today: date) -> Taken:
    """Return an event with its days."""
    span = days(event)
    return Taken(event, span, hours(event), bool(span and span.last and span.last < today))


def of_run(holding: Holding, today: date) -> Taken:
    """Return a run with its days; of one that is open-ended nobody knows more than that it has come to today."""
    span = exact_days(holding.date_edtf)
    if span and span.last is None and span.first <= today:
        span = Days(span.first, today)
    return Taken(holding, span, None, bool(span and span.last and span.last < today))


class Grid:
    """The weeks of a month, drawn from what was read for it."""

    def __init__(self, month: Month, today: date, taken: Iterable[Taken]) -> None:
        self.month, self.today = month, today
        self.taken = [one for one in taken if one.days and one.days.touch(month.first, month.last)]

    @cached_property
    def by_day(self) -> dict[date, list[Taken]]:
        """What takes a single day, by that day, the earliest hour first."""
        found: dict[date, list[Taken]] = defaultdict(list)
        for one in self.taken:
            if one.days and not one.days.several:
                found[one.days.first].append(one)
        for ones in found.values():
            ones.sort(key=lambda one: (f"{one.hours.start:%H:%M}" if one.hours else "", one.holding.pk))
        return found

    @cached_property
    def runs(self) -> list[Taken]:
        """What takes several days, the earliest first."""
        several = [one for one in self.taken if one.days and one.days.several]
        return sorted(several, key=lambda one: (one.days.first if one.days else self.today, one.holding.pk))[:BANDS]

    @property
    def weekdays(self) -> list[tuple[str, str]]:
        """The names of the weekdays, whole and as the head of a column has them: 星期一 and 一, Monday and Mon."""
        whole = [str(name) for _number, name in sorted(WEEKDAYS.items())]
        short = [str(name) for _number, name in sorted(WEEKDAYS_ABBR.items())]
        return list(zip(whole, short if in_english() else [name[-1] for name in whole], strict=True))

    @cached_property
    def weeks(self) -> list[Week]:
        """The weeks that have a day of the month."""
        first = self.month.first
        length = self.month.last.day
        return [self.week(start, length) for start in range(1 - first.weekday(), length + 1, 7)]

    def week(self, start: int, length: int) -> Week:
        """Return the week that begins at a day of the month, which may be before its first."""
        numbers = [number for number in range(start, start + 7) if 1 <= number <= length]
        inside = [self.cell(self.month.first.replace(day=number)) for number in numbers]
        # A day of another month is left empty: at the ends of the calendar there is none.
        before = [Cell(self.month.first, inside=False, past=False, today=False) for _ in range(max(0, 1 - start))]
        after = [Cell(self.month.last, inside=False, past=False, today=False)] * (7 - len(before) - len(inside))
        bands = [band for run in self.runs if (band := through(run, inside, len(before)))]
        return Week([*before, *inside, *after], bands)

    def cell(self, day: date) -> Cell:
        """Return one day with what stands in it."""
        return Cell(day, True, day < self.today, day == self.today, self.by_day.get(day, []))


def through(run: Taken, inside: list[Cell], lead: int) -> Band | None:
    """Return the part of a run that lies in a week; None where none does."""
    taken = [at for at, cell in enumerate(inside, lead) if run.days and run.days.touch(cell.day, cell.day)]
    if not taken:
        return None
    return Band(run, taken[0], len(taken), 6 - taken[-1])
