"""Minutes of walking from one stop to the next: by the distance where the library knows where both are, else a guess."""

from collections.abc import Iterable
from decimal import Decimal
from math import asin, cos, radians, sin, sqrt
from typing import Any

from django.db.models import QuerySet

from cms.models import Holding, Relation
from cms.models.kinds import kinds
from cms.models.relation import Role
from cms.visibility import visible
from tours.models import Stop
from tours.models.telling import MOST_MINUTES

EARTH = 6_371_000
"""Metres of its mean radius."""
DETOUR = 1.3
"""How much longer a way on streets is than the line through the air."""
PACE = 70
"""Metres a minute, of a group that talks."""
NEAR = 35
"""Metres under which two things count as standing in the same place, whose own ways nobody measured."""
GUESS = Decimal(1)
"""Minutes between two stops of which nothing is known."""
Point = tuple[float, float]


def metres(one: Point, other: Point) -> float:
    """Return the distance of two points in degrees of latitude and longitude, along a great circle (haversine formula)."""
    (north, east), (north2, east2) = (tuple(map(radians, point)) for point in (one, other))
    half = sin((north2 - north) / 2) ** 2 + cos(north) * cos(north2) * sin((east2 - east) / 2) ** 2
    return 2 * EARTH * asin(min(1.0, sqrt(half)))


def minutes(distance: float) -> Decimal:
    """Return the minutes that a distance in metres takes on foot, by halves: half a minute at least, four hours at most."""
    halves = round(distance * DETOUR / PACE * 2)
    return Decimal(min(max(halves, 1), MOST_MINUTES * 2)) / 2


def own_points(holdings: Iterable[int]) -> dict[int, Point]:
    """Return where holdings are that have coordinates of their own and that anybody may see."""
    found: dict[int, Point] = {}
    for kind in kinds():
        if hasattr(kind, "latitude"):
            rows: QuerySet[Any] = kind.objects.all()
            placed = rows.filter(pk__in=holdings, latitude__isnull=False, longitude__isnull=False)
            for pk, north, east in visible(placed, None).values_list("pk", "latitude", "longitude"):
                found[pk] = (float(north), float(east))
    return found


def points(holdings: set[int]) -> dict[int, Point]:
    """Return where holdings are: by their own coordinates, those of where they are said to be, or of what they stand in."""
    above = lines_of(holdings)
    every = {pk for line in above.values() for pk in line}
    ties = Relation.objects.filter(holding__in=every, role=Role.AT).order_by("holding", "sort_order", "pk")
    at: dict[int, list[int]] = {}
    for holding, target in ties.values_list("holding", "target"):
        at.setdefault(holding, []).append(target)
    known = own_points(every | {pk for targets in at.values() for pk in targets})
    found = {}
    for pk, line in above.items():
        sought = (one for step in line for one in (step, *at.get(step, ())))
        if (here := next((known[one] for one in sought if one in known), None)) is not None:
            found[pk] = here
    return found


def lines_of(holdings: set[int]) -> dict[int, list[int]]:
    """Return each holding with the holdings above it in the tree, the nearest first."""
    paths = dict(Holding.objects.filter(pk__in=holdings).values_list("pk", "path"))
    step = Holding.steplen
    wanted = {path[:end] for path in paths.values() for end in range(step, len(path) + 1, step)}
    ids = dict(Holding.objects.filter(path__in=wanted).values_list("path", "pk"))
    return {
        pk: [ids[path[:end]] for end in range(len(path), 0, -step) if path[:end] in ids] for pk, path in paths.items()
    }


def estimate(stops: list[Stop]) -> None:
    """Put in the walk before each stop, in the order given, but where a person wrote a figure of their own."""
    known = points({stop.holding_id for stop in stops if stop.holding_id})
    before: Stop | None = None
    for stop in stops:
        if stop.estimate is not None and stop.walking == stop.estimate:
            stop.estimate, stop.measured = between(before, stop, known)
            stop.walking = stop.estimate
        before = stop


def between(before: Stop | None, stop: Stop, known: dict[int, Point]) -> tuple[Decimal, bool]:
    """Return the minutes from one stop to the next and whether they are by a distance; the first has no walk before it."""
    if before is None:
        return Decimal(0), False
    here, there = (known.get(one.holding_id or 0) for one in (before, stop))
    if here is None or there is None or (far := metres(here, there)) < NEAR:
        return GUESS, False
    return minutes(far), True
