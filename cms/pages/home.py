"""What the home page shows: what is true now, the leaves, the leaf of the day, the collections, and what kinds put there."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count
from django.http import HttpRequest
from django.utils import timezone

from cms.catalogue.prose import plain_paragraphs
from cms.models import Holding, Shelf
from cms.models.kinds import kinds
from cms.pages.related import with_pictures
from cms.pages.remembering import remembered
from cms.visibility import visible

LEAVES = 9
Read = Callable[[HttpRequest], Any]
_parts: dict[str, Read] = {}
MOMENTS = 3
"""Things that are true now; more would be news."""


@dataclass(frozen=True)
class Part:
    """A part of the page that a kind brings: its template, and what that finds as `part`."""

    template: str
    shown: Any


@dataclass(frozen=True)
class Moment:
    """What is true of a holding at this minute, in words: that it opens tomorrow, that it can still be seen."""

    words: str
    holding: Holding


Tell = Callable[[HttpRequest], Iterable[Moment]]
_tellers: list[Tell] = []


def true_now(tell: Tell) -> Tell:
    """Say under the skyline what is true now, from a kind's `contexts.py`: a function of the request that yields moments.

    It asks `visible()` itself, and yields none where nothing is on.
    """
    _tellers.append(tell)
    return tell


def on_front(template: str) -> Callable[[Read], Read]:
    """Put a part on the front page, from a kind's `contexts.py`: a function of the request, and a template for what it returns.

    Where it returns None, there is nothing to show today. It asks `visible()` itself.
    """

    def put(read: Read) -> Read:
        _parts[template] = read
        return read

    return put


def front(request: HttpRequest) -> dict[str, Any]:
    """Return the variables of the home page."""
    featured = with_pictures(visible(Holding.objects.filter(featured__isnull=False), request))
    leaves = list(featured.order_by("featured", "path")[:LEAVES])
    moments = [moment for tell in _tellers for moment in tell(request)]
    return {
        "leaves": leaves,
        **leaf_of_the_day(leaves),
        "shelves": remembered("volumes", request, lambda: volumes(request)),
        "parts": parts(request),
        "true_now": moments[:MOMENTS],
        "counts": remembered("counts", request, lambda: counts(request)),
    }


def leaf_of_the_day(leaves: list[Holding]) -> dict[str, Any]:
    """Return the leaf whose turn it is today, with the beginning of its text in both languages."""
    if not leaves:
        return {}
    leaf = leaves[timezone.localdate().toordinal() % len(leaves)].specific
    begins = {
        f"leaf_{name}": next(iter(plain_paragraphs(getattr(leaf, field, "") if leaf.shows_body else "")), "")
        for name, field in (("zh", "body"), ("en", "body_en"))
    }
    return {"leaf_of_the_day": leaf, **begins}


def volumes(request: HttpRequest) -> list[Shelf]:
    """Return the shelves in the menu, each with a `board`: the newest cover of a kind whose covers lie on it, or nothing."""
    shelves = list(visible(Shelf.objects.in_menu(), request).order_by("path"))
    covered = {kind.shelf.slug: kind for kind in kinds() if kind.shelf and kind.covers_its_shelf}
    for shelf in shelves:
        shelf.board = newest(covered[shelf.slug], request) if shelf.slug in covered else None
    return shelves


def counts(request: HttpRequest) -> dict[str, int]:
    """Return how many holdings this visitor may see of the kinds on each shelf, by its slug."""
    types = ContentType.objects.get_for_models(*(kind for kind in kinds() if kind.shelf))
    seen = visible(Holding.objects.all(), request).order_by()
    found = dict(seen.values_list("content_type").annotate(n=Count("pk")))
    by_shelf: Counter[str] = Counter()
    for kind, type_of_it in types.items():
        if issubclass(kind, Holding) and kind.shelf:
            by_shelf[kind.shelf.slug] += found.get(type_of_it.pk, 0)
    return by_shelf


def newest(kind: type[Holding], request: HttpRequest) -> Holding | None:
    """Return the newest of a kind that has a picture."""
    rows = visible(kind.objects.filter(cover__isnull=False), request).order_by("-date_earliest", "pk")
    return with_pictures(rows).first()


def parts(request: HttpRequest) -> list[Part]:
    """Return what kinds put on the page, the order of their apps."""
    return [Part(template, shown) for template, read in _parts.items() if (shown := read(request)) is not None]
