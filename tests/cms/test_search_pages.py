"""Searching in a real browser: the list of suggestions by keyboard, the states of the results page, scripts off."""

from collections.abc import Callable

import pytest
from django.core.management import call_command
from django.utils import translation
from playwright.sync_api import Page, expect

from authorities.models import Place
from chronicle.models import Entry
from cms.models import Holding, Name, Shelf
from tests.accessibility import faults

pytestmark = pytest.mark.django_db(transaction=True)

STATES = {
    "names": ("q=霞飞路", ".names .on"),
    "only the words": ("q=霞飞路&only=1", ".s-sum a + a"),
    "namesakes": ("q=林森路", ".namesakes .chip"),
    "a namesake chosen": ("q=林森路&as={road}", ".namesakes h2 a"),
    "heard": ("q=wanpinghe", ".heard a"),
    "filtered": ("q=路&kind=place&decade=1900&from=1850&to=1999", ".chosen .chip"),
    "near words": ("q=下飞路", ".variant h2 a"),
    "nothing": ("q=空中缆车", ".empty"),
}
"""What is asked, and what the page then has."""
DOWN = "http://127.0.0.1:9/zhihui"


@pytest.fixture
def road(db: None) -> Holding:
    """A road with names, another that shares one, and an entry; in the index."""
    translation.activate("zh-hans")
    shelf = Shelf.objects.get(slug="places")
    road, other = (shelf.add_child(instance=Place(title=t, date_text="1901年")) for t in ("淮海中路", "淮海西路"))
    road.names.add(
        Name(text="霞飞路", valid_from="1915-06", valid_to="1943"),
        Name(text="Avenue Joffre", language="fr", valid_from="1915-06", valid_to="1943"),
    )
    for place in (road, other):
        place.names.add(Name(text="林森路", valid_from="1945-10", valid_to="1950-05-25"))
        place.save()
    entry = Entry(title="霞飞路上", title_en="On Avenue Joffre", body="宛平河边的路。", date_text="1915年")
    Shelf.objects.get(slug="chronicle").add_child(instance=entry)
    Shelf.objects.get(slug="chronicle").add_child(instance=Entry(title="宛平河"))
    call_command("search", "rebuild", verbosity=0)
    return road


@pytest.mark.parametrize("width", [390, 1440])
def test_no_state_of_the_results_breaks_wcag(
    live_server: object, road: Holding, context: Callable, width: int, settings: object
) -> None:
    page, found = context(viewport={"width": width, "height": 900}).new_page(), []
    for prefix in ("", "/en"):
        for name, (asked, has) in STATES.items():
            page.goto(f"{live_server.url}{prefix}/search/?{asked.format(road=road.pk)}")
            expect(page.locator(has).first).to_be_visible()
            found += faults(page, prefix + name, width)
            page.evaluate("document.querySelectorAll('.facets details').forEach((d) => { d.open = true })")
            found += faults(page, f"{prefix}{name}, filters open", width)
    settings.SEARCH_URL = DOWN
    for prefix in ("", "/en"):
        page.goto(f"{live_server.url}{prefix}/search/?q=霞飞路")
        expect(page.locator(".notice[role=status]")).to_be_visible()
        found += faults(page, f"{prefix}degraded", width)
        assert page.locator(".hits").bounding_box()["width"] > 0.7 * width - 100
        assert page.get_by_text("未并查").count() == 0
    assert not found, "\n".join(found)


def test_the_list_of_suggestions_breaks_no_wcag(live_server: object, road: Holding, context: Callable) -> None:
    page, found = context(viewport={"width": 390, "height": 900}).new_page(), []
    for address in ("/", "/en/search/", "/no-such-page/"):
        page.goto(live_server.url + address)
        page.locator("#q").press_sequentially("霞飞")
        expect(page.get_by_role("option").first).to_be_visible()
        page.keyboard.press("ArrowDown")
        found += faults(page, address, 390)
    assert not found, "\n".join(found)


