"""What a corner's rules, its noted days and the calendar of holidays say of a day, and of a minute."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Protocol

from stations.opening.holidays import PERHAPS, Holiday, holiday_on
from stations.opening.reading import known_hours
from stations.opening.rules import DAY, Rule, Span, rule_of

AHEAD = 8
"""Days looked ahead for the next opening."""
OPEN, SHUT, UNSURE, UNKNOWN, CLOSED = "open", "shut", "unsure", "unknown", "closed"
"""Open now; not now; a holiday that no rule speaks of; no hours known; closed until further notice."""


class Noted(Protocol):
    """Days that a librarian noted: from, to, and their hours, none for closed."""

    @property
    def first_day(self) -> date: ...
    @property
    def last_day(self) -> date | None: ...
    @property
    def hours(self) -> str: ...


@dataclass(frozen=True)
class Day:
    """One day: its spans (None where nothing is known), the holiday it is, and whether somebody said what holds then."""

    day: date
    spans: tuple[Span, ...] | None
    holiday: Holiday | None = None
    sure: bool = True
    noted: Noted | None = None


@dataclass(frozen=True)
class State:
    """How it stands at a minute: since when or until when it is so, where that is known."""

    name: str
    until: datetime | None = None
    opens: datetime | None = None


class Schedule:
    """The opening of one corner; days and minutes are local."""

    def __init__(self, hours: str, noted: Sequence[Noted] = (), closed: bool = False) -> None:
        self.rules: tuple[Rule, ...] = known_hours(hours)
        self.noted, self.closed = noted, closed

    def on(self, day: date) -> Day:
        """Return what is known of a day: what was noted of it, else its rule; on a holiday only what has it in mind is sure."""
        holiday = holiday_on(day)
        for one in self.noted:
            if one.first_day <= day <= (one.last_day or one.first_day):
                rule = rule_of(known_hours(one.hours), day, holiday)
                return Day(day, rule.spans if rule else (), holiday, noted=one)
        if not self.rules:
            return Day(day, None, holiday, sure=False)
        rule = rule_of(self.rules, day, holiday)
        spans = rule.spans if rule else ()
        sure = holiday is None or bool(rule and rule.knows(day, holiday))
        # Always open is every day of the year.
        return Day(day, spans, holiday, sure or self.never_closes)

    @property
    def never_closes(self) -> bool:
        """Whether it says of itself that it is open day and night, with no exception."""
        return all(rule.is_of_the_rest and rule.spans == ((0, DAY),) for rule in self.rules)

    def at(self, moment: datetime) -> State:
        """Return how it stands at a moment."""
        if self.closed:
            return State(CLOSED)
        today = self.on(moment.date())
        for day in (self.on(moment.date() - timedelta(1)), today):
            if span := covering(day, moment):
                end = self.end(day, span)
                return State(OPEN, until=end) if day.sure else State(UNSURE)
        if today.spans is None:
            return State(UNKNOWN)
        if not today.sure:
            return State(UNSURE)
        return State(SHUT, opens=self.opens(moment))

    def end(self, day: Day, span: Span) -> datetime | None:
        """Return when it closes, midnight passed over where it opens again at once; None where it does not within days."""
        end = moment_of(day.day, span[1])
        for following in self.ahead(day.day + timedelta(1)):
            if not (following.sure and following.spans and end == moment_of(following.day, following.spans[0][0])):
                return end
            end = moment_of(following.day, following.spans[0][1])
        return None

    def opens(self, moment: datetime) -> datetime | None:
        """Return when it opens next; None where that is unsure or far off."""
        for day in self.ahead(moment.date()):
            if not day.sure:
                return None
            for start, _end in day.spans or ():
                if (opening := moment_of(day.day, start)) > naive(moment):
                    return opening
        return None

    def ahead(self, first: date) -> Iterator[Day]:
        """Yield the days from one on."""
        return (self.on(first + timedelta(number)) for number in range(AHEAD))

    def week(self, today: date) -> list[Day]:
        """Return the seven days of the week that a day is in, from Monday."""
        monday = today - timedelta(today.weekday())
        return [self.on(monday + timedelta(number)) for number in range(7)]

    def usual(self, today: date) -> list[Day]:
        """Return a week of this season as it is without holidays and noted days, from Monday."""
        monday = today - timedelta(today.weekday())
        days = [monday + timedelta(number) for number in range(7)]
        rules = [(day, rule_of(self.rules, day, None)) for day in days]
        return [Day(day, rule.spans if rule else () if self.rules else None) for day, rule in rules]

    def at_weekends(self, today: date) -> bool:
        """Tell whether it is open on a Saturday or a Sunday that is no holiday."""
        if self.closed:
            return False
        return any(day.spans for day in self.usual(today)[5:])

    def coming(self, today: date, days: int) -> list[list[Day]]:
        """Return the holidays and noted days from today on, each with the days joined to it that are alike."""
        groups: list[list[Day]] = []
        for number in range(days):
            day = self.on(today + timedelta(number))
            if day.noted is None and (day.holiday is None or day.holiday.key == PERHAPS):
                continue
            last = groups[-1][-1] if groups else None
            if last and (day.day - last.day).days == 1 and alike(last, day):
                groups[-1].append(day)
            else:
                groups.append([day])
        return groups


def alike(one: Day, other: Day) -> bool:
    """Tell whether two days are said in one line."""
    if one.noted or other.noted:
        return one.noted is other.noted
    keys = {day.holiday.key if day.holiday else "" for day in (one, other)}
    return len(keys) == 1 and (one.sure, one.spans if one.sure else None) == (
        other.sure,
        other.spans if other.sure else None,
    )


def covering(day: Day, moment: datetime) -> Span | None:
    """Return the span of a day in which a moment falls, over midnight too."""
    minute = int((naive(moment) - datetime.combine(day.day, time())).total_seconds() // 60)
    return next((span for span in day.spans or () if span[0] <= minute < span[1]), None)


def naive(moment: datetime) -> datetime:
    """Return a local moment without its zone: all of this is by the library's clock."""
    return moment.replace(tzinfo=None)


def moment_of(day: date, minute: int) -> datetime:
    """Return a minute of a day, by the library's clock."""
    return datetime.combine(day, time()) + timedelta(minutes=minute)
