"""A corner's page: open at this minute by the library's clock, today's hours, telephone, the week, the shelf, the three nearest."""

import re
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from picturebooks.models import Book
from stations.models import SpecialDay, Station

MONDAY_NOON = "2026-11-23 04:00:00"


def text(client: Client, address: str, moment: str = MONDAY_NOON) -> str:
    """Return the words of a page at a moment of UTC, with a single space where there are several."""
    with time_machine.travel(datetime.fromisoformat(moment).replace(tzinfo=UTC), tick=False):
        page = client.get(address).content.decode()
    main = page[page.index("<main") : page.index("</main>")]
    return re.sub(r"\s+", " ", re.sub(r"<svg.*?</svg>|<template.*?</template>|<[^>]+>", " ", main, flags=re.S))


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
def test_it_is_open_by_the_clock_of_the_library(client: Client, corner: Callable, moment: str, opened: bool) -> None:
    """Moments of UTC: nine in Shanghai is one o'clock; on its page and on the shelf, to the minute."""
    for address in (corner().url, "/stations/"):
        with time_machine.travel(datetime.fromisoformat(moment).replace(tzinfo=UTC), tick=False):
            page = client.get(address).content.decode()
        assert ('class="open8 is-open' in page or 'class="st8 is-open' in page) is opened, address


def test_what_matters_at_the_door_comes_first(client: Client, corner: Callable) -> None:
    """How it stands, until when, today's hours, the telephone, the address: in this order, before anything else."""
    made = corner(
        title_en="Corner", phone="021-0000 0000", address="示例路 1 号", address_en="1 Sample Road", summary="提要"
    )
    page = text(client, made.url)
    words = [
        "书角",
        "现在开着",
        "到 17:00",
        "今日 11 月 23 日，周一",
        "9:00–17:00",
        "021-0000 0000",
        "示例路 1 号",
        "周一",
        "提要",
    ]
    places = [page.index(word) for word in words[:7]]
    assert places == sorted(places)
    assert page.index("提要") > page.index("周日")
    english = text(client, f"/en{made.url}")
    for words in ("Open now", "until 17:00", "Today, Mon 23 November", "1 Sample Road", "Mon", "Closed"):
        assert words in english
    assert 'href="tel:02100000000"' in client.get(made.url).content.decode()


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        ("2026-11-23 00:00:00", "现在不开 今天 9:00开门"),
        ("2026-11-23 10:00:00", "现在不开 明天 9:00开门"),
        ("2026-11-28 04:00:00", "现在不开 周一 9:00开门"),
        ("2026-10-01 02:00:00", "节假日可能不同 今天是国庆节，请先打电话问。"),
        ("2026-10-05 02:00:00", "节假日可能不同 今天是国庆节假期，请先打电话问。"),
        ("2026-02-17 02:00:00", "节假日可能不同 今天是春节，请先打电话问。"),
    ],
)
def test_what_is_not_open_says_when_it_is(client: Client, corner: Callable, moment: str, said: str) -> None:
    page = text(client, corner().url, moment)
    assert said in page
    assert "现在开着" not in page


def test_what_was_noted_of_a_day_is_said(client: Client, corner: Callable) -> None:
    made = corner()
    SpecialDay.objects.create(station=made, first_day="2026-11-23", note="内部整理", note_en="Stocktaking")
    SpecialDay.objects.create(station=made, first_day="2026-12-24", last_day="2026-12-25", hours="9:00-12:00")
    page = text(client, made.url)
    assert "现在不开" in page
    for words in (
        "11 月 23 日 内部整理 闭门",
        "12 月 24 日至 25 日 闭馆日 9:00–12:00",
        "1 月 1 日至 3 日 元旦 节假日可能不同",
    ):
        assert words in page
    assert "Stocktaking" in text(client, f"/en{made.url}")


def test_what_is_closed_is_never_open(client: Client, corner: Callable) -> None:
    page = text(client, corner(closed=True).url)
    assert "暂时闭馆" in page
    assert "现在" not in page.replace("现在与今日", "")


