"""What the home page shows: the leaves, the leaf of the day, the collections, the route of what travels."""

from django.http import HttpRequest
from django.utils import timezone

from cms.kinds import kind_named
from cms.models import Holding, Shelf
from cms.surroundings import with_pictures
from cms.visibility import visible

LEAVES = 9


def front(request: HttpRequest) -> dict:
    """Return the variables of the home page."""
    featured = with_pictures(visible(Holding.objects.filter(featured__isnull=False), request))
    leaves = list(featured.order_by("featured", "path")[:LEAVES])
    shelves = list(visible(Shelf.objects.in_menu(), request).order_by("path"))
    return {
        "leaves": leaves,
        "leaf_of_the_day": leaves[timezone.localdate().toordinal() % len(leaves)] if leaves else None,
        "shelves": shelves,
        "travelling": travelling(request),
        "book": newest(request, "book"),
        "exhibition": newest(request, "exhibition"),
    }


def travelling(request: HttpRequest) -> Holding | None:
    """Return the exhibition that is on the road, where there is one."""
    kind = kind_named("exhibition")
    if kind is None:
        return None
    rows = visible(kind.objects.filter(legs__isnull=False).distinct(), request)
    return rows.prefetch_related("legs").order_by("-date_earliest", "pk").first()


def newest(request: HttpRequest, kind_name: str) -> Holding | None:
    """Return the newest of a kind that has a picture, for its volume on the shelf."""
    kind = kind_named(kind_name)
    if kind is None:
        return None
    rows = visible(kind.objects.filter(cover__isnull=False), request).order_by("-date_earliest", "pk")
    return with_pictures(rows).first()
