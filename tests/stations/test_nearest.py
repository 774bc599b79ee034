"""RD6 in a browser: from a book to the three nearest corners in two taps, and what is said when no position comes."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from stations.models import Copy, Station
from tests.accessibility import faults

pytestmark = pytest.mark.django_db(transaction=True)

HERE = {"latitude": 31.19, "longitude": 121.43}
OTHER_SIDE = {"latitude": -31.19, "longitude": -58.57}
SILENT = "navigator.geolocation.getCurrentPosition = () => {}"
SOON = "const wait = setTimeout; window.setTimeout = (call) => wait(call, 10)"
"""What the page waits for comes at once, so that no test has to."""


@pytest.fixture
def books(corner: Callable, book: Callable) -> str:
    """Put up corners north of a place, one closed for good, and return the address of a book that all but one have."""
    stations = [
        corner(
            f"第{n}近",
            title_en=f"Corner {n}",
            latitude=f"31.19{n}",
            longitude="121.43",
            closed=n == 2,
            opening_hours="24/7",
        )
        for n in range(1, 7)
    ]
    made = book("叶子的路", *((station, "shelf") for station in stations[1:]), title_en="The Leaf's Road")
    Copy.objects.filter(station=stations[3]).update(status="lent")
    return made.get_url()


def visitor(browser: Browser, width: int = 390, **options: Any) -> tuple[BrowserContext, Page]:
    """Open a phone or a desk, and a page in it."""
    context = browser.new_context(viewport={"width": width, "height": 844}, bypass_csp=True, **options)
    return context, context.new_page()


@pytest.mark.parametrize("width", [390, 1440])
def test_two_taps_from_a_book_to_the_nearest(live_server: object, books: str, browser: Browser, width: int) -> None:
    """With open now, copies and how far; what is closed stands between them, greyed; the position is told to nobody."""
    context, page = visitor(browser, width, geolocation=HERE, permissions=["geolocation"])
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url + (request.post_data or "")))
    page.goto(live_server.url + books)
    expect(page.locator(".lend")).to_contain_text("清点 2026-11-02")
    page.get_by_role("button", name="离我最近的三处").click()
    expect(page.locator(".lend h2")).to_have_text("离你最近的三处")
    rows = page.locator(".lend .near8 li")
    expect(rows).to_have_text(
        [re_of("第2近", "暂时闭馆"), re_of("第3近", "在架 1 册"), re_of("第4近", "都借出了"), re_of("第5近", "560 米")]
    )
    expect(rows.nth(0)).to_have_class("is-shut")
    assert list(faults(page, "book", width)) == []
    rows.nth(1).locator("a").click()
    expect(page.locator("h1")).to_have_text("第3近")
    assert page.locator(".open8").is_visible()
    assert not [url for url in asked if "31.19" in url]
    assert context.storage_state()["origins"] == []
    context.close()


def re_of(*words: str) -> re.Pattern[str]:
    """Return a pattern of words with anything between them."""
    return re.compile(".*".join(words), re.S)


@pytest.mark.parametrize(
    ("options", "script", "said"),
    [
        ({"geolocation": HERE}, "", "没有得到允许"),
        ({"geolocation": HERE, "permissions": ["geolocation"]}, f"{SILENT}; {SOON}", "等了很久"),
        ({}, "Object.defineProperty(navigator, 'geolocation', {value: undefined})", "说不出自己的位置"),
        ({"geolocation": OTHER_SIDE, "permissions": ["geolocation"]}, "", "你离这里很远：最近的一处也在 200"),
    ],
)
def test_no_position_is_told_in_words(
    live_server: object, books: str, browser: Browser, options: dict, script: str, said: str
) -> None:
    """Refused, never answered, not to be had, the other side of the earth; the list by sub-district is there all the while."""
    context, page = visitor(browser, **options)
    page.add_init_script(script)
    page.goto(f"{live_server.url}/stations/")
    page.get_by_role("button", name="离我最近的三处").click()
    expect(page.locator("[data-near-said]")).to_contain_text(said)
    assert page.locator(".cl li").count() == 6
    context.close()


def test_a_site_that_does_not_answer_is_told_too(live_server: object, books: str, browser: Browser) -> None:
    context, page = visitor(browser, geolocation=HERE, permissions=["geolocation"])
    page.route("**/whereabouts.json*", lambda route: route.abort())
    page.goto(live_server.url + books)
    page.get_by_role("button", name="离我最近的三处").click()
    expect(page.locator(".lend [data-near-said]")).to_contain_text("没有连上网站")
    assert page.locator(".lend .near8 li").count() == 3
    context.close()


@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_no_page_of_corners_breaks_wcag(
    live_server: object, books: str, browser: Browser, width: int, theme: str
) -> None:
    """Nor is wider than the screen, in both languages; the telephone and today's hours are on the first screen of a phone."""
    Station.objects.update(phone="021-0000 0000", address="示例路", address_en="Sample Road", wheelchair=True)
    address = Station.objects.earliest("pk").get_url()
    context, page = visitor(browser, width, color_scheme=theme)
    found = []
    for prefix in ("", "/en"):
        for path in (address, "/stations/", "/stations/?open=1#st-1"):
            page.goto(live_server.url + prefix + path)
            found += faults(page, prefix + path, width)
        page.goto(live_server.url + prefix + address)
        for seen in (".open8", ".today8", "a[href^=tel]"):
            box = page.locator(seen).bounding_box()
            assert box["y"] + box["height"] < 700, seen
    context.close()
    assert found == []
