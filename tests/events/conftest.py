"""Events made for their tests, on a day that stands still."""

from collections.abc import Callable, Iterator
from datetime import datetime

import pytest
import time_machine
from django.utils import timezone, translation

from cms.models import Shelf
from events.models import Event

FRIDAY = datetime(2026, 6, 12, 10, 42)
"""The day on which the pages were drawn, by the library's clock."""


@pytest.fixture(autouse=True)
def chinese() -> Iterator[None]:
    """Start every test in Chinese; a request for an English page leaves English behind in the thread."""
    with translation.override("zh-hans"):
        yield


@pytest.fixture
def friday() -> Iterator[None]:
    """Let it be 12 June 2026, 10:42."""
    with time_machine.travel(at(FRIDAY), tick=False):
        yield


def at(moment: datetime) -> datetime:
    """Return a moment by the library's clock."""
    return timezone.make_aware(moment)


@pytest.fixture
def event(db: None) -> Callable[..., Event]:
    """Return a function that puts up an event; `starts` and `ends` are written as tables write them."""

    def make(title: str, starts: str = "", ends: str = "", **fields: object) -> Event:
        moments = {
            name: at(datetime.fromisoformat(text)) for name, text in (("starts", starts), ("ends", ends)) if text
        }
        made = Event(title=title, **moments, **fields)
        return Shelf.objects.get(slug="events").add_child(instance=made)

    return make
