"""An exhibition in a real browser: found by section and decade (RD7), read by everyone, printed dark on white (R45)."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.utils import translation
from playwright.sync_api import Browser, Page, expect

from exhibitions.models import CloseUp, Exhibit, Exhibition, Hang, ItineraryLeg, Section
from tests.accessibility import faults
from tests.tours.hall import keep_picture

pytestmark = pytest.mark.django_db(transaction=True)

DATES = ["198X", "1985?", "1984?", "1976/1983", "1993", ""]
PALE = """() => [...document.querySelectorAll('body *')].flatMap((one) => {
  const words = [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
  const box = one.getBoundingClientRect();
  if (!words || !box.width || !box.height || !one.checkVisibility({ visibilityProperty: true })) return [];
  const light = (color) => {
    const [r, g, b, a = 1] = color.match(/[\\d.]+/g).map(Number);
    return a ? (0.2126 * r + 0.7152 * g + 0.0722 * b) / 255 : null;
  };
  let under = one;
  while (under && light(getComputedStyle(under).backgroundColor) === null) under = under.parentElement;
  const paper = under ? light(getComputedStyle(under).backgroundColor) : 1;
  const ink = light(getComputedStyle(one).color);
  return ink > 0.4 || paper < 0.97 ? [`${one.className || one.tagName}: ${ink} on ${paper}: ${one.textContent.trim().slice(0, 20)}`] : [];
})"""


@pytest.fixture
def addresses(put: Callable[..., Exhibition]) -> dict[str, str]:
    """An exhibition with two rooms of pictures and labels, one on the road, and the addresses of their pages."""
    translation.activate("zh-hans")
    show = put(DATES, DATES, cover=keep_picture("箱", (400, 300)))
    Section.objects.filter(number=2).update(hang=Hang.SHELVES)
    exhibit = Exhibit.objects.get(number=1)
    region = dict.fromkeys(("left", "top", "width", "height"), Decimal(25))
    CloseUp.objects.create(
        exhibit=exhibit, title="箱盖", title_en="The lid", caption="合不拢。", sort_order=0, **region
    )
    route = put(title="故事汇", legs=[ItineraryLeg(venue="滨江", opens="2026-05", sort_order=0)])
    return {
        "exhibition": show.url,
        "list": f"{show.url}?decade=1980",
        "section": show.get_children().first().url,
        "exhibit": exhibit.url,
        "route": route.url,
        "labels": f"/labels/{show.uid}/",
    }


@pytest.mark.parametrize("width", [390, 1440])
def test_it_is_found_by_section_and_decade(
    live_server: object, browser: Browser, addresses: dict[str, str], width: int
) -> None:
    """RD7: what a seat counts is what its list shows, without a script; no page breaks WCAG or is wider than the screen."""
    with browser.new_context(viewport={"width": width, "height": 844}, bypass_csp=True) as visitor:
        page = visitor.new_page()
        found = []
        for prefix in ("", "/en"):
            for name, address in addresses.items():
                page.goto(live_server.url + prefix + address)
                found += faults(page, prefix + name, width)
        assert not found, "\n".join(found)
    with browser.new_context(viewport={"width": width, "height": 844}, java_script_enabled=False) as visitor:
        page = visitor.new_page()
        page.goto(live_server.url + addresses["exhibition"])
        seat = page.locator(".plan .seat").filter(has_text="展区2，1980年代")
        count = int(seat.locator("b").inner_text())
        assert count == 4
        seat.click()
        expect(page.locator(".seated li")).to_have_count(count)
        expect(page.locator(".seat[aria-current]")).to_have_count(1)
        whole = page.locator(".tot .seat").filter(has_text="1980年代")
        count = int(whole.locator("b").inner_text())
        whole.click()
        expect(page.locator(".seated li")).to_have_count(count)


def test_print_is_dark_on_white(live_server: object, page: Page, addresses: dict[str, str]) -> None:
    """R45, with background graphics, whatever light a reader chose; without them the paper is white by itself."""
    page.emulate_media(media="print", color_scheme="dark")
    page.add_init_script("localStorage.setItem('zhihui', JSON.stringify({theme: 'dark'}))")
    for address in addresses.values():
        page.goto(live_server.url + address)
        assert page.evaluate(PALE) == [], address


def test_a_picture_is_looked_at_enlarged(live_server: object, page: Page, addresses: dict[str, str]) -> None:
    """By keyboard: opened, larger, moved, closed, and back where one was; the link leads to the same picture."""
    page.goto(live_server.url + addresses["exhibit"])
    link = page.locator("a[data-zoom]")
    link.focus()
    page.keyboard.press("Enter")
    picture = page.locator("dialog.zoom img")
    expect(picture).to_be_visible()
    before = picture.bounding_box()["width"]
    for _time in range(6):
        page.keyboard.press("+")
    assert picture.bounding_box()["width"] > before * 2
    page.keyboard.press("0")
    assert picture.bounding_box()["width"] == pytest.approx(before, abs=2)
    assert [fault for fault in faults(page, "zoom", 1440) if "zoom" in fault] == []
    page.keyboard.press("Escape")
    expect(page.locator("dialog.zoom")).to_have_count(0)
    expect(link).to_be_focused()


def test_labels_fill_sheets_of_a4(live_server: object, page: Page, addresses: dict[str, str]) -> None:
    """Two beside each other, of one size to be cut; none is wider than half a sheet."""
    page.set_viewport_size({"width": 680, "height": 1000})
    page.emulate_media(media="print")
    page.goto(live_server.url + addresses["labels"])
    boxes = [slip.bounding_box() for slip in page.locator(".sheet").first.locator(".slip").all()]
    assert len(boxes) == len(DATES)
    assert boxes[0]["y"] == boxes[1]["y"]
    assert {round(box["width"]) for box in boxes} == {round(boxes[0]["width"])}
    assert page.locator(".lab-h").is_hidden()
    assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF")
