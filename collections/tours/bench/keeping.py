"""Changing a tour: its rows and the revision that the admin's editor opens are never at odds."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib.auth.models import User
from django.db import transaction

from tours.models import Stop, Tour

MOST_STOPS = 200


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
    revision = fresh.save_revision(user=user, clean=False, changed=not fresh.live)
    if fresh.live:
        revision.publish(user=user, skip_permission_checks=True)


def stops_of(tour: Tour) -> list[Stop]:
    """Return the stops in their order, read anew."""
    return list(Stop.objects.filter(tour=tour).order_by("sort_order", "pk"))


def put_in_order(stops: list[Stop]) -> None:
    """Number stops in the order given, from 0."""
    for number, stop in enumerate(stops):
        stop.sort_order = number
    Stop.objects.bulk_update(stops, ["sort_order"])
