"""Whether two legs of a travelling exhibition fall on the same days."""

from collections.abc import Iterable
from itertools import combinations
from typing import Protocol

from cms.dates import parse_edtf


class Leg(Protocol):
    """What is asked of a leg: EDTF dates of its opening and closing, each perhaps empty."""

    venue: str
    opens: str
    closes: str


def days(leg: Leg) -> tuple[int, int] | None:
    """Return the first and last day that a leg surely fills; None where its dates are vague.

    A leg known by month alone fills no certain day, so that two in one month are no clash.
    """
    try:
        opens, closes = parse_edtf(leg.opens), parse_edtf(leg.closes)
    except ValueError:
        return None
    if opens.latest is None or closes.earliest is None or closes.earliest < opens.latest:
        return None
    return opens.latest, closes.earliest


def clash(legs: Iterable[Leg]) -> tuple[Leg, Leg] | None:
    """Return the first two legs that overlap, or None."""
    for one, other in combinations(legs, 2):
        a, b = days(one), days(other)
        if a and b and a[0] <= b[1] and b[0] <= a[1]:
            return one, other
    return None
