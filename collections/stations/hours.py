"""Opening hours in a subset of OpenStreetMap's syntax: `Mo-Fr 09:00-18:00; Sa,Su 10:00-12:00,13:00-16:00`."""

import re
from dataclasses import dataclass
from datetime import datetime, time

DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
RULE = re.compile(
    r"^(?P<days>[A-Z][a-z](?:[-,][A-Z][a-z])*)\s+(?P<times>off|\d\d:\d\d-\d\d:\d\d(?:,\d\d:\d\d-\d\d:\d\d)*)$"
)


@dataclass(frozen=True)
class Rule:
    """Weekdays (0 is Monday) and the times (start, end) that they are open; no times means closed."""

    days: tuple[int, ...]
    times: tuple[tuple[time, time], ...]


def parse_days(text: str) -> tuple[int, ...]:
    """Read `Mo-Fr,Su`; ValueError where a day is unknown."""
    days: list[int] = []
    for part in text.split(","):
        first, _dash, last = part.partition("-")
        start, end = DAYS.index(first), DAYS.index(last or first)
        days.extend(range(start, end + 1) if start <= end else [*range(start, 7), *range(end + 1)])
    return tuple(days)


def parse_times(text: str) -> tuple[tuple[time, time], ...]:
    """Read `09:00-12:00,13:00-18:00` or `off`; ValueError where a time is none, or ends before it starts."""
    if text == "off":
        return ()
    spans = []
    for part in text.split(","):
        start, end = (time.fromisoformat(t) for t in part.split("-"))
        if end <= start:
            raise ValueError(f"ends before it starts: {part}")
        spans.append((start, end))
    return tuple(spans)


def parse_hours(text: str) -> list[Rule]:
    """Read a whole rule text; an empty one has no rules, an unreadable one raises ValueError."""
    rules = []
    for part in filter(None, (p.strip() for p in text.replace("；", ";").split(";"))):
        found = RULE.match(part)
        if not found:
            raise ValueError(f"not opening hours: {part}")
        rules.append(Rule(parse_days(found["days"]), parse_times(found["times"])))
    return rules


def open_at(rules: list[Rule], moment: datetime) -> bool:
    """Tell whether it is open at a local moment; the last rule that names the day wins, as in OSM."""
    today = [rule for rule in rules if moment.weekday() in rule.days]
    return bool(today) and any(start <= moment.time() < end for start, end in today[-1].times)
