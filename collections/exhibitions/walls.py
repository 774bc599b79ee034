"""The rooms of an exhibition: what hangs on their walls, and where; what has no picture stands beside as a printed label."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import F, Value, prefetch_related_objects
from django.db.models.functions import Coalesce, NullIf
from django.http import HttpRequest

from cms.catalogue.bilingual import say
from cms.catalogue.prose import blocks
from cms.models import Holding
from cms.pages.order import UNNUMBERED, in_order
from cms.visibility import visible
from exhibitions.models import CloseUp, Exhibit, Exhibition, Hang, Section

SHOWN = 24
"""Exhibits that a room of an exhibition's page shows; the list of the section has them all."""
MANY = 160
"""From so many exhibits on, rooms show half as many."""
SIZES = {
    Hang.SALON: ("a", "b", "c", "e", "f", "g", "h", "i", "d"),
    Hang.WINGS: ("a", "b", "c", "d", "e", "f", "g"),
    Hang.SHELVES: ("a", "b", "c"),
    Hang.SCREEN: ("a", "b", "c", "d", "e", "f", "g", "h", "i"),
}
"""The places of one wall, by the names that the style sheet knows them by, in the order in which they are filled."""
LARGEST = {Hang.SALON: "a", Hang.WINGS: "b", Hang.SHELVES: "a", Hang.SCREEN: "a"}
IN_ORDER = (Coalesce(NullIf(F("number"), Value(0)), Value(UNNUMBERED)), "path")
"""As all that stands under one thing is read (`cms.pages.order`): by number, what has none last."""
BESIDE = 4
"""Labels that have room on the wall, beside a full one."""


@dataclass(frozen=True)
class Hung:
    """A picture and its place on the wall."""

    exhibit: Exhibit
    place: str


@dataclass(frozen=True)
class Room:
    """A section with what of it is shown here: walls full of pictures, and labels; `total` counts all that it has."""

    section: Section
    walls: list[list[Hung]]
    labels: list[Exhibit]
    total: int

    @property
    def beside(self) -> bool:
        """Whether the labels stand on the last wall, in the corner that its hang leaves for them."""
        full = bool(self.walls) and len(self.walls[-1]) == len(SIZES[self.hang])
        return full and len(self.labels) <= BESIDE and self.hang != Hang.SHELVES

    @property
    def hang(self) -> Hang:
        """How it hangs; one that is no longer known hangs as most do."""
        return Hang(self.section.hang) if self.section.hang in Hang.values else Hang.SALON

    @property
    def left(self) -> int:
        """How many exhibits this page does not show."""
        return self.total - len(self.labels) - sum(map(len, self.walls))

    @property
    def quotation(self) -> str:
        """The first quotation of the section's text, in the reader's language."""
        found = (block.text for block in blocks(say(self.section, "body").text) if block.form == "quote")
        return next(found, "")


def sections_of(show: Exhibition, request: HttpRequest) -> list[tuple[Section, list[Exhibit]]]:
    """Return the sections of an exhibition, each with its exhibits, as this visitor may see them; one query for any number.

    Texts of exhibits are left out, which may be long.
    """
    depths = (show.depth + 1, show.depth + 2)
    rows = visible(Holding.objects.filter(path__startswith=show.path, depth__in=depths), request)
    sections: list[Section] = []
    by_path: dict[str, list[Exhibit]] = defaultdict(list)
    read = in_order(rows).select_related("cover", "section", "exhibit")
    for row in read.defer("exhibit__body", "exhibit__body_en"):
        if section := getattr(row, "section", None):
            sections.append(section)
        elif exhibit := getattr(row, "exhibit", None):
            # What was read along with the row is not read again from its kind.
            exhibit.cover = row.cover
            by_path[row.path[:-4]].append(exhibit)
    return [(section, by_path[section.path]) for section in sections]


def of_section(section: Section, request: HttpRequest) -> list[Exhibit]:
    """Return the exhibits of one section, in order, with their pictures, as this visitor may see them."""
    rows = Exhibit.objects.filter(path__startswith=section.path, depth=section.depth + 1).select_related("cover")
    return list(visible(rows, request).defer("body", "body_en").order_by(*IN_ORDER))


def with_sizes(*some: Holding) -> None:
    """Fetch the sizes of the pictures of all that is shown; one query."""
    prefetch_related_objects([one.cover for one in some if one.cover], "renditions")


def room(section: Section, some: Sequence[Exhibit], total: int) -> Room:
    """Hang exhibits on as many walls as they fill: the one in the leading place first, the others in order."""
    hang = Room(section, [], [], 0).hang
    pictured = [one for one in some if one.cover]
    size = len(SIZES[hang])
    # Shelves are filled evenly: none is left with a single thing on it.
    count = -(-len(pictured) // size)
    if hang == Hang.SHELVES and count:
        size = -(-len(pictured) // count)
    walls = [placed(pictured[start : start + size], hang) for start in range(0, len(pictured), size)]
    return Room(section, walls, [one for one in some if not one.cover], total)


def placed(some: list[Exhibit], hang: Hang) -> list[Hung]:
    """Give each picture of a wall its place."""
    if len(some) == 1:
        return [Hung(some[0], "solo")]
    places = list(SIZES[hang][: len(some)])
    leader = next((one for one in some if one.leading), None)
    if leader is not None and LARGEST[hang] in places:
        places.remove(LARGEST[hang])
        places.insert(some.index(leader), LARGEST[hang])
    return [Hung(one, place) for one, place in zip(some, places, strict=True)]


def rooms(sections: list[tuple[Section, list[Exhibit]]]) -> list[Room]:
    """Return the rooms of an exhibition's page, each with as much as one page bears."""
    many = sum(len(some) for _section, some in sections) > MANY
    shown = SHOWN // 2 if many else SHOWN
    return [room(section, some[:shown], len(some)) for section, some in sections]


def hung(some: list[Room]) -> list[Exhibit]:
    """Return all that these rooms show."""
    return [one for room in some for one in [*(h.exhibit for wall in room.walls for h in wall), *room.labels]]


def first_close_look(some: list[Room]) -> tuple[Exhibit, list[CloseUp]] | None:
    """Return the first exhibit on these walls on which there is something to be seen close; one query."""
    shown = {one.pk: one for one in hung(some) if one.cover}
    by_exhibit: dict[int, list[CloseUp]] = defaultdict(list)
    for closeup in CloseUp.objects.filter(exhibit__in=shown).order_by("sort_order", "pk") if shown else ():
        by_exhibit[closeup.exhibit_id].append(closeup)
    return next(((one, by_exhibit[pk]) for pk, one in shown.items() if pk in by_exhibit), None)
