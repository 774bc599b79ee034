"""The shelf of corners: one number on map and list, filters that change no number, five hundred of them."""

import gzip
import re
from collections.abc import Callable

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from picturebooks.models import Book
from stations.map import AREAS, NORTH_TO_SOUTH
from stations.models import SpecialDay, Station

MONDAY_NOON = "2026-11-23T04:00:00+00:00"
SUBDISTRICTS = tuple(NORTH_TO_SOUTH)


@pytest.fixture(autouse=True)
def noon() -> object:
    """Let it be noon of a Monday in Shanghai."""
    with time_machine.travel(MONDAY_NOON, tick=False):
        yield


@pytest.fixture
def six(corner: Callable) -> list[Station]:
    """Six corners, put up in an order that is not theirs from north to south."""
    return [
        corner("龙华南", subdistrict="longhua", latitude="31.17", longitude="121.45", wheelchair=True),
        corner(
            "龙华北", subdistrict="longhua", latitude="31.18", longitude="121.45", opening_hours="Mo-Su 13:00-17:00"
        ),
        corner("湖南", subdistrict="hunan", latitude="31.21", longitude="121.44", children=True, address="武康路"),
        corner("华泾", subdistrict="huajing", title_en="Huajing", latitude="31.12", longitude="121.45"),
        corner("闭着的", subdistrict="tianlin", closed=True),
        corner("没有位置", subdistrict="longhua"),
    ]


def numbered(client: Client, query: str = "") -> list[tuple[str, str]]:
    """Return the numbers and names in the list."""
    page = client.get(f"/stations/{query}").content.decode()
    return re.findall(r'<li id="st-(\d+)".*?<h3>\s*<a[^>]*>(?:<span[^>]*>)?([^<]+)', page, re.S)


def pins(client: Client, query: str = "") -> list[tuple[bool, str, str]]:
    """Return the flags on the map: whether pale, where each leads, and its number."""
    page = client.get(f"/stations/{query}").content.decode()
    drawing = page[page.index('<svg class="cmap"') :]
    found = re.findall(r'<a href="([^"]+)"( class="off")?[^>]*>\s*<path[^>]*>\s*<text[^>]*>([^<]+)', drawing)
    return [(bool(off), url.replace("&amp;", "&"), number) for url, off, number in found]


def test_numbers_run_from_north_to_south(client: Client, six: list[Station]) -> None:
    """By sub-district, then by latitude; without one, last in its own. The map has the same."""
    names = ["湖南", "闭着的", "龙华北", "龙华南", "没有位置", "华泾"]
    assert numbered(client) == [(str(n), name) for n, name in enumerate(names, 1)]
    assert pins(client) == [(False, f"#st-{n}", str(n)) for n in range(1, 7)]


def test_the_order_has_every_area_of_the_map() -> None:
    assert sorted(NORTH_TO_SOUTH) == sorted(area.key for area in AREAS)


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("?subdistrict=longhua", "345"),
        ("?open=1", "1456"),
        ("?weekend=1", "3"),
        ("?children=1", "1"),
        ("?wheelchair=1", "4"),
        ("?q=武康路", "1"),
        ("?q=HUAJING", "6"),
        ("?q=龙华街道", "345"),
        ("?subdistrict=longhua&open=1", "45"),
        ("?subdistrict=nowhere", ""),
        ("?q=%00%F0%9F%95%98", ""),
        ("?holds=XH-PB-999999", ""),
        ("?page=1e20&theme=x&decade=1980", "123456"),
    ],
)
def test_a_filter_changes_no_number(client: Client, six: list[Station], query: str, numbers: str) -> None:
    """What is left out stays on the map, pale, and leads to its sub-district; every word of it is in the address."""
    assert "".join(number for number, _name in numbered(client, query)) == numbers
    flags = pins(client, query)
    assert len(flags) == 6
    assert {number for off, _url, number in flags if not off} == set(numbers)
    assert all(url.startswith("?subdistrict=") for off, url, _number in flags if off)


def test_what_is_closed_is_hollow_and_not_hidden(client: Client, six: list[Station]) -> None:
    page = client.get("/stations/").content.decode()
    assert re.search(r'<li id="st-2" class="cr is-shut"', page)
    assert page.count('class="pin is-shut"') == 1
    assert "暂时闭馆" in page


def test_names_are_painted_over_every_area_and_under_every_flag(client: Client, six: list[Station]) -> None:
    page = client.get("/stations/").content.decode()
    assert page.rindex('class="area') < page.index('class="place-names"') < page.index('class="pin ')


def test_english_has_no_chinese_but_names(client: Client, six: list[Station]) -> None:
    page = client.get("/en/stations/").content.decode()
    main = page[page.index("<main") : page.index("</main>")]
    left = re.sub(r'<span lang="zh-Hans">.*?</span>|<template.*?</template>', "", main, flags=re.S)
    assert not re.search("[一-鿿]", left)


def test_many_corners(client: Client, corner: Callable, book: Callable) -> None:
    """As many queries as for ten, pages of sixty, one flag for the many of a sub-district, light enough for a phone."""
    stations = [corner("角0", latitude="31.19", longitude="121.43")]
    counts, sizes = [], []
    for amount in (10, 70):
        while len(stations) < amount:
            n = len(stations)
            place = {"subdistrict": SUBDISTRICTS[n % 13], "latitude": f"31.{10000 + n}", "longitude": "121.43"}
            stations.append(corner(f"第{n}处志汇角", slug=f"corner-{n}", **place))
        book("叶子的路", *((station, "shelf") for station in stations))
        SpecialDay.objects.bulk_create(SpecialDay(station=station, first_day="2026-11-24") for station in stations)
        client.get("/stations/")
        with CaptureQueriesContext(connection) as queries:
            answer = client.get("/stations/")
        counts.append(len(queries))
        sizes.append(len(gzip.compress(answer.content)))
    assert counts[0] == counts[1] <= 10
    assert sizes[1] < 20_000
    assert [int(number) for number, _name in numbered(client)] == list(range(1, 61))
    assert [int(number) for number, _name in numbered(client, "?page=2")] == list(range(61, 71))
    flags = pins(client)
    assert len(flags) == 13
    assert flags[0][2].startswith("1–")
    with CaptureQueriesContext(connection) as queries:
        known = client.get("/stations/whereabouts.json")
    assert len(known.json()["corners"]) == 70
    assert len(queries) <= 6
    assert len(gzip.compress(known.content)) < 30_000


def test_a_hidden_book_is_no_spine_in_the_list(client: Client, corner: Callable, book: Callable) -> None:
    """Not even counted: how many copies are on the shelf is said without those that this visitor may not see."""
    here = corner("书角")
    book("叶子的路", (here, "shelf"))
    hidden = book("家", (here, "shelf"))
    assert "在架 2 册" in client.get("/stations/").content.decode()
    Book.objects.filter(pk=hidden.pk).update(live=False)
    page = client.get("/stations/").content.decode()
    assert ("在架 1 册" in page, page.count('<i class="have">')) == (True, 1)
