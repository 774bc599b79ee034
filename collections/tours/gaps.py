"""Filling a gap: when an exhibit is gone, one of the same section stands in."""

from django.http import HttpRequest

from cms.models import Holding, Relation
from cms.visibility import visible
from tours.models import Stop, Story

OFFERED = 3


def substitutes(stop: Stop, request: HttpRequest) -> list[Holding]:
    """Return up to three holdings of the section in which the stop's holding stood, those with a story first.

    What the tour shows already is not offered again.
    """
    if stop.section_id is None:
        return []
    taken = Stop.objects.filter(tour=stop.tour_id, holding__isnull=False).values("holding")
    section = stop.section
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
