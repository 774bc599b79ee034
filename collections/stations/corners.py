"""The corners that a visitor may see, each with its number, as the map, the list, the poster and other pages show it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from math import asin, cos, radians, sin, sqrt
from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.pages.remembering import remembered
from cms.visibility import visible
from stations.map import NORTH_TO_SOUTH
from stations.models import SpecialDay, Station
from stations.opening import words
from stations.opening.schedule import CLOSED, OPEN, Day, Schedule, State

COLUMNS = (
    "title", "title_en", "url_path", "slug", "path", "depth", "uid", "sample", "unverified", "subdistrict", "address",
    "address_en", "latitude", "longitude", "opening_hours", "phone", "closed", "children", "wheelchair",
)  # fmt: skip
EARTH = 6_371_000
"""Its mean radius in metres."""
THREE = 3
AHEAD = 130
"""Days for which noted ones are read."""
CSS = {"open": "is-open", "closed": "is-shut"}


@dataclass(frozen=True)
class Corner:
    """A corner with its number: 1 is the northernmost, and no filter changes it."""

    number: int
    station: Station
    special_days: Sequence[SpecialDay] = field(default=(), repr=False)
    now: datetime = field(default_factory=timezone.localtime, repr=False)

    @cached_property
    def schedule(self) -> Schedule:
        """Its opening."""
        return Schedule(self.station.opening_hours, self.special_days, self.station.closed)

    @cached_property
    def state(self) -> State:
        """How it stands at this minute by the library's clock."""
        return self.schedule.at(self.now)

    @cached_property
    def today(self) -> Day:
        """This day."""
        return self.schedule.on(self.now.date())

    @property
    def css(self) -> str:
        """The class of its flag and of the word for its state."""
        return CSS.get(self.state.name, "is-off")

    @property
    def state_words(self) -> str:
        """How it stands, in a word."""
        return str(words.STATES[self.state.name])

    @property
    def note(self) -> str:
        """What follows that word: until when, from when, or why nobody can tell."""
        return words.note_of(self.state, self.today, self.now)

    @property
    def hours(self) -> str:
        """Its hours today; nothing of one that is closed until further notice, or whose hours the word above has said."""
        if self.state.name == CLOSED or (self.today.spans is not None and not self.today.sure):
            return ""
        return words.today_words(self.today)

    @property
    def is_open(self) -> bool:
        """Whether it is open at this minute."""
        return self.state.name == OPEN

    @property
    def anchor(self) -> str:
        """Its id in the list."""
        return f"st-{self.number}"


def corners(request: HttpRequest) -> list[Corner]:
    """Return all that a visitor may see, by number; two queries, none where they are remembered."""
    kept: dict[str, Any] = vars(request)
    if "_corners" not in kept:
        kept["_corners"] = read_corners(request)
    return kept["_corners"]


def read_corners(request: HttpRequest) -> list[Corner]:
    """Number them from north to south: by sub-district, then by latitude; what has none comes last in its own."""
    now = timezone.localtime()
    stations, noted = remembered("stations", request, lambda: (in_order(request), special_days(now)))
    return [Corner(number, s, noted.get(s.pk, ()), now) for number, s in enumerate(stations, 1)]


def in_order(request: HttpRequest) -> list[Station]:
    """Return the stations that this visitor may see, in the order of their numbers."""
    stations = visible(Station.objects.all(), request).only(*COLUMNS)
    return sorted(stations, key=lambda s: (NORTH_TO_SOUTH.index(s.subdistrict), -(s.latitude or -90), s.path))


def special_days(now: datetime) -> dict[int, list[SpecialDay]]:
    """Return the noted days of each corner from yesterday on, which a night may go on from."""
    first = now.date() - timedelta(1)
    found: dict[int, list[SpecialDay]] = defaultdict(list)
    coming = Q(last_day__gte=first) | Q(last_day=None, first_day__gte=first)
    for row in SpecialDay.objects.filter(coming, first_day__lte=first + timedelta(AHEAD)).order_by("first_day"):
        found[row.station_id].append(row)
    return dict(found)


def metres(one: Station, other: Station) -> float | None:
    """Return how far two corners are from each other as the crow flies; None where a position is not known."""
    if None in (one.latitude, one.longitude, other.latitude, other.longitude):
        return None
    lat, lon, lat2, lon2 = (
        radians(float(n or 0)) for n in (one.latitude, one.longitude, other.latitude, other.longitude)
    )
    chord = sin((lat2 - lat) / 2) ** 2 + cos(lat) * cos(lat2) * sin((lon2 - lon) / 2) ** 2
    return 2 * EARTH * asin(min(1, sqrt(chord)))


@dataclass(frozen=True)
class Near:
    """A corner and how far it is."""

    corner: Corner
    metres: float

    @property
    def far(self) -> str:
        """The distance in words."""
        return distance(self.metres)


def nearest(station: Station, among: Iterable[Corner]) -> list[Near]:
    """Return the three nearest that are not closed until further notice, with those closed that stand between them."""
    known = ((metres(station, c.station), c) for c in among if c.station.pk != station.pk)
    found: list[Near] = []
    for far, corner in sorted(((m, c) for m, c in known if m is not None), key=lambda pair: (pair[0], pair[1].number)):
        if sum(near.corner.state.name != CLOSED for near in found) == THREE or len(found) == 2 * THREE:
            break
        found.append(Near(corner, far))
    return found


def distance(far: float) -> str:
    """Return `180 米`, to ten metres, or `2.4 公里`."""
    if far < 995:
        return _("%(n)s 米") % {"n": f"{max(10, round(far, -1)):.0f}"}
    return _("%(n)s 公里") % {"n": f"{far / 1000:.1f}" if far < 99_500 else f"{far / 1000:.0f}"}
