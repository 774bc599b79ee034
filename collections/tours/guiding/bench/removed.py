"""The stops that were taken out of a tour: kept with all that is theirs, listed, put back."""

from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from cms.models import Holding
from cms.visibility import visible
from tours.guiding.access import GuideRequest
from tours.models import Script, Stop, Tour


def removed(tour: Tour) -> QuerySet[Stop]:
    """Return the stops that were taken out of a tour and not put back, the latest first."""
    return Stop.objects.filter(removed_from=tour, tour=None).order_by("-removed_at", "sort_order")


def listed(tour: Tour, request: GuideRequest) -> list[dict[str, Any]]:
    """Return those stops as the page lists them: what stood there, as far as it may be seen, and whether there is a script."""
    mine = Script.objects.filter(stop=OuterRef("pk"), owner=request.user)
    stops = list(removed(tour).annotate(scripted=Exists(mine)))
    ids = {pk for stop in stops for pk in (stop.holding_id, stop.story_id) if pk}
    seen = visible(Holding.objects.filter(pk__in=ids), request).in_bulk()
    return [{"stop": s, "thing": seen.get(s.holding_id) or seen.get(s.story_id), "scripted": s.scripted} for s in stops]


def put_back(stop: Stop, tour: Tour, stops: list[Stop]) -> None:
    """Put a stop back into a tour and into the list of its stops; the next stop's walk is its own again."""
    following = next((one for one in stops if one.pk == stop.walked_on_to_id), None)
    if following and following.walk == Stop.Walk.OWN:
        following.walking = max(following.walking - stop.walking, Decimal(0))
    place = place_of(stop, tour)
    stop.tour = tour
    stop.save()
    stops.insert(min(place, len(stops)), stop)


def place_of(stop: Stop, tour: Tour) -> int:
    """Return where a stop belongs now, and tell those that were taken out after it and are still out that it is back."""
    place = stop.sort_order
    for later in removed(tour).filter(removed_at__gt=stop.removed_at).order_by("removed_at"):
        if later.sort_order < place:
            place -= 1
        else:
            Stop.objects.filter(pk=later.pk).update(sort_order=later.sort_order + 1)
    return place


def take_out(gone: list[Stop], stops: list[Stop]) -> None:
    """Take some of a tour's stops out of it, the last first: put back in turn, each finds its place again."""
    for stop in reversed(gone):
        Stop.objects.filter(pk=stop.pk).update(sort_order=stops.index(stop), walked_on_to=stop.walked_on_to)
        stop.delete()