def test_of_hours_that_nobody_wrote_nothing_is_said(client: Client, corner: Callable) -> None:
    """Not known is not closed; and hours kept from before they were checked break no page."""
    for hours in ("", "看心情"):
        made = corner()
        Station.objects.filter(pk=made.pk).update(opening_hours=hours)
        assert "没有写开放时间" in text(client, made.url)
    assert "现在不开" not in text(client, "/stations/")


@pytest.mark.parametrize(
    ("hours", "week"),
    [
        ("Mo-Su 22:00-02:00", "周一 22:00 – 次日 2:00"),
        ("24/7", "周一 全天"),
        ("9:00-12:00、13:00-17:00", "周一 9:00 – 12:00 13:00 – 17:00"),
    ],
)
def test_the_week_in_words(client: Client, corner: Callable, hours: str, week: str) -> None:
    assert week in text(client, corner(opening_hours=hours).url)


def test_the_shelf_has_a_spine_for_each_copy(client: Client, corner: Callable, book: Callable) -> None:
    """What is on loan is dashed, and where else it is stands beside it; what is lost stands nowhere."""
    here = corner("此处", latitude="31.19000", longitude="121.43000")
    near = corner("近处", latitude="31.19100", longitude="121.43000")
    far = corner("远处", latitude="31.25000", longitude="121.43000")
    book("叶子的路", (here, "shelf"), (here, "shelf"), (here, "lent"))
    book("家·梧桐树下", (here, "lent"), (near, "shelf"), (far, "shelf"))
    book("徐汇简史", (here, "lost"))
    page = client.get(here.url).content.decode()
    assert (page.count('class="sp have'), page.count('class="sp lent')) == (2, 2)
    words = text(client, here.url)
    assert "徐汇简史" not in words
    assert "共 4 册；虚线的 2 册借出了 · 清点 2026-11-02" in words
    assert "叶子的路 在架 2 册" in words
    assert re.search("家·梧桐树下 借出； ?近处 有 1 册，110 米", words)


def test_the_three_nearest_by_its_own_position(client: Client, corner: Callable) -> None:
    """Nearest first, with what is closed for good between them, greyed and not counted."""
    here = corner("此处", latitude="31.19", longitude="121.43")
    for number in range(1, 6):
        corner(f"第{number}近", latitude=f"31.19{number}", longitude="121.43", closed=number == 2)
    corner("不知哪里")
    page = text(client, here.url)
    listed = page[page.index("最近的三处") :]
    assert re.findall("第.近", listed[: listed.index("节假日")]) == ["第1近", "第2近", "第3近", "第4近"]
    assert "不知哪里" not in listed[: listed.index("节假日")]
    assert "110 米" in listed


def test_a_corner_without_a_position_says_so(client: Client, corner: Callable) -> None:
    assert "算不出远近" in text(client, corner().url)


def test_queries_do_not_grow(client: Client, corner: Callable, book: Callable) -> None:
    """At most twelve, with three corners or forty, two copies or forty."""
    stations = [corner(f"角{n}", latitude=f"31.1{n:02}", longitude="121.43") for n in range(40)]
    counts = []
    for amount in (2, 40):
        book("叶子的路", *((station, "shelf" if n % 2 else "lent") for n, station in enumerate(stations[:amount])))
        for station in stations[:amount]:
            SpecialDay.objects.create(station=station, first_day="2026-12-24")
        client.get(stations[0].url)
        with CaptureQueriesContext(connection) as queries:
            client.get(stations[0].url)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 12


def test_hidden_books_and_corners_are_nowhere(client: Client, corner: Callable, book: Callable) -> None:
    """Neither on the shelf, nor as what is near, nor as where else a book is."""
    here = corner("此处", latitude="31.19", longitude="121.43")
    there = corner("别处", latitude="31.191", longitude="121.43")
    book("叶子的路", (here, "lent"), (there, "shelf"))
    assert "别处" in text(client, here.url)
    Station.objects.filter(pk=there.pk).update(live=False)
    Book.objects.update(live=False)
    page = text(client, here.url)
    assert "别处" not in page
    assert "叶子的路" not in page
