"""Where a corner could show a holding: among its copies; and a corner that is one itself: in the list, on the map, near to another."""

from django.test import Client

from chronicle.models import Entry
from cms.models import Holding, Shelf
from stations.models import Copy, Station
from tests.surfaces import TITLE, Case, page_of, path_of

NOTHING_OF_OTHERS = "says of a corner only what is its own; one that is hidden has none (tests/stations/test_poster.py)"


def with_the_book(client: Client, hidden: Holding, neighbour: Holding) -> str:
    """Ask for the corners that have it: the list names the book, where a visitor may see it."""
    return page_of(lambda hidden, neighbour: f"/stations/?holds={hidden.uid}")(client, hidden, neighbour)


def told_to_have_it(client: Client, hidden: Holding, neighbour: Holding) -> str:
    """Ask where the corners are that have it; say the title where any is told."""
    told = client.get(f"/stations/whereabouts.json?holds={hidden.uid}").json()["corners"]
    return TITLE if told else ""


CASES: dict[str, Case] = {
    "station_whereabouts": {"the corners that have it, as data": told_to_have_it},
    "station_poster": NOTHING_OF_OTHERS,
}
PAGES = {
    "a station that has a copy of it": page_of(lambda hidden, neighbour: path_of(Station.objects.earliest("pk"))),
    "a station near to one that has a copy of it": page_of(
        lambda hidden, neighbour: path_of(Station.objects.latest("pk"))
    ),
    "the corners that have it": with_the_book,
}


def prepare(hidden: Entry, neighbour: Entry) -> None:
    """Put a copy of the first into a corner that has another beside it."""
    shelf = Shelf.objects.get(slug="stations")
    where = {"subdistrict": "xujiahui", "latitude": "31.19", "longitude": "121.43"}
    station = shelf.add_child(instance=Station(title="书角", **where))
    shelf.add_child(instance=Station(title="近处的书角", **where))
    Copy.objects.create(station=station, work=hidden, barcode="1")
