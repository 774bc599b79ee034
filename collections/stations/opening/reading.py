"""Opening hours as people write them, read into rules: OpenStreetMap's way, `周一至周五 9:00-17:00`, `9点到17点`, `24/7`."""

from functools import lru_cache

from stations.opening import holidays
from stations.opening.rules import DAY, Dates, NotHours, Rule, Span
from stations.opening.tokens import Token, through, tokens

LONGEST_NIGHT = 12 * 60
"""Minutes: what seems to go on over midnight for longer is an afternoon written by the twelve-hour clock."""
MONTH_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
SELECTORS = ("days", "day", "holiday", "feast", "rest", "month", "year")
END = Token("end", "")


@lru_cache(maxsize=4096)
def read_hours(text: str) -> tuple[Rule, ...]:
    """Return the rules that a text says; none for an empty one, NotHours naming what in it is not understood."""
    rules = tuple(Reader([*tokens(text), END]).rules())
    if not rules and (said := text.strip()):
        raise NotHours(NotHours.NO_TIMES, said)
    return rules


def known_hours(text: str) -> tuple[Rule, ...]:
    """Return the rules of a text that may have been kept before it was checked: none where it cannot be read."""
    try:
        return read_hours(text)
    except NotHours:
        return ()


class Reader:
    """Goes through the words of a text once."""

    def __init__(self, words: list[Token]) -> None:
        self.words, self.at = words, 0

    @property
    def next(self) -> Token:
        """The word that comes."""
        return self.words[min(self.at, len(self.words) - 1)]

    def take(self, *kinds: str) -> Token | None:
        """Return the word that comes, and pass it, where it is of these kinds."""
        if self.at < len(self.words) and self.next.kind in kinds:
            self.at += 1
            return self.words[self.at - 1]
        return None

    def rules(self) -> list[Rule]:
        """Return the rules; a new one begins after a semicolon, and wherever days are named again."""
        found = []
        while self.at < len(self.words):
            if not self.take("end", "comma"):
                found.append(self.rule())
        return found

    def rule(self) -> Rule:
        """Return one rule: whom it is of, then its times."""
        began, days, feasts, dates = self.at, set[int](), set[str](), list[Dates]()
        while self.next.kind in SELECTORS:
            self.select(days, feasts, dates)
            self.take("comma")
        spans = self.times(began)
        named = frozenset(days) if days else None
        return Rule(spans, named, frozenset(feasts) if feasts else None, tuple(dates))

    def select(self, days: set[int], feasts: set[str], dates: list[Dates]) -> None:
        """Take one word or range of days."""
        if word := self.take("days"):
            days |= word.values
        elif word := self.take("day"):
            last = self.ranged("day")
            days |= through(word.value, last.value if last else word.value)
        elif self.take("holiday"):
            feasts |= holidays.FEASTS
        elif word := self.take("feast"):
            feasts.add(word.key)
        elif not self.take("rest"):
            dates += self.dates()

    def ranged(self, *kinds: str) -> Token | None:
        """Take a dash and the word after it, where that is of these kinds."""
        if self.next.kind == "dash" and self.words[min(self.at + 1, len(self.words) - 1)].kind in kinds:
            self.at += 2
            return self.words[self.at - 1]
        return None

    def dates(self) -> list[Dates]:
        """Take months, or days of a month, with a year or without: `Oct 01-07`, `10月1日至7日`, `Jun-Aug`."""
        year = self.take("year")
        month = self.take("month")
        if month is None:
            raise NotHours(NotHours.NO_DATE, year.text if year else self.next.text)
        text, first = month.text, self.day_of_month()
        last_month, last = month, first
        if until := self.ranged("month"):
            last_month, last = until, self.day_of_month()
            text += f"-{until.text}"
        elif first and (until := self.ranged("date", "number")):
            last = until
        for at, day in ((month, first), (last_month, last)):
            if not 1 <= at.value <= 12 or (day and not 1 <= day.value <= MONTH_DAYS[at.value - 1]):
                raise NotHours(NotHours.NO_DATE, f"{text}{day.text if day else ''}")
        begins = (month.value, first.value if first else 1)
        ends = (last_month.value, last.value if last else MONTH_DAYS[last_month.value - 1])
        return [Dates(begins, ends, year.value if year else 0, first is None and last is None)]

    def day_of_month(self) -> Token | None:
        """Take the day after a month; a number that begins a span of hours, as in `Jun-Aug 9-17`, is none."""
        if self.next.kind == "date":
            return self.take("date")
        return self.take("number") if self.next.kind == "number" and len(self.next.text) == 2 else None

    def times(self, began: int) -> tuple[Span, ...]:
        """Take the times of a rule."""
        if self.take("off"):
            return ()
        if self.take("always"):
            return ((0, DAY),)
        spans: list[Span] = []
        while self.next.kind in ("clock", "number"):
            spans.append(self.span())
            here = self.at
            if not (self.take("comma") and self.next.kind in ("clock", "number")):
                self.at = here
                if self.next.kind not in ("clock", "number"):
                    break
        if not spans:
            said = "".join(word.text for word in self.words[began : self.at])
            strange = self.next.text if self.next.kind not in ("end", "comma") else ""
            raise NotHours(NotHours.UNKNOWN if strange and not said else NotHours.NO_TIMES, said or strange or "-")
        # Times alone, with nobody's days before them, may be followed by a word that says closed on others.
        return merged(spans)

    def span(self) -> Span:
        """Take a time, a dash and a time."""
        first = self.words[self.at]
        self.at += 1
        last = self.ranged("clock", "number")
        if last is None:
            raise NotHours(NotHours.NO_END, first.text)
        start, end = minutes(first), minutes(last)
        text = f"{first.text}-{last.text}"
        if first.late and not last.late and end < start < end + 12 * 60 <= DAY:
            # 下午1点到5点: the afternoon is said once.
            end += 12 * 60
        if start >= DAY or end > start + DAY:
            raise NotHours(NotHours.NO_CLOCK, text)
        if start == end:
            raise NotHours(NotHours.NO_LENGTH, text)
        if end < start:
            end += DAY
            if end - start > LONGEST_NIGHT:
                raise NotHours(NotHours.TOO_LONG, text)
        return start, end


def minutes(word: Token) -> int:
    """Return a time in minutes; a bare number is an hour."""
    if word.kind == "clock":
        return word.value
    if word.value > 24:
        raise NotHours(NotHours.NO_CLOCK, word.text)
    return word.value * 60


def merged(spans: list[Span]) -> tuple[Span, ...]:
    """Return spans in their order, with those made one that touch."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return tuple(found)
