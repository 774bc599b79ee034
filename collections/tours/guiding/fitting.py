"""Fitting a tour to the time: which versions to tell and, only where even the shortest are too long, which stops to drop.

A multiple-choice knapsack, solved exactly over half minutes. Of all ways that fit, the best keeps the most stops, then tells
the longest, then changes the fewest stops.
"""

from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate
from typing import NamedTuple


@dataclass(frozen=True)
class Option:
    """One way to tell a stop: the `length` of its version in seconds, and the `minutes` (halves) the stop then takes."""

    length: int
    minutes: Decimal

    @property
    def halves(self) -> int:
        """Half minutes."""
        return halves(self.minutes)


@dataclass(frozen=True)
class Leg:
    """A stop to fit: the walk before it in minutes, how it is told now, and the other ways it could be told."""

    key: int
    walking: Decimal
    now: Option
    options: tuple[Option, ...] = ()
    locked: bool = False

    @property
    def choices(self) -> tuple[Option, ...]:
        """The ways in which it may be told, the present one first; a locked stop has no other."""
        return (self.now, *(() if self.locked else (o for o in self.options if o != self.now)))


@dataclass(frozen=True)
class Fit:
    """What is proposed: an option for each stop by its key, None for one that is dropped, and the minutes of it all."""

    chosen: dict[int, Option | None]
    minutes: Decimal
    fits: bool


class Score(NamedTuple):
    """What makes one way better than another, the first first."""

    kept: int
    told: int
    unchanged: int

    def plus(self, leg: Leg, option: Option) -> "Score":
        """Return the score with one more stop kept."""
        return Score(self.kept + 1, self.told + option.halves, self.unchanged + (option == leg.now))


class Cell(NamedTuple):
    """The best that some first stops come to within a time, and how the last of them is told: None when it is dropped."""

    score: Score
    option: Option | None


Row = list[Cell | None]
"""One cell for each number of half minutes; None where locked stops do not fit in."""


def halves(minutes: Decimal) -> int:
    """Return minutes as a whole number of half minutes."""
    return int(minutes * 2)


def fit(legs: list[Leg], minutes: Decimal) -> Fit:
    """Return the best way to take the legs within `minutes`; time grows with stops times minutes.

    The walk to a dropped stop is still walked, on the way to the next: only what lies after the last stop kept is saved. Where
    the locked stops alone take longer, they are returned as they are and `fits` is false.
    """
    room = halves(minutes)
    walks = list(accumulate((halves(leg.walking) for leg in legs), initial=0))
    rows: list[Row] = [[Cell(Score(0, 0, 0), None)] * (room + 1)]
    for leg in legs:
        rows.append([within(leg, rows[-1], time) for time in range(room + 1)])
    must = max((number for number, leg in enumerate(legs, 1) if leg.locked), default=0)
    ends = [
        (cell, last) for last in range(must, len(legs) + 1) if (cell := ending(legs, rows, last, room - walks[last]))
    ]
    if not ends:
        return result(legs, {leg.key: leg.now if leg.locked else None for leg in legs}, fits=False)
    cell, last = max(ends, key=lambda end: (end[0].score, end[1]))
    return result(legs, chosen(legs, rows, cell, last, room - walks[last]), fits=True)


def within(leg: Leg, before: Row, time: int) -> Cell | None:
    """Return the best for the stops up to a leg within a time: the leg told in one of its ways, or dropped."""
    dropped = None if leg.locked else before[time]
    return kept(leg, before, time, Cell(dropped.score, None) if dropped else None)


def kept(leg: Leg, before: Row, time: int, best: Cell | None = None) -> Cell | None:
    """Return the best for the stops up to a leg within a time when the leg is told, or `best` where that is no worse."""
    for option in leg.choices:
        rest = before[time - option.halves] if option.halves <= time else None
        if rest and (best is None or rest.score.plus(leg, option) > best.score):
            best = Cell(rest.score.plus(leg, option), option)
    return best


def ending(legs: list[Leg], rows: list[Row], last: int, time: int) -> Cell | None:
    """Return the best way that ends at the leg with this number, counted from 1; at 0 nothing is left of the tour."""
    if time < 0:
        return None
    return kept(legs[last - 1], rows[last - 1], time) if last else rows[0][0]


def chosen(legs: list[Leg], rows: list[Row], cell: Cell | None, last: int, time: int) -> dict[int, Option | None]:
    """Return the way that led to a cell."""
    way: dict[int, Option | None] = {leg.key: None for leg in legs}
    for number in range(last, 0, -1):
        option = cell.option if cell else None
        way[legs[number - 1].key] = option
        time -= option.halves if option else 0
        cell = rows[number - 1][time]
    return way


def result(legs: list[Leg], way: dict[int, Option | None], *, fits: bool) -> Fit:
    """Return the proposal with the minutes it takes: of telling, and of walking up to the last stop kept."""
    last = max((number for number, leg in enumerate(legs, 1) if way[leg.key]), default=0)
    told = sum((option.minutes for option in way.values() if option), Decimal(0))
    return Fit(way, told + sum((leg.walking for leg in legs[:last]), Decimal(0)), fits)