def test_suggestions_are_reached_by_keyboard(live_server: object, road: Holding, page: Page) -> None:
    page.goto(live_server.url)
    field = page.get_by_role("combobox")
    field.press_sequentially("霞飞")
    options = page.get_by_role("option")
    expect(options).to_have_count(2)
    expect(field).to_have_attribute("aria-expanded", "true")
    expect(page.locator(".finder [role=status]")).to_have_text("2 条建议，用上下键选")
    page.keyboard.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    expect(field).to_have_attribute("aria-activedescendant", options.first.get_attribute("id"))
    page.keyboard.press("ArrowUp")
    expect(field).not_to_have_attribute("aria-activedescendant", "q-list-0")
    page.keyboard.press("ArrowUp")
    expect(options.last).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Escape")
    expect(page.locator("#q-list")).to_be_hidden()
    expect(field).to_have_value("霞飞")
    page.keyboard.press("ArrowDown")
    page.wait_for_selector("#q-list li")
    page.keyboard.press("ArrowDown")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.locator("h1").inner_text() == "淮海中路"


def test_enter_with_nothing_chosen_searches(live_server: object, road: Holding, page: Page) -> None:
    page.goto(live_server.url)
    page.get_by_role("combobox").press_sequentially("霞飞路")
    expect(page.get_by_role("option").first).to_be_visible()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.locator(".aka").count() == 1


def test_nothing_is_asked_while_characters_are_being_composed(live_server: object, road: Holding, page: Page) -> None:
    asked = []
    page.on("request", lambda request: asked.append(request.url) if "suggest/" in request.url else None)
    page.goto(live_server.url)
    page.locator("#q").focus()
    session = page.context.new_cdp_session(page)
    for half in ("x", "xi", "xia"):
        session.send("Input.imeSetComposition", {"text": half, "selectionStart": len(half), "selectionEnd": len(half)})
    page.keyboard.press("ArrowDown")
    page.wait_for_timeout(500)
    assert asked == []
    session.send("Input.insertText", {"text": "霞飞"})
    expect(page.get_by_role("option").first).to_be_visible()
    assert len(asked) == 1


def test_fast_typing_asks_once(live_server: object, road: Holding, page: Page) -> None:
    asked = []
    page.on("request", lambda request: asked.append(request.url) if "suggest/" in request.url else None)
    page.goto(live_server.url)
    page.locator("#q").press_sequentially("Avenue", delay=20)
    expect(page.get_by_role("option").first).to_be_visible()
    assert len(asked) == 1


def test_all_of_it_works_without_scripts(live_server: object, road: Holding, context: Callable) -> None:
    page = context(java_script_enabled=False, viewport={"width": 1440, "height": 900}).new_page()
    page.goto(live_server.url)
    page.locator("#q").fill("霞飞路")
    page.locator("#q").press("Enter")
    assert page.locator(".aka li.on").inner_text().startswith("1915")
    page.locator(".facets input[name=kind][value=entry]").check()
    page.locator(".facets input[name=to]").fill("1920")
    page.locator(".facets button").click()
    assert "kind=entry" in page.url
    assert "to=1920" in page.url
    assert page.locator(".hit h2").all_inner_texts() == ["霞飞路上"]
    page.locator(".chosen a", has_text="条目").click()
    assert "kind=" not in page.url
    page.get_by_text("只查“霞飞路”，不带别名").click()
    assert page.locator(".aka").count() == 0
    page.get_by_text("连同别名一起查").click()
    assert page.locator(".aka").count() == 1


def test_the_names_are_scrolled_by_keyboard_on_a_phone(live_server: object, road: Holding, context: Callable) -> None:
    page = context(viewport={"width": 390, "height": 900}).new_page()
    page.goto(f"{live_server.url}/search/?q=霞飞路")
    names = page.locator(".names")
    names.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("document.activeElement.matches('.names') && document.activeElement.scrollLeft > 0")
