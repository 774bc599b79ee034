"""What an exhibition's dates say of today: coming, on view with so many days left, or closed; no more than they do say."""

import re
from dataclasses import dataclass
from datetime import date

from cms.dates import parse_edtf

WEEK = ("一", "二", "三", "四", "五", "六", "日")
IN_ENGLISH = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
DAY = re.compile(r"(?:每周|周|星期|礼拜)?([一二三四五六日天])")
NONE = ("无", "无休", "none")
MAX = date.max.toordinal()
DOUBT = 366
"""Days by which a date in doubt may be wrong; what lies farther off is over, or to come, all the same."""


@dataclass(frozen=True)
class Run:
    """The days of an exhibition.

    `began_by` and `begins_not_before` lie apart where the first day is not known to the day, as `over_after` and `lasts_to` do;
    `first` and `last` are there where it is. None is unknown; `open_ended` says that it goes on for good.
    """

    begins_not_before: date | None = None
    began_by: date | None = None
    lasts_to: date | None = None
    over_after: date | None = None
    open_ended: bool = False

    @property
    def first(self) -> date | None:
        """The first day, where it is certain."""
        return self.began_by if self.began_by == self.begins_not_before else None

    @property
    def last(self) -> date | None:
        """The last day, where it is certain."""
        return self.over_after if self.over_after == self.lasts_to else None


@dataclass(frozen=True)
class State:
    """What is so today: `name` is coming, on or closed; `days` until it opens, or left with today counted; None is not known.

    `rests` says that this is a weekday on which it is shut, False that it is none, None that nobody said.
    """

    name: str
    days: int | None = None
    rests: bool | None = None


def run_of(edtf: str) -> Run | None:
    """Return the days of a run in EDTF, `2026-05-20/2026-07-20` or one day; None for no date, or one that nobody can read.

    A date in doubt (`2026-05-20?`) is known to no day, nor to a year: what is counted from it would be a promise.
    """
    start, slash, end = edtf.partition("/")
    try:
        opens, began, opens_doubtful = edges(start)
        lasts, over, ends_doubtful = edges(end if slash else start)
    except ValueError:
        return None
    if not any((opens, began, lasts, over)):
        return None
    if opens_doubtful:
        opens, began = opens and far(opens, -DOUBT), None
    if ends_doubtful:
        lasts, over = None, over and far(over, DOUBT)
    if not slash and opens != over and not opens_doubtful:
        # A month alone says when it was on, not that it was on all the month.
        began, lasts = over, opens
    return Run(opens, began, lasts, over, open_ended=slash == "/" and end.strip() == "..")


def edges(text: str) -> tuple[date | None, date | None, bool]:
    """Return the first and the last day that one end of a run may be, and whether it is in doubt; ValueError for no EDTF."""
    if text.strip() in ("", ".."):
        return None, None, False
    span = parse_edtf(text)
    return day(span.earliest), day(span.latest), span.certainty != "certain"


def day(number: int | None) -> date | None:
    """Return the date of a day number; None where Python's calendar has none."""
    return date.fromordinal(number) if number is not None and 1 <= number <= MAX else None


def far(from_day: date, days: int) -> date | None:
    """Return the day so many days later, or earlier."""
    return day(from_day.toordinal() + days)


def read_rest_days(text: str) -> frozenset[int] | None:
    """Return the weekdays (0 is Monday) of `周一、周二`, `Mon` or `无`; None for an empty text; ValueError for any other."""
    text = text.strip().lower()
    if not text:
        return None
    if text in NONE:
        return frozenset()
    words = [word for word in re.split(r"[\s、，,;；和及/]+|\band\b", text) if word]
    if not words:
        raise ValueError(text)
    return frozenset(weekday(word) for word in words)


def weekday(word: str) -> int:
    """Return the number of `周一`, `一`, `Mo`, `Mon` or `Mondays`; ValueError for any other word."""
    if found := DAY.fullmatch(word):
        return WEEK.index(found[1].replace("天", "日"))
    named = [n for n, name in enumerate(IN_ENGLISH) if len(word) > 1 and f"{name}s".startswith(word)]
    if not named:
        raise ValueError(word)
    return named[0]


def state_of(edtf: str, rest_days: str, today: date) -> State | None:
    """Return what is so on a day; None where the dates do not tell."""
    run = run_of(edtf)
    if run is None:
        return None
    if run.begins_not_before and today < run.begins_not_before:
        return State("coming", (run.first - today).days if run.first else None)
    if run.over_after and today > run.over_after:
        return State("closed")
    if not run.began_by or today < run.began_by or not (run.open_ended or (run.lasts_to and today <= run.lasts_to)):
        return None
    return State("on", (run.last - today).days + 1 if run.last else None, rests(rest_days, today))


def rests(rest_days: str, today: date) -> bool | None:
    """Tell whether it is shut on the weekday of a day; None where nobody said on which it is."""
    try:
        days = read_rest_days(rest_days)
    except ValueError:
        return None  # of an older record, or written past the form
    return None if days is None else today.weekday() in days
