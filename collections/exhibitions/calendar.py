"""All stays of all exhibitions on one calendar: a row for each venue, a column for each month."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.utils.dateformat import format as formatted

from cms.catalogue.bilingual import in_english
from cms.dates import Span, parse_edtf
from exhibitions.bookings import Booking
from exhibitions.dates import in_words, stay_in_words
from exhibitions.itinerary import days
from search.folding import fold

MONTHS = 12
"""How many are drawn side by side."""


@dataclass(frozen=True)
class Stay:
    """A booking as it is drawn: from which month to which, counted from the first that is drawn; None where nothing is known."""

    booking: Booking
    words: str
    first: int | None
    last: int | None
    is_certain: bool


@dataclass
class Cell:
    """Some months of a row: with a stay, or without."""

    months: int
    stay: Stay | None = None


@dataclass
class Venue:
    """A venue, and its rows: more than one where what is known by month alone falls together."""

    name: str
    place: str
    rows: list[list[Cell]] = field(default_factory=list)
    stays: list[Stay] = field(default_factory=list)


@dataclass(frozen=True)
class Month:
    """A column: its first day, `5月` or `May`, and the year where it has to be said."""

    first: date
    label: str
    year: str


@dataclass(frozen=True)
class Calendar:
    """Months from `first` to `last`, in words; the venues in them, and the stays without a date."""

    first: str
    last: str
    months: list[Month]
    venues: list[Venue]
    undated: list[Stay]
    other_times: int


def month_of(text: str, today: date) -> date:
    """Return the month that an address asks for as `2026-05`; the present one where it asks for none that there is."""
    try:
        year, month = (int(part) for part in text.split("-"))
        return date(year, month, 1)
    except ValueError:
        return today.replace(day=1)


def later(month: date, count: int) -> date:
    """Return the month so many later, or earlier; the first or last that a date can have where there is none such."""
    number = min(max(month.year * 12 + month.month - 1 + count, 12), 9999 * 12 + 11)
    return date(number // 12, number % 12 + 1, 1)


def calendar(bookings: Iterable[Booking], first: date) -> Calendar:
    """Return what is booked from a month on, for a year."""
    venues: dict[tuple[str, int | None], Venue] = {}
    undated, elsewhere = [], 0
    for one in bookings:
        stay = stay_of(one, first)
        if stay.first is None or stay.last is None:
            undated.append(stay)
        elif stay.last < 0 or stay.first >= MONTHS:
            elsewhere += 1
        else:
            key = (fold(one.leg.venue), one.leg.place_id)
            place = one.leg.place.title if one.leg.place else ""
            venues.setdefault(key, Venue(one.leg.venue, place)).stays.append(stay)
    for venue in venues.values():
        venue.rows = rows(venue.stays)
    drawn = sorted(venues.values(), key=lambda venue: (venue.place or venue.name, venue.name))
    months = [later(first, n) for n in range(MONTHS)]
    ends = [in_words(f"{month:%Y-%m}") for month in (months[0], months[-1])]
    return Calendar(ends[0], ends[1], [column(month) for month in months], drawn, undated, elsewhere)


def column(month: date) -> Month:
    """Return a month as it stands above its column; the first of a year, and of the table, says which."""
    label = formatted(month, "M") if in_english() else f"{month.month}月"
    return Month(month, label, str(month.year))


def stay_of(booking: Booking, first: date) -> Stay:
    """Return a booking as it is drawn."""
    opens, closes = end_of(booking.leg.opens), end_of(booking.leg.closes)
    begins, ends = opens.earliest or closes.earliest, closes.latest or opens.latest
    start, end = (number(day, first) if day else None for day in (begins, ends))
    return Stay(booking, stay_in_words(booking.leg), start, end, days(booking.leg) is not None)


def end_of(text: str) -> Span:
    """Return the days of one end; those of a leg that was written before it had to be EDTF are not known."""
    try:
        return parse_edtf(text) if text else Span("", None, None)
    except ValueError:
        return Span("", None, None)


def number(day: int, first: date) -> int:
    """Return in which month a day is, counted from the first."""
    found = date.fromordinal(min(max(day, 1), date.max.toordinal()))
    return (found.year - first.year) * 12 + found.month - first.month


def rows(stays: list[Stay]) -> list[list[Cell]]:
    """Put stays into as few rows as do, none over another, with the months between them."""
    lanes: list[list[Stay]] = []
    for stay in sorted(stays, key=lambda one: (one.first or 0, one.last or 0)):
        lane = next((lane for lane in lanes if (lane[-1].last or 0) < (stay.first or 0)), None)
        if lane is None:
            lanes.append([stay])
        else:
            lane.append(stay)
    return [cells(lane) for lane in lanes]


def cells(lane: list[Stay]) -> list[Cell]:
    """Return the cells of one row, of all months together."""
    found, at = [], 0
    for stay in lane:
        begins, ends = max(stay.first or 0, 0), min(stay.last or 0, MONTHS - 1)
        if begins > at:
            found.append(Cell(begins - at))
        found.append(Cell(ends - begins + 1, stay))
        at = ends + 1
    if at < MONTHS:
        found.append(Cell(MONTHS - at))
    return found
