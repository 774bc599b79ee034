"""From every book the corners that have it: on the page of a work or a picture book; nothing where nobody has it."""

import re
from collections.abc import Callable

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from chronicle.models import Work
from cms.models import Shelf
from picturebooks.models import Book
from stations.models import Copy, Station
from tests.surfaces import path_of


@pytest.fixture(autouse=True)
def noon() -> object:
    """Let it be noon of a Monday in Shanghai."""
    with time_machine.travel("2026-11-23T04:00:00+00:00", tick=False):
        yield


def block(client: Client, address: str) -> str:
    """Return the words of `where to borrow`, nothing where there is none."""
    page = client.get(address).content.decode()
    found = re.search(r'<section class="lend".*?</section>', page, re.S)
    return re.sub(r"\s+", " ", re.sub(r"<template.*?</template>|<[^>]+>", " ", found[0], flags=re.S)) if found else ""


def test_a_book_names_the_corners_that_have_it(client: Client, corner: Callable, book: Callable) -> None:
    """What has it on the shelf and is open comes first; three are named and the rest counted; the list shows them all."""
    lent, shut, open_one, closed, other = (
        corner("都借出"), corner("没开", opening_hours="Sa 9-17"), corner("开着"), corner("闭着", closed=True), corner("没有这本"),
    )  # fmt: skip
    made = book("叶子的路", (lent, "lent"), (shut, "shelf"), (open_one, "shelf"), (open_one, "lent"), (closed, "shelf"))
    book("别的书", (other, "shelf"))
    said = block(client, made.url)
    assert [said.index(name) for name in ("开着", "没开", "闭着")] == sorted(
        said.index(name) for name in ("开着", "没开", "闭着")
    )
    assert "开着 现在开着 9:00–17:00 在架 1 册 · 清点 2026-11-02" in said
    assert "都借出" not in said
    assert "没有这本" not in said
    assert "4 处志汇角有这本书。" in said
    page = client.get(made.url).content.decode()
    listed = client.get(re.search(r'href="(/stations/\?holds=[^"]+)"', page)[1]).content.decode()
    assert [name in listed for name in ("都借出</a>", "没开</a>", "开着</a>", "闭着</a>", "没有这本</a>")] == [
        True
    ] * 4 + [False]
    assert "叶子的路" in listed
    assert "1 copy on the shelf" in block(client, f"/en{path_of(made)}")


def test_a_work_has_it_too_and_what_nobody_has_nothing(client: Client, corner: Callable, book: Callable) -> None:
    work = Shelf.objects.get(slug="works").add_child(instance=Work(title="徐汇简史"))
    assert block(client, work.url) == ""
    Copy.objects.create(station=corner("开着"), work=work, barcode="1", status=Copy.Status.LOST)
    assert block(client, work.url) == ""
    Copy.objects.update(status=Copy.Status.LENT)
    assert "都借出了" in block(client, work.url)


def test_a_hidden_corner_is_not_even_counted(client: Client, corner: Callable, book: Callable) -> None:
    there, hidden = corner("开着"), corner("不公开")
    made = book("叶子的路", (there, "shelf"), (hidden, "shelf"))
    Station.objects.filter(pk=hidden.pk).update(live=False)
    said = block(client, made.url)
    assert "不公开" not in said
    assert "1 处志汇角有这本书。" in said
    answer = client.get(f"/stations/whereabouts.json?holds={made.uid}")
    assert answer.json() == {"corners": []}
    Station.objects.filter(pk=there.pk).update(live=False)
    assert block(client, made.url) == ""


def test_a_page_that_says_open_now_is_asked_for_each_time(client: Client, corner: Callable, book: Callable) -> None:
    """Whoever kept it at noon is told at six that it is closed; one without corners is kept as before."""
    for made, status in ((book("叶子的路", (corner(), "shelf")), 200), (book("没人有的书"), 304)):
        kept = client.get(made.url)["ETag"]
        with time_machine.travel("2026-11-23T10:00:00+00:00", tick=False):
            assert client.get(made.url, headers={"If-None-Match": kept}).status_code == status


def test_queries_do_not_grow(client: Client, corner: Callable, book: Callable) -> None:
    stations = [corner(f"角{n}") for n in range(40)]
    counts = []
    for amount in (2, 40):
        made = book("叶子的路", *((station, "shelf") for station in stations[:amount]))
        client.get(made.url)
        with CaptureQueriesContext(connection) as queries:
            client.get(made.url)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 14


def test_whereabouts_say_where_and_how_it_stands(client: Client, corner: Callable, book: Callable) -> None:
    """In the language of the address; a corner without a position is not there."""
    there = corner("书角", title_en="Corner", latitude="31.19000", longitude="121.43000")
    made, address = book("叶子的路", (there, "shelf"), (corner("不知哪里"), "shelf")), there.url
    one = {
        "number": 1, "title": "书角", "lang": "zh-Hans", "url": address, "at": [31.19, 121.43], "css": "is-open",
        "state": "现在开着", "hours": "9:00–17:00", "closed": False, "copies": "",
    }  # fmt: skip
    assert client.get("/stations/whereabouts.json").json() == {"corners": [one]}
    holding = client.get(f"/stations/whereabouts.json?holds={made.uid}").json()
    assert holding == {"corners": [{**one, "copies": "在架 1 册"}]}
    english = client.get("/en/stations/whereabouts.json").json()["corners"][0]
    assert (english["title"], english["state"], english["url"]) == ("Corner", "Open now", f"/en{address}")
    for odd in ("", "x", "%00", "XH-PB-999999", "9" * 900):
        assert client.get(f"/stations/whereabouts.json?holds={odd}").status_code == 200


def test_a_hidden_book_is_asked_for_in_vain(client: Client, corner: Callable, book: Callable) -> None:
    """Which corners have it is told of no book that this visitor may not see."""
    made = book("叶子的路", (corner("书角", latitude="31.19", longitude="121.43"), "shelf"))
    address = f"/stations/whereabouts.json?holds={made.uid}"
    assert len(client.get(address).json()["corners"]) == 1
    Book.objects.filter(pk=made.pk).update(live=False)
    assert client.get(address).json() == {"corners": []}
