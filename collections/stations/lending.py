"""Copies: what stands on a corner's shelf, where else it is, and from a book the corners that have it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms.models import Holding
from cms.pages.remembering import is_remembered, remembered
from cms.visibility import visible
from stations.corners import THREE, Corner, Near, corners, distance, metres
from stations.models import Copy, Station
from stations.opening.schedule import CLOSED

SHELF, LENT, REPAIR, LOST = Copy.Status.SHELF, Copy.Status.LENT, Copy.Status.REPAIR, Copy.Status.LOST
SPINES = {SHELF: "have", LENT: "lent", REPAIR: "mend"}
TONES = ("tb", "tk", "ts")
"""The colours of spines; a book has the same wherever it stands."""


@dataclass(frozen=True)
class Spine:
    """One copy as it stands, or is missed, on a shelf."""

    work: Holding
    copy: Copy

    @property
    def css(self) -> str:
        """Whether it is there, and its colour."""
        return f"{SPINES[Copy.Status(self.copy.status)]} {TONES[self.work.pk % len(TONES)]}"

    @property
    def long(self) -> bool:
        """Whether its title is too long for one line on the spine."""
        return len(self.work.title) > 9


@dataclass(frozen=True)
class Kept:
    """One work of a shelf: how many copies are there, and else the nearest corner that has one."""

    work: Holding
    here: int
    statuses: frozenset[str]
    elsewhere: Corner | None = None
    copies: int = 0
    far: str = ""

    @property
    def said(self) -> str:
        """How it stands here, in words."""
        if self.here:
            return ngettext("在架 %(n)s 册", "在架 %(n)s 册", self.here) % {"n": self.here}
        return str((LENT if LENT in self.statuses else REPAIR).label)

    @property
    def copies_there(self) -> str:
        """How many the other corner has."""
        return ngettext("有 %(n)s 册", "有 %(n)s 册", self.copies) % {"n": self.copies}


class OnShelf:
    """What stands on one corner's shelf, and on those of the corners near to it; one query."""

    def __init__(self, station: Station, request: HttpRequest, near: Sequence[Near]) -> None:
        self.station, self.request, self.near = station, request, near

    @cached_property
    def rows(self) -> list[Copy]:
        """Copies here, at the corners near, and of the same works anywhere, with the works; what this visitor may not see is left out.

        In a preview those here are as they are in the form. One that is lost stands nowhere.
        """
        typed = [c for c in self.station.copies.all() if c.status != LOST] if self.previewed else []
        of_here = Q(work__in=[copy.work_id for copy in typed])
        if not self.previewed:
            of_here = Q(station=self.station.pk) | Q(
                work__in=Copy.objects.filter(station=self.station.pk).values("work")
            )
        there = Q(station__in=[near.corner.station.pk for near in self.near])
        seen = visible(Holding.objects.all(), self.request)
        rows = Copy.objects.exclude(status=LOST).filter(of_here | there, work__in=seen.values("pk"))
        found = list(rows.select_related("work").order_by("station", "sort_order", "pk"))
        if not self.previewed:
            return found
        works = seen.in_bulk([copy.work_id for copy in typed])
        typed = [copy for copy in typed if copy.work_id in works]
        for copy in typed:
            copy.work = works[copy.work_id]
        return [*typed, *(copy for copy in found if copy.station_id != self.station.pk)]

    @property
    def previewed(self) -> bool:
        """Whether an editor looks at what is in the form and not yet saved."""
        return getattr(self.request, "is_preview", False)

    @cached_property
    def spines(self) -> list[Spine]:
        """The copies here, one spine each."""
        return [Spine(copy.work, copy) for copy in self.rows if copy.station_id == self.station.pk]

    @property
    def checked_on(self) -> date | None:
        """When the shelf was last looked through."""
        return max((spine.copy.checked_on for spine in self.spines if spine.copy.checked_on), default=None)

    @property
    def lent(self) -> int:
        """How many are on loan."""
        return sum(spine.copy.status == LENT for spine in self.spines)

    @cached_property
    def kept(self) -> list[Kept]:
        """The works here, each once."""
        by_work: dict[int, list[Copy]] = defaultdict(list)
        for spine in self.spines:
            by_work[spine.work.pk].append(spine.copy)
        return [self.kept_of(copies[0].work, copies) for copies in by_work.values()]

    def kept_of(self, work: Holding, copies: list[Copy]) -> Kept:
        """Return how one work stands."""
        here = sum(copy.status == SHELF for copy in copies)
        statuses = frozenset(copy.status for copy in copies)
        if here:
            return Kept(work, here, statuses)
        counted: dict[int, int] = defaultdict(int)
        for copy in self.rows:
            if copy.work_id == work.pk and copy.status == SHELF and copy.station_id != self.station.pk:
                counted[copy.station_id] += 1
        there = [c for c in corners(self.request) if c.station.pk in counted and c.state.name != CLOSED]
        if not there:
            return Kept(work, 0, statuses)
        far = {c.number: metres(self.station, c.station) for c in there}
        best = min(there, key=lambda c: (far[c.number] is None, far[c.number] or 0, c.number))
        away = far[best.number]
        return Kept(work, 0, statuses, best, counted[best.station.pk], "" if away is None else distance(away))

    def titles_at(self, corner: Corner) -> list[Holding]:
        """Return the works that are on the shelf of a corner near."""
        there = (c for c in self.rows if c.station_id == corner.station.pk and c.status == SHELF)
        return list({c.work_id: c.work for c in there}.values())


