"""Which days at which venues are taken, by all exhibitions, as published and as drafted."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet, prefetch_related_objects

from exhibitions.itinerary import days
from exhibitions.models.leg import ItineraryLeg
from search.folding import fold

KEPT = ("venue", "opens", "closes", "place")
"""What a version keeps of a leg that matters here."""


@dataclass(frozen=True)
class Booking:
    """A leg, the exhibition that stays there, and whether so far only its draft says so."""

    leg: ItineraryLeg
    exhibition: int
    title: str
    is_draft: bool


def bookings(exhibitions: "QuerySet[Any]") -> list[Booking]:
    """Return the legs of some exhibitions as readers have them, and those of drafts that say otherwise; aliases book nothing."""
    rows = exhibitions.filter(alias_of=None).select_related("latest_revision").prefetch_related("legs")
    found = [one for exhibition in rows for one in booked_by(exhibition)]
    prefetch_related_objects([one.leg for one in found], "place")
    return found


def booked_by(exhibition: Any) -> Iterator[Booking]:
    """Yield the legs of an exhibition, and those of its draft. The draft is read as it is kept: making the page anew asks much."""
    newest = exhibition.latest_revision
    # What was never published has in its tables the legs with which it was made; its draft has those of now.
    known = list(exhibition.legs.all()) if exhibition.live or newest is None else []
    yield from (Booking(leg, exhibition.pk, exhibition.title, not exhibition.live) for leg in known)
    if newest and (exhibition.has_unpublished_changes or not exhibition.live):
        there = {said(leg) for leg in known}
        kept = [{name: row[name] for name in KEPT} for row in newest.content.get("legs", [])]
        drafted = [ItineraryLeg(place_id=row.pop("place"), **row) for row in kept]
        title = newest.content["title"]
        yield from (Booking(leg, exhibition.pk, title, True) for leg in drafted if said(leg) not in there)


def said(leg: ItineraryLeg) -> tuple[str, str, str, int | None]:
    """Return what makes two legs the same booking."""
    return leg.venue, leg.opens, leg.closes, leg.place_id


def taken(legs: Iterable[ItineraryLeg], others: Iterable[Booking]) -> tuple[ItineraryLeg, Booking] | None:
    """Return the first leg at a venue that another exhibition surely has on one of its days, and that booking; else None.

    A leg known by month alone fills no certain day; a house may have several halls, which are venues of their own.
    """
    wanted = [(leg, span) for leg in legs if (span := days(leg))]
    for other in others if wanted else ():
        held = days(other.leg)
        for leg, span in wanted:
            if held and same_venue(leg, other.leg) and span[0] <= held[1] and held[0] <= span[1]:
                return leg, other
    return None


def same_venue(one: ItineraryLeg, other: ItineraryLeg) -> bool:
    """Tell whether two legs are at one venue: called the same, however it is written, and not at two places."""
    places = {one.place_id, other.place_id} - {None}
    return fold(one.venue) == fold(other.venue) and len(places) < 2
