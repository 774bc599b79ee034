"""Where an exhibition could show a holding: as the place of a leg, and among what it is tied to."""

from chronicle.models import Entry
from cms.models import Relation, Shelf
from exhibitions.models import Exhibition, ItineraryLeg
from tests.surfaces import Case, page_of, path_of

CASES: dict[str, Case] = {
    "exhibition_labels": "shows exhibits of the exhibition alone, each asked for by visible() (tests/exhibitions/test_labels.py)"
}
PAGES = {"an exhibition that stands at it": page_of(lambda hidden, neighbour: path_of(Exhibition.objects.get()))}


def prepare(hidden: Entry, neighbour: Entry) -> None:
    """Let an exhibition stand and stop at the first."""
    legs = [ItineraryLeg(venue="一站", place=hidden, opens="2026-05", sort_order=0)]
    show = Shelf.objects.get(slug="exhibitions").add_child(instance=Exhibition(title="展", legs=legs))
    Relation.objects.create(holding=show, target=hidden, role="at")
