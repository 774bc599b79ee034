"""Where the flags of corners stand on the map: a row in each sub-district, or one flag for all where there are many."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from stations import map as drawing
from stations.corners import Corner
from stations.listing import Corners

WIDE, APART = 31, 35
"""A flag's breadth, and from one to the next, in units of the drawing."""
ROW = 4
"""Flags that have room side by side in the narrowest sub-district that has so many."""
UNDER_NAME = 10
ADJOINING = "–"


@dataclass(frozen=True)
class Flag:
    """One flag, or one for a run of corners: its number or numbers, its left end, breadth, and where it leads."""

    text: str
    name: str
    x: float
    y: float
    wide: float
    url: str
    css: str
    off: bool

    @property
    def outline(self) -> str:
        """The outline of a flag with a fish's tail."""
        return f"M{self.x:g} {self.y:g}h{self.wide:g}v38l{-self.wide / 2:g}-9l{-self.wide / 2:g} 9z"

    @property
    def middle(self) -> float:
        """Where its number stands."""
        return self.x + self.wide / 2


def flags(listed: Corners) -> Iterator[Flag]:
    """Yield the flags, by number; those of corners that a filter leaves out are pale and lead to their sub-district."""
    by_place: dict[str, list[Corner]] = defaultdict(list)
    for corner in listed.all:
        by_place[corner.station.subdistrict].append(corner)
    found = {corner.number for corner in listed.found}
    areas = {area.key: area for area in drawing.AREAS}
    for key, here in by_place.items():
        x, y = areas[key].x, areas[key].y + UNDER_NAME
        if len(here) <= ROW:
            left = x - (WIDE + (len(here) - 1) * APART) / 2
            for at, corner in enumerate(here):
                yield one(corner, left + at * APART, y, listed, corner.number not in found)
        else:
            numbers = f"{here[0].number}{ADJOINING}{here[-1].number}"
            name = str(here[0].station.get_subdistrict_display())
            wide = 14 + 11 * len(numbers)
            off = not any(corner.number in found for corner in here)
            yield Flag(numbers, name, x - wide / 2, y, wide, f"?subdistrict={key}#list", "is-open", off)


def one(corner: Corner, x: float, y: float, listed: Corners, off: bool) -> Flag:
    """Return the flag of one corner."""
    here = f"#{corner.anchor}"
    url = here if corner.number in listed.listed else f"?subdistrict={corner.station.subdistrict}{here}"
    return Flag(str(corner.number), "", x, y, WIDE, url, corner.css, off)
