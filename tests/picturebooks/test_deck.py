"""RD5: a child reads a picture book on a phone, on a phone held sideways, at a desk; by keyboard, by touch, without script."""

from collections.abc import Callable, Iterator

import pytest
from django.utils import translation
from playwright.sync_api import Browser, Page, expect

from picturebooks.models import Book
from tests.accessibility import faults
from tests.picturebooks.lines import stranded

PHONE, SIDEWAYS, DESK = (390, 844), (844, 390), (1440, 900)
SHIFTS = """() => { window.shifted = 0; new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifted += entry.value;
}).observe({ type: "layout-shift", buffered: true }); }"""


@pytest.fixture
def opened(browser: Browser, live_server: object, book: Book) -> Iterator[Callable[..., Page]]:
    """Open the book in a browser of some size, as somebody who was never here."""
    contexts = []

    def open_at(size: tuple[int, int], address: str = "", prefix: str = "", **more: object) -> Page:
        contexts.append(
            browser.new_context(
                viewport={"width": size[0], "height": size[1]}, reduced_motion="reduce", bypass_csp=True, **more
            )
        )
        page = contexts[-1].new_page()
        with translation.override("zh-hans"):
            here = book.get_url()
        page.goto(f"{live_server.url}{prefix}{here}{address}")
        return page

    yield open_at
    for context in contexts:
        context.close()


@pytest.mark.parametrize("size", [PHONE, SIDEWAYS, DESK])
def test_rd5_a_book_is_read(opened: Callable[..., Page], size: tuple[int, int]) -> None:
    page = opened(size)
    page.keyboard.press("ArrowRight")
    expect(page.locator("#turned")).to_have_text("第 1 幅，共 4 幅")
    assert page.url.endswith("#spread-1")
    assert page.locator(".reader > [inert]").count() == 5
    picture, words = page.locator("#spread-1 > img").bounding_box(), page.locator("#spread-1 .zh").first.bounding_box()
    assert picture["height"] > 150
    assert words["y"] + words["height"] <= size[1]
    assert (picture["x"] + picture["width"] <= words["x"] + 1) == (size != PHONE)
    assert page.locator("#spread-1 rt").first.inner_text() == "qīngzǎo"
    assert page.locator("#spread-1 .en").is_visible()
    expect(page.locator(".thumbs a[aria-current]")).to_have_attribute("href", "#spread-1")
    assert page.locator("a[hreflang=en]").get_attribute("href").endswith("#spread-1")
    assert not list(faults(page, f"spread at {size}", size[0]))
    page.keyboard.press("PageUp")
    page.keyboard.press("End")
    expect(page.locator("#turned")).to_have_text("读完以后")
    assert page.locator("[data-go='1']").is_disabled()
    assert page.locator("#ending .pe-do li").count() == 3
    assert not list(faults(page, f"ending at {size}", size[0]))
    page.keyboard.press("Home")
    expect(page.locator("#turned")).to_have_text("封面")
    assert page.locator("[data-go='-1']").is_disabled()
    assert not list(faults(page, f"cover at {size}", size[0]))
    if size == SIDEWAYS:
        boxes = page.locator(".spine, .pb-tools, .foot, .facts").evaluate_all(
            "all => all.filter((one) => one.checkVisibility()).map((one) => one.getBoundingClientRect().top)"
        )
        assert all(top >= size[1] for top in boxes)


def test_choices_and_place_are_kept(opened: Callable[..., Page]) -> None:
    page = opened(PHONE, "#spread-2")
    expect(page.locator(".thumbs a[aria-current]")).to_have_attribute("href", "#spread-2")
    page.locator(".pb-tools label", has_text="拼音").click()
    page.locator(".pb-tools label", has_text="中文").click()
    page.reload()
    expect(page.locator(".thumbs a[aria-current]")).to_have_attribute("href", "#spread-2")
    assert not page.locator("#spread-2 rt").first.is_visible()
    assert not page.locator("#spread-2 .en").is_visible()
    page.locator("a[hreflang=en]").click()
    page.wait_for_url("**/en/**#spread-2")
    expect(page.locator(".thumbs a[aria-current]")).to_have_attribute("aria-label", "Spread 2")
    assert not page.locator("#spread-2 .en").is_visible()
    page.locator(".pb-tools label", has_text="Elder").click()
    page.evaluate('localStorage[\'zhihui-book\'] = \'{"mode": "elder", "words": "nonsense", "py": "on"}\'')
    page.reload()
    assert page.locator("#m-e").is_checked()
    assert page.locator("[name=words][value=both]").is_checked()
    assert not page.locator("#spread-2 rt").first.is_visible()
    for broken in ("no JSON", "3", "null"):
        page.evaluate("text => { localStorage['zhihui-book'] = text; }", broken)
        page.reload()
        expect(page.locator(".thumbs a[aria-current]")).to_have_attribute("href", "#spread-2")


def test_keys_outside_the_deck_are_the_browsers(opened: Callable[..., Page]) -> None:
    page = opened(DESK)
    page.keyboard.press("PageDown")
    page.wait_for_function("scrollY > 0")
    assert page.locator(".thumbs a[aria-current]").get_attribute("href") == "#cover"
    page.locator("#reader").focus()
    page.keyboard.press("PageDown")
    expect(page.locator(".thumbs a[aria-current]")).to_have_attribute("href", "#spread-1")


def test_no_line_begins_with_a_mark_that_closes(opened: Callable[..., Page]) -> None:
    """At any width, size and way to read; benchmarks/lines.py walks them all."""
    page = opened(DESK, "#spread-1")
    for width in (320, 390, 540, 820, 1100, 1280, 1440):
        page.set_viewport_size({"width": width, "height": 800})
        assert stranded(page) == [], width
    page.locator("#py").evaluate("box => box.click()")
    page.locator("#size-x").evaluate("box => box.click()")
    for width in (320, 400, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert stranded(page) == [], width
    page.locator("#m-e").evaluate("box => box.click()")
    for width in (320, 400, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert stranded(page) == [], width


@pytest.mark.parametrize("size", [PHONE, DESK])
def test_nothing_moves_while_it_loads(opened: Callable[..., Page], size: tuple[int, int]) -> None:
    for prefix in ("", "/en"):
        page = opened(size, prefix=prefix)
        page.evaluate(SHIFTS)
        page.wait_for_load_state("networkidle")
        assert page.evaluate("shifted") <= 0.05


def test_without_script_all_is_read_in_one_scroll(opened: Callable[..., Page]) -> None:
    page = opened(PHONE, java_script_enabled=False)
    tops = [
        page.locator(f"#{name}").bounding_box()["y"] for name in ("cover", "spread-1", "spread-2", "spread-4", "ending")
    ]
    assert tops == sorted(set(tops))
    assert all(page.locator(f"#spread-{number} .zh").first.is_visible() for number in range(1, 5))
    page.locator("label", has_text="English").click()
    assert not page.locator("#spread-1 .zh").first.is_visible()
    assert page.locator("#spread-4 .zh").first.is_visible()
