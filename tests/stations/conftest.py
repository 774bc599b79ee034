"""Corners for tests."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.utils import translation

from cms.models import Shelf
from picturebooks.models import Book
from stations.models import Copy, Station


@pytest.fixture(autouse=True)
def chinese() -> Iterator[None]:
    """Start in Chinese; a request for an English page leaves English behind in the thread."""
    with translation.override("zh-hans"):
        yield


@pytest.fixture
def corner(db: None) -> Callable[..., Station]:
    """Return a function that puts up a corner, open from nine to five on working days unless it says otherwise."""

    def put(title: str = "书角", **fields: Any) -> Station:
        given = {"subdistrict": "xujiahui", "opening_hours": "Mo-Fr 09:00-17:00", **fields}
        return Shelf.objects.get(slug=Station.shelf.slug).add_child(instance=Station(title=title, **given))

    return put


@pytest.fixture
def book(db: None) -> Callable[..., Book]:
    """Return a function that publishes a book, with copies at some corners, each with a status."""

    def put(title: str, *copies: tuple[Station, str], **fields: Any) -> Book:
        made = Shelf.objects.get(slug=Book.shelf.slug).add_child(instance=Book(title=title, **fields))
        for number, (station, status) in enumerate(copies):
            barcode = f"{made.uid}-{number}"
            Copy.objects.create(station=station, work=made, barcode=barcode, status=status, checked_on="2026-11-02")
        return made

    return put
