"""Changing a tour: its rows and the revision that the admin's editor opens are never at odds."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from wagtail.models import Revision

from tours.guiding import walks
from tours.models import Stop, Tour

MOST_STOPS = 200
ONE_SITTING = timedelta(minutes=15)
"""While a guide goes on changing a private tour, these small acts are one revision."""


@contextmanager
def changing(tour: Tour, user: User) -> Iterator[Tour]:
    """Yield the tour, locked against others, to be changed; all of it is kept together, or nothing where it fails."""
    with transaction.atomic():
        locked = Tour.objects.select_for_update().get(pk=tour.pk)
        yield locked
        keep(locked, user)


def keep(tour: Tour, user: User) -> None:
    """Record what the rows say now as a revision, and publish that where visitors see the tour already."""
    # A guide may do this with a tour of theirs alone, and has no rights on pages that Wagtail could ask for.
    fresh = Tour.objects.get(pk=tour.pk)
    same = None if fresh.live else of_this_sitting(fresh, user)
    revision = fresh.save_revision(user=user, clean=False, changed=not fresh.live, overwrite_revision=same)
    if fresh.live:
        revision.publish(user=user, skip_permission_checks=True)


def of_this_sitting(tour: Tour, user: User) -> Revision | None:
    """Return the latest revision when this guide made it just now and nothing else rests on it."""
    latest = tour.latest_revision
    if latest is None or latest.user_id != user.pk or latest.approved_go_live_at:
        return None
    if latest.task_states.exists() or latest.pk == tour.live_revision_id:
        return None
    return latest if timezone.now() - latest.created_at < ONE_SITTING else None


def stops_of(tour: Tour) -> list[Stop]:
    """Return the stops in their order, read anew."""
    return list(Stop.objects.filter(tour=tour).order_by("sort_order", "pk"))


def put_in_order(stops: list[Stop]) -> None:
    """Number stops in the order given, from 0, with the walks between them as they are now."""
    walks.estimate(stops)
    renumber(stops)


def renumber(stops: list[Stop]) -> None:
    """Number stops in the order given, from 0, and keep the walk that each has."""
    for place, stop in enumerate(stops):
        stop.sort_order = place
    Stop.objects.bulk_update(stops, ["sort_order", "walking", "estimate", "measured"])
