"""Where a corner could show a holding: among its copies."""

from chronicle.models import Entry
from cms.models import Shelf
from stations.models import Copy, Station
from tests.surfaces import Case, page_of, path_of

CASES: dict[str, Case] = {}
PAGES = {"a station that has a copy of it": page_of(lambda hidden, neighbour: path_of(Station.objects.get()))}


def prepare(hidden: Entry, neighbour: Entry) -> None:
    """Put a copy of the first into a corner."""
    station = Shelf.objects.get(slug="stations").add_child(instance=Station(title="书角", subdistrict="xujiahui"))
    Copy.objects.create(station=station, work=hidden, barcode="1")
