"""What a corner's page says of its hours: open at this minute by the library's clock, the week in words, closed when ticked."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import translation

from cms.models import Shelf
from stations.hours import parse_hours
from stations.models import Station
from stations.templatetags.stations import hours, is_open


@pytest.fixture(autouse=True)
def chinese() -> Iterator[None]:
    """Start in Chinese; a request for an English page leaves English behind in the thread."""
    with translation.override("zh-hans"):
        yield


@pytest.fixture
def corner(db: None) -> Station:
    """A corner that is open from nine to five on working days."""
    shelf = Shelf.objects.get(slug=Station.shelf.slug)
    return shelf.add_child(
        instance=Station(title="书角", slug="corner", subdistrict="xujiahui", opening_hours="Mo-Fr 09:00-17:00")
    )


@pytest.mark.parametrize(
    ("moment", "opened"),
    [
        ("2026-11-23 00:59:59", False),
        ("2026-11-23 01:00:00", True),
        ("2026-11-23 08:59:59", True),
        ("2026-11-23 09:00:00", False),
        ("2026-11-22 23:30:00", False),
        ("2026-11-27 17:00:00", False),
    ],
)
def test_it_is_open_by_the_clock_of_the_library(client: Client, corner: Station, moment: str, opened: bool) -> None:
    """Moments of UTC: nine in Shanghai is one o'clock; on its page and on the shelf, to the minute."""
    with time_machine.travel(datetime.fromisoformat(moment).replace(tzinfo=UTC), tick=False):
        assert is_open(corner) is opened
        for address in (corner.url, "/stations/"):
            assert ("open-now" in client.get(address).content.decode()) is opened, address


def test_what_is_closed_is_never_open(client: Client, corner: Station) -> None:
    """Ticked by a librarian: whatever its hours say."""
    Station.objects.filter(pk=corner.pk).update(closed=True)
    corner.refresh_from_db()
    with time_machine.travel(datetime(2026, 11, 23, 4, tzinfo=UTC), tick=False):
        assert not is_open(corner)
        page = client.get(corner.url).content.decode()
    assert "暂时闭馆" in page
    assert "现在" not in page


@pytest.mark.parametrize(
    ("typed", "rows", "english"),
    [
        ("Mo-Fr 09:00-17:00", [("周一至周五", "09:00–17:00")], [("Mon–Fri", "09:00–17:00")]),
        ("Sa,Su 10:00-12:00,13:00-16:00", [("周六、周日", "10:00–12:00, 13:00–16:00")], [("Sat, Sun", "10:00–12:00, 13:00–16:00")]),
        ("Mo-Tu 09:00-17:00", [("周一、周二", "09:00–17:00")], [("Mon, Tue", "09:00–17:00")]),
        ("Mo,We,Fr 09:00-17:00", [("周一、周三、周五", "09:00–17:00")], [("Mon, Wed, Fri", "09:00–17:00")]),
        ("Sa-Mo 09:00-17:00", [("周六、周日、周一", "09:00–17:00")], [("Sat, Sun, Mon", "09:00–17:00")]),
        ("Mo-Sa 09:00-17:00；Su off", [("周一至周六", "09:00–17:00"), ("周日", "闭门")], [("Mon–Sat", "09:00–17:00"), ("Sun", "Closed")]),
    ],
)  # fmt: skip
def test_the_week_in_words(db: None, typed: str, rows: list, english: list) -> None:
    """A row of days is named by its ends where none is left out; a full-width semicolon parts rules too."""
    station = Station(opening_hours=typed)
    assert hours(station) == rows
    with translation.override("en"):
        assert hours(station) == english


def test_hours_without_length_are_none() -> None:
    """What closes as it opens is never open; it is a slip of the pen."""
    with pytest.raises(ValueError, match="ends before it starts"):
        parse_hours("Mo 09:00-09:00")


@pytest.mark.parametrize("typed", ["Mo 9-17", "天天开", "Mo 17:00-09:00"])
def test_the_form_says_how_hours_are_written(db: None, typed: str) -> None:
    with pytest.raises(ValidationError, match="Mo-Fr 09:00-18:00"):
        Station(title="书角", opening_hours=typed, subdistrict="xujiahui").clean()


def test_of_hours_that_nobody_wrote_nothing_is_said(client: Client, corner: Station) -> None:
    """Not known is not closed."""
    Station.objects.filter(pk=corner.pk).update(opening_hours="")
    for address in (corner.url, "/stations/"):
        page = client.get(address).content.decode()
        assert "现在不开放" not in page
        assert "open-now" not in page
