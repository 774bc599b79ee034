"""The shelf of corners: filtered and paged, all in the address; the map beside it shows them all."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.http import HttpRequest
from django.utils.translation import gettext as _

from cms.catalogue.districts import SUBDISTRICTS
from cms.models import Holding
from cms.models.former_number import numbered
from cms.models.uid import uid_in
from cms.pages.narrowing import narrows
from cms.pages.pagination import page_number
from cms.visibility import visible
from stations.corners import Corner, corners
from stations.lending import LENT, REPAIR, SHELF, offers
from stations.models import Copy

PER_PAGE = 60
TICKS = narrows("open", "weekend", "children", "wheelchair")
narrows("q", "subdistrict", "holds")
MINI = {SHELF: "have", LENT: "lent", REPAIR: "mend"}


@dataclass(frozen=True)
class Tick:
    """One thing that can be ticked."""

    name: str
    label: str
    on: bool


@dataclass(frozen=True)
class Row:
    """A corner in the list: whether its sub-district begins with it, and what stands on its shelf."""

    corner: Corner
    heads: bool
    copies: list[str]

    @property
    def there(self) -> int:
        """How many copies are on the shelf."""
        return self.copies.count("have")


class Corners:
    """Read from templates as `corners`; the parameters are `q`, `subdistrict`, `holds`, those of TICKS, and `page`."""

    def __init__(self, request: HttpRequest) -> None:
        self.request, asked = request, request.GET
        self.words = asked.get("q", "").strip()[:60]
        self.subdistrict = asked.get("subdistrict", "")[:40]
        self.holds = uid_in(asked.get("holds", "")[:60]) or ""
        self.ticked = [name for name in TICKS if asked.get(name)]

    @cached_property
    def all(self) -> list[Corner]:
        """All that this visitor may see, by number."""
        return corners(self.request)

    @cached_property
    def open_now(self) -> int:
        """How many are open at this minute."""
        return sum(corner.is_open for corner in self.all)

    @cached_property
    def work(self) -> Holding | None:
        """The book that the corners are asked to have, where there is one that this visitor may see."""
        if not self.holds:
            return None
        return numbered(visible(Holding.objects.all(), self.request), self.holds)

    @cached_property
    def having(self) -> set[int] | None:
        """The numbers of the corners that have the book; None where none is asked for."""
        if not self.holds:
            return None
        return {offer.corner.number for offer in offers(self.work, self.request)} if self.work else set()

    def fits(self, corner: Corner) -> bool:
        """Tell whether a corner is among those asked for."""
        station = corner.station
        checks = {
            "open": lambda: corner.is_open,
            "weekend": lambda: corner.schedule.at_weekends(corner.now.date()),
            "children": lambda: station.children,
            "wheelchair": lambda: station.wheelchair,
        }
        return (
            (not self.subdistrict or station.subdistrict == self.subdistrict)
            and (self.having is None or corner.number in self.having)
            and all(checks[name]() for name in self.ticked)
            and self.words.casefold() in said_of(corner)
        )

    @cached_property
    def found(self) -> list[Corner]:
        """Those asked for, by number."""
        return [corner for corner in self.all if self.fits(corner)]

    @cached_property
    def page(self) -> Page[Corner]:
        """The page that the address asks for; odd numbers become the nearest page."""
        return Paginator(self.found, PER_PAGE).get_page(page_number(self.request.GET.get("page", "")))

    @cached_property
    def rows(self) -> list[Row]:
        """The corners of this page, with their copies; two queries."""
        listed = list(self.page)
        copies = Copy.objects.filter(station__in=[corner.station.pk for corner in listed], status__in=MINI)
        kept = list(copies.order_by("sort_order", "pk").values_list("station", "work", "status"))
        works = {work for _station, work, _status in kept}
        seen = set(visible(Holding.objects.filter(pk__in=works), self.request).values_list("pk", flat=True))
        shelves: dict[int, list[str]] = defaultdict(list)
        for station, work, status in kept:
            if work in seen:
                shelves[station].append(MINI[Copy.Status(status)])
        before, rows = "", []
        for corner in listed:
            rows.append(Row(corner, corner.station.subdistrict != before, shelves[corner.station.pk]))
            before = corner.station.subdistrict
        return rows

    @cached_property
    def listed(self) -> set[int]:
        """The numbers on this page."""
        return {corner.number for corner in self.page}

    @property
    def ticks(self) -> list[Tick]:
        """What can be ticked."""
        labels = (_("现在开着"), _("周末开"), _("有儿童座"), _("轮椅可达"))
        return [Tick(name, label, name in self.ticked) for name, label in zip(TICKS, labels, strict=True)]

    @property
    def subdistricts(self) -> list[tuple[str, str, int, bool]]:
        """The sub-districts that have corners: key, name, how many, whether chosen."""
        counted: dict[str, int] = defaultdict(int)
        for corner in self.all:
            counted[corner.station.subdistrict] += 1
        return [(key, str(name), counted[key], key == self.subdistrict) for key, name in SUBDISTRICTS if key in counted]

    @property
    def is_filtered(self) -> bool:
        """Whether the address narrows the list."""
        return bool(self.words or self.subdistrict or self.holds or self.ticked)

    def url(self, page: int) -> str:
        """Return the address of a page of this list."""
        kept = {"q": self.words, "subdistrict": self.subdistrict, "holds": self.holds}
        kept |= dict.fromkeys(self.ticked, "1")
        asked = {name: value for name, value in kept.items() if value} | ({"page": str(page)} if page > 1 else {})
        return f"?{urlencode(asked)}"

    @property
    def links(self) -> dict[str, str]:
        """The addresses of the page before and after this one."""
        page, links = self.page, {}
        if page.has_previous():
            links["previous"] = self.url(page.previous_page_number())
        if page.has_next():
            links["next"] = self.url(page.next_page_number())
        return links


def said_of(corner: Corner) -> str:
    """Return what a corner is looked for by, in small letters."""
    station = corner.station
    parts = (station.title, station.title_en, station.address, station.address_en, station.get_subdistrict_display())
    return "\n".join(map(str, (*parts, station.uid))).casefold()
