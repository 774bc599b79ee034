"""Where postcards could show a holding."""

from chronicle.models import Entry
from cms.models import Shelf
from postcards.models import Postcard
from tests.surfaces import Case, page_of, path_of

CASES: dict[str, Case] = {
    "newest_postcard": "leads to a card that the visitor may see (tests/postcards/test_postcards.py)"
}
PAGES = {"a card that it sent": page_of(lambda hidden, neighbour: path_of(Postcard.objects.get()))}


def prepare(hidden: Entry, neighbour: Entry) -> None:
    """Put up a card that the first sent."""
    Shelf.objects.get(slug="postcards").add_child(instance=Postcard(title="一张明信片", sender=hidden.holding_ptr))
