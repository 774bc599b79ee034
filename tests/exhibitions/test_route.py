"""Where a travelling exhibition is: past, now, lately or to come, as far as its legs tell on a day."""

from datetime import date, datetime

import pytest
import time_machine
from django.test import Client
from django.utils import translation

from authorities.models import Place
from cms.models import Shelf
from exhibitions.models import Exhibition, ItineraryLeg
from exhibitions.route import route

TODAY = date(2026, 6, 12)
Days = tuple[str, str]


@pytest.mark.parametrize(
    ("legs", "whens"),
    [
        ([("", ""), ("", ""), ("2026-05", "")], ["past", "past", "now"]),
        ([("", ""), ("", ""), ("2026-04", "")], ["past", "past", "lately"]),
        ([("2026-05-01", "2026-05-31"), ("2026-06-01", "2026-06-30"), ("2026-07", "")], ["past", "now", "coming"]),
        ([("2026-06-12", "2026-06-12")], ["now"]),
        ([("2026-06-11", "2026-06-11"), ("2026-06-13", "")], ["past", "coming"]),
        ([("2026-05-01", ""), ("2026-06-01", "")], ["past", "now"]),
        ([("2026-05-01", "2026-06")], ["lately"]),
        ([("2026-06", "")], ["coming"]),
        ([("2026-06-01", ""), ("", "")], ["now", "coming"]),
        ([("", ""), ("2026-07-01", "")], ["unknown", "coming"]),
        ([("", ""), ("", "")], ["unknown", "unknown"]),
        ([("2026-05-01", ".."), ("", "2026-01")], ["lately", "past"]),
        ([("no date", "2026-05")], ["past"]),
        ([], []),
    ],
)
def test_what_each_leg_is(legs: list[Days], whens: list[str]) -> None:
    """One without an end is now until a later begins; a month that is not over has surely begun only when it ends."""
    rows = [ItineraryLeg(venue="甲", opens=a, closes=b) for a, b in legs]
    assert [stay.when for stay in route(rows, TODAY).stays] == whens


def test_one_that_was_seen_lately_is_there_still() -> None:
    """Old and not confirmed: last known at. It is in one place alone."""
    leg = ItineraryLeg(venue="甲", opens="2026-01-01", confirmed_on=date(2026, 6, 1))
    assert route([leg], TODAY).here.when == "now"
    leg.confirmed_on = date(2026, 5, 1)
    assert route([leg], TODAY).here.when == "lately"
    assert route([leg], TODAY).coming is None


@pytest.mark.parametrize(
    ("moment", "zh", "en"),
    [
        ("2026-06-12", "现在在", "Now at"),
        ("2026-11-28", "最近在", "Last known at"),
        ("2026-04-01", "下一站", "Next venue"),
    ],
)
def test_its_page_and_the_front_page_say_it(client: Client, db: None, moment: str, zh: str, en: str) -> None:
    """With a table below the line; what no source gives is to be confirmed."""
    legs = [
        ItineraryLeg(venue="龙华", sort_order=0),
        ItineraryLeg(venue="滨江", venue_en="Riverside", opens="2026-05", sort_order=1),
    ]
    show = Shelf.objects.get(slug="exhibitions").add_child(instance=Exhibition(title="故事汇", legs=legs))
    with (
        translation.override("zh-hans"),
        time_machine.travel(datetime.fromisoformat(f"{moment}T04:00+00:00"), tick=False),
    ):
        page, english, home = (client.get(address).content.decode() for address in (show.url, f"/en{show.url}", "/"))
    assert f"<small>{zh}</small>" in page
    assert f"<small>{en}</small>" in english
    assert "Riverside" in english
    assert "2026年5月" in page
    assert "May 2026" in english
    assert "待核" in page.partition("sr-tab")[2]
    assert (f"{zh}\n" in home) == (zh != "下一站")


def test_a_leg_at_a_hidden_place_leads_nowhere(client: Client, db: None) -> None:
    """Its venue is said; that there is a page of the place is not."""
    place = Shelf.objects.get(slug="places").add_child(instance=Place(title="不公开", slug="closed-place"))
    legs = [ItineraryLeg(venue="龙华", place=place, opens="2026-05", sort_order=0)]
    show = Shelf.objects.get(slug="exhibitions").add_child(instance=Exhibition(title="故事汇", legs=legs))
    assert "closed-place" in client.get(show.url).content.decode()
    place.unpublish()
    page = client.get(show.url).content.decode()
    assert ("龙华" in page, "closed-place" in page) == (True, False)
