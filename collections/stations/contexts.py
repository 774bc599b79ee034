"""What a corner's page shows beside its fields, and what corners show on the pages of the books that they have."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from cms.models import Holding
from cms.models.visible_page import shown_on
from cms.pages.brought import on_holdings
from stations import listing  # noqa: F401 (says what narrows it)
from stations.corners import Corner, corners, nearest
from stations.lending import Lending, OnShelf, lending
from stations.models import Station

HOLIDAYS_AHEAD = 120
"""Days for which holidays are listed."""
HOLIDAYS = 6
LENT = ("Book",)
"""What can be borrowed, in the words of schema.org."""


@shown_on(Station)
def station(page: Station, request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """Return its opening, its number, the corners near, and what stands on its shelf and theirs."""
    now = timezone.localtime()
    everywhere = corners(request)
    listed = next((c for c in everywhere if c.station.pk == page.pk), None)
    previewed = getattr(request, "is_preview", False) or listed is None
    noted = list(page.special_days.all()) if previewed or listed is None else listed.special_days
    corner = Corner(listed.number if listed else 0, page, noted, now)
    near = nearest(page, everywhere)
    shelf = OnShelf(page, request, near)
    return {
        "corner": corner,
        "week": corner.schedule.week(now.date()),
        "holidays": corner.schedule.coming(now.date(), HOLIDAYS_AHEAD)[:HOLIDAYS],
        "near": [(one, shelf.titles_at(one.corner)) for one in near],
        "shelf": shelf,
        "count": len(everywhere),
    }


@on_holdings("stations/parts/lending.html", by_the_minute=True)
def where_to_borrow(page: Holding, request: HttpRequest) -> Lending | None:
    """Return the corners that have a book; what is no book is not looked for."""
    return lending(page, request) if page.schema_type in LENT else None
