"""The way of a travelling exhibition: where it was, is and goes, as far as its legs tell on a day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from cms.dates import Span, parse_edtf
from cms.models import Holding
from exhibitions.dates import in_words
from exhibitions.models import ItineraryLeg
from exhibitions.opening import day

FRESH = timedelta(days=31)
"""How long it is believed that something stands where it was last seen, where nobody says until when."""


class When(StrEnum):
    """What a leg is on a day. `lately` is now for all that is known, which is a while ago."""

    PAST = "past"
    NOW = "now"
    LATELY = "lately"
    COMING = "coming"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Stay:
    """A leg on a day; `place` is its place in the library where this visitor may see it."""

    leg: ItineraryLeg
    number: int
    when: When
    place: Holding | None

    @property
    def opens(self) -> str:
        """When it began, in words; empty where nobody says."""
        return in_words(self.leg.opens)

    @property
    def closes(self) -> str:
        """When it ends, in words."""
        return in_words(self.leg.closes)

    @property
    def here(self) -> bool:
        """Whether it stands here, for all that is known."""
        return self.when in (When.NOW, When.LATELY)


@dataclass(frozen=True)
class Route:
    """All stays in their order."""

    stays: list[Stay]

    @property
    def here(self) -> Stay | None:
        """Where it is."""
        return next((stay for stay in self.stays if stay.here), None)

    @property
    def coming(self) -> Stay | None:
        """Where it goes next."""
        return next((stay for stay in self.stays if stay.when == When.COMING), None)

    @property
    def over(self) -> bool:
        """Whether all of it is past."""
        return all(stay.when == When.PAST for stay in self.stays)


def span(text: str) -> Span:
    """Return the days of one end of a leg; nothing for none, and for what is no EDTF."""
    try:
        return parse_edtf(text) if text else Span("", None, None)
    except ValueError:
        return Span("", None, None)


def route(legs: Sequence[ItineraryLeg], today: date, places: Mapping[int, Holding] | None = None) -> Route:
    """Say of each leg what it is on a day; `places` are those that this visitor may see, by id."""
    now, seen = today.toordinal(), places or {}
    opens, closes = [span(leg.opens) for leg in legs], [span(leg.closes) for leg in legs]
    begun = [at for at, one in enumerate(opens) if one.latest is not None and one.latest <= now]
    whens = [when(at, opens, closes, begun, now) for at in range(len(legs))]
    # It can be in one place alone: of two that seem to go on, the later is meant.
    here = [at for at, one in enumerate(whens) if one is When.NOW]
    for at in here[:-1]:
        whens[at] = When.PAST
    for at in here[-1:]:
        whens[at] = sure(legs[at], opens[at], closes[at], today)
    return Route([
        Stay(leg, at + 1, whens[at], seen.get(leg.place_id or 0)) for at, leg in enumerate(legs)
    ])  # fmt: skip


def when(at: int, opens: list[Span], closes: list[Span], begun: list[int], now: int) -> When:
    """Say what one leg is: by its own days, and where it has none, by those of its neighbours."""
    first, last = opens[at], closes[at]
    if last.latest is not None and last.latest < now:
        return When.PAST
    if first.latest is not None and first.latest > now:
        return When.COMING
    if any(later > at for later in begun):
        return When.PAST
    if first.latest is not None:
        return When.NOW
    if any(opens[before].latest is not None for before in range(at)):
        return When.COMING
    return When.UNKNOWN


def sure(leg: ItineraryLeg, opens: Span, closes: Span, today: date) -> When:
    """Say whether it is known that it stands here still: its end is to come, or it was seen here not long ago."""
    if closes.earliest is not None:
        return When.NOW if closes.earliest >= today.toordinal() else When.LATELY
    seen = [one for one in (day(opens.latest), leg.confirmed_on) if one]
    return When.NOW if seen and today - max(seen) <= FRESH else When.LATELY
