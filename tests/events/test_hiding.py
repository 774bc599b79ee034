"""An event that is hidden, in whichever way, is on no page of the calendar and in no file; nor is a run."""

from collections.abc import Callable

import pytest
from django.test import Client

from cms.models import Relation, Shelf
from events.models import Event
from exhibitions.models import Exhibition
from tests.cms.hiding import HIDING

pytestmark = pytest.mark.django_db
TITLE = "隐现讲座"
ADDRESSES = ("/events/calendar/", "/events/calendar/2026-06/", "/events/calendar.ics", "/events/hidden/event.ics", "/")


def seen(client: Client, *addresses: str) -> list[str]:
    """Return the addresses, in both languages, whose answer has the title."""
    every = [prefix + address for prefix in ("", "/en") for address in addresses]
    answers = [(address, client.get(address)) for address in every]
    assert not [address for address, answer in answers if answer.status_code not in (200, 404)]
    return [address for address, answer in answers if TITLE in answer.content.decode()]


@pytest.mark.parametrize("way", HIDING)
def test_a_hidden_event_is_gone(event: Callable[..., Event], client: Client, friday: None, way: str) -> None:
    made = event(TITLE, "2026-06-13 10:00", slug="hidden")
    assert len(seen(client, *ADDRESSES)) == 2 * len(ADDRESSES)
    HIDING[way](made)
    assert seen(client, *ADDRESSES) == []


@pytest.mark.parametrize("way", HIDING)
def test_a_hidden_run_is_gone(event: Callable[..., Event], client: Client, friday: None, way: str) -> None:
    """From the weeks of the month, from the first page, and from the page of an event that it is tied to."""
    run = Exhibition(title=TITLE, date_text="2026-05-20/2026-07-20")
    Shelf.objects.get(slug="exhibitions").add_child(instance=run)
    made = event("开幕", date_text="2026-05-20", slug="opening")
    Relation.objects.create(holding=made, target=run.holding_ptr, role="about")
    addresses = ("/events/calendar/", "/events/calendar/2026-06/", "/events/opening/", "/")
    assert len(seen(client, *addresses)) == 2 * len(addresses)
    HIDING[way](run)
    assert seen(client, *addresses) == []
