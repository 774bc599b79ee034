"""Rules of opening: which days they are of, and from when to when they are open."""

from dataclasses import dataclass
from datetime import date

from stations.opening.holidays import Holiday

DAY = 24 * 60
"""Minutes."""
FEW = 15
"""Days at most that a rule with dates may span to be one of those very days, and not of a season."""

Span = tuple[int, int]
"""From and to, in minutes after midnight; what goes on over midnight ends after `DAY`."""


class NotHours(ValueError):
    """A text that is no opening hours: `part` is what in it is not understood, `reason` one of the words below."""

    UNKNOWN, NO_TIMES, NO_END, NO_CLOCK, NO_DATE, NO_LENGTH, TOO_LONG = (
        "unknown", "no times", "no end", "no clock", "no date", "no length", "too long",
    )  # fmt: skip

    def __init__(self, reason: str, part: str) -> None:
        super().__init__(f"{reason}: {part}")
        self.reason, self.part = reason, part


@dataclass(frozen=True)
class Dates:
    """From a day to a day, both within, each as month and day; of one year, or of every year (`year` 0)."""

    first: tuple[int, int]
    last: tuple[int, int]
    year: int = 0
    whole_months: bool = False

    def has(self, day: date) -> bool:
        """Tell whether a day is among them; December to January goes over the end of the year."""
        at, over = (day.month, day.day), self.last < self.first
        within = (at >= self.first or at <= self.last) if over else self.first <= at <= self.last
        if not self.year:
            return within
        return within and day.year == (self.year + 1 if over and at <= self.last else self.year)

    @property
    def few(self) -> bool:
        """Whether these are days that somebody thought of, rather than a season."""
        # Any year will do, but one with a 29th of February.
        first, last = date(2000, *self.first), date(2001 if self.last < self.first else 2000, *self.last_of_any_year)
        return not self.whole_months and (last - first).days < FEW

    @property
    def last_of_any_year(self) -> tuple[int, int]:
        """The last day, as it is called in every year."""
        return (2, 28) if self.last == (2, 29) else self.last


@dataclass(frozen=True)
class Rule:
    """Times of some days; no spans means closed. With neither days, holidays nor dates it is of all that no other names."""

    spans: tuple[Span, ...]
    days: frozenset[int] | None = None
    holidays: frozenset[str] | None = None
    dates: tuple[Dates, ...] = ()

    @property
    def is_of_the_rest(self) -> bool:
        """Whether it names no day at all."""
        return self.days is None and self.holidays is None and not self.dates

    def fits(self, day: date, holiday: Holiday | None) -> bool:
        """Tell whether it is of a day; weekdays are numbered from Monday, 0."""
        if self.dates and not any(dates.has(day) for dates in self.dates):
            return False
        if self.days is None and self.holidays is None:
            return True
        return day.weekday() in (self.days or ()) or self.is_of(holiday)

    def is_of(self, holiday: Holiday | None) -> bool:
        """Tell whether it names a holiday."""
        return holiday is not None and holiday.key in (self.holidays or ())

    def knows(self, day: date, holiday: Holiday | None) -> bool:
        """Tell whether somebody had this very holiday in mind: by its name, or by few dates that it falls on."""
        return self.is_of(holiday) or any(dates.few and dates.has(day) for dates in self.dates)


def rule_of(rules: tuple[Rule, ...], day: date, holiday: Holiday | None) -> Rule | None:
    """Return the rule of a day: on a holiday the last that knows it, else the last that names the day, as in OpenStreetMap.

    What names no day at all is of the rest, wherever it stands: closed on Mondays and open daily means closed on Mondays.
    """
    fitting = [rule for rule in rules if rule.fits(day, holiday)]
    knowing = [rule for rule in fitting if holiday and rule.knows(day, holiday)]
    naming = [rule for rule in fitting if not rule.is_of_the_rest]
    return next(iter((knowing or naming or fitting)[-1:]), None)