@dataclass(frozen=True)
class Offer:
    """A corner that has a book: how many copies are on its shelf, of how many, and when somebody looked last."""

    corner: Corner
    here: int
    all: int
    checked_on: date | None

    @property
    def said(self) -> str:
        """How many are there, in words."""
        if self.here:
            return ngettext("在架 %(n)s 册", "在架 %(n)s 册", self.here) % {"n": self.here}
        return _("都借出了")

    @property
    def rank(self) -> tuple[bool, bool, bool, int]:
        """Where it stands among others: what has the book first, then what is open, then by number."""
        state = self.corner.state.name
        return not self.here, state == CLOSED, not self.corner.is_open, self.corner.number


def copies_of(work: Holding, request: HttpRequest) -> dict[int, list[Copy]]:
    """Return the copies of a work by corner, without those lost; no query where they are remembered."""
    if is_remembered(request):
        return remembered("copies", request, lambda: by_work(Copy.objects.all())).get(work.pk, {})
    return by_work(Copy.objects.filter(work=work.pk)).get(work.pk, {}) if work.pk else {}


def by_work(copies: QuerySet[Copy]) -> dict[int, dict[int, list[Copy]]]:
    """Return copies by work, then by corner."""
    found: dict[int, dict[int, list[Copy]]] = defaultdict(lambda: defaultdict(list))
    for copy in copies.exclude(status=LOST):
        found[copy.work_id][copy.station_id].append(copy)
    return {work: dict(there) for work, there in found.items()}


def offers(work: Holding, request: HttpRequest) -> list[Offer]:
    """Return the corners that this visitor may see and that have a work, the likeliest first."""
    rows = copies_of(work, request)
    if not rows:
        return []
    found = [offer(corner, rows[corner.station.pk]) for corner in corners(request) if corner.station.pk in rows]
    return sorted(found, key=lambda one: one.rank)


def offer(corner: Corner, copies: Iterable[Copy]) -> Offer:
    """Return what a corner has of a work."""
    copies = list(copies)
    checked = max((copy.checked_on for copy in copies if copy.checked_on), default=None)
    return Offer(corner, sum(copy.status == SHELF for copy in copies), len(copies), checked)


@dataclass(frozen=True)
class Lending:
    """Where a book can be borrowed: the first few corners, and how many there are."""

    work: Holding
    first: list[Offer]
    count: int


def lending(work: Holding, request: HttpRequest) -> Lending | None:
    """Return where a work can be borrowed; None where no corner has it."""
    found = offers(work, request)
    return Lending(work, found[:THREE], len(found)) if found else None
