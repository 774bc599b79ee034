"""Filling a gap: when an exhibit is gone, one of the same section stands in."""

from collections import Counter
from collections.abc import Container

from django.http import HttpRequest

from cms.models import Holding, Relation
from cms.visibility import visible
from tours.models import Stop, Story, Tour

OFFERED = 3


def substitutes(stop: Stop, request: HttpRequest) -> list[Holding]:
    """Return up to three holdings of the section in which the stop's holding stood, those with a story first.

    What the tour shows already is not offered again.
    """
    section = stop.section
    if section is None:
        return []
    taken = Stop.objects.filter(tour=stop.tour_id, holding__isnull=False).values("holding")
    beside = Holding.objects.filter(path__startswith=section.path, depth=section.depth + 1).exclude(pk__in=taken)
    rows = list(visible(beside, request).select_related("cover").order_by("path"))
    told = set(story_of(rows, request))
    return sorted(rows, key=lambda holding: holding.pk not in told)[:OFFERED]


def story_of(holdings: list[Holding], request: HttpRequest) -> dict[int, Story]:
    """Return for each holding the first story that tells of it, by the holding's id."""
    stories = visible(Story.objects.all(), request).in_bulk(
        Relation.objects.filter(target__in=holdings, holding__story__isnull=False).values_list("holding", flat=True)
    )
    ties = Relation.objects.filter(target__in=holdings, holding__in=stories).order_by("holding", "sort_order", "pk")
    found: dict[int, Story] = {}
    for tie in ties:
        found.setdefault(tie.target_id, stories[tie.holding_id])
    return found


def with_gaps(tours: list[Tour], request: HttpRequest) -> list[Tour]:
    """Give each tour the number of its stops that lost their exhibit or story, as `gaps`; two queries for any number."""
    stops = list(Stop.objects.filter(tour__in=tours))
    ids = {pk for stop in stops for pk in (stop.holding_id, stop.story_id) if pk}
    seen = set(visible(Holding.objects.filter(pk__in=ids), request).values_list("pk", flat=True))
    lost = Counter(stop.tour_id for stop in stops if is_gap(stop, seen))
    for tour in tours:
        tour.gaps = lost[tour.pk]
    return tours


def is_gap(stop: Stop, seen: Container[int]) -> bool:
    """Say whether a stop lost its exhibit or its story: deleted, or not among those `seen`."""
    # Where a holding stood is known, and it does not: it was deleted.
    deleted = stop.holding_id is None and (stop.section_id is not None or stop.story_id is None)
    return deleted or any(pk is not None and pk not in seen for pk in (stop.holding_id, stop.story_id))
