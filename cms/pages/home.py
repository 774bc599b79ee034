"""What the home page shows: the leaves, the leaf of the day, the collections, the route of what travels."""

from django.http import HttpRequest
from django.utils import timezone

from cms.catalogue.prose import plain_paragraphs
from cms.models import Holding, Shelf
from cms.models.kinds import kind_named
from cms.pages.related import with_pictures
from cms.visibility import visible

LEAVES = 9


def front(request: HttpRequest) -> dict:
    """Return the variables of the home page."""
    featured = with_pictures(visible(Holding.objects.filter(featured__isnull=False), request))
    leaves = list(featured.order_by("featured", "path")[:LEAVES])
    shelves = list(visible(Shelf.objects.in_menu(), request).order_by("path"))
    return {
        "leaves": leaves,
        **leaf_of_the_day(leaves),
        "shelves": shelves,
        "travelling": travelling(request),
        "book": newest(request, "book"),
    }


def leaf_of_the_day(leaves: list[Holding]) -> dict:
    """Return the leaf whose turn it is today, with the beginning of its text in both languages."""
    if not leaves:
        return {}
    leaf = leaves[timezone.localdate().toordinal() % len(leaves)].specific
    begins = {
        f"leaf_{name}": next(iter(plain_paragraphs(getattr(leaf, field, "") if leaf.shows_body else "")), "")
        for name, field in (("zh", "body"), ("en", "body_en"))
    }
    return {"leaf_of_the_day": leaf, **begins}


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
