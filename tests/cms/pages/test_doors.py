"""Doors to every shelf: two taps from anywhere, by finger and by key, with scripts and without; and where one is, is marked."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone, translation
from playwright.sync_api import BrowserContext, expect

from authorities.models import Person, Place
from cms.models import Holding, Shelf
from cms.models.kinds import kinds
from events.models import Event
from exhibitions.models import Exhibition
from tests.accessibility import faults
from tests.cms.desk.one_of_each import one_of_each
from tests.cms.hiding import SITE
from tests.waiting import PATIENCE

pytestmark = pytest.mark.django_db
WIDTHS = [(390, 844), (1440, 900)]


def part(client: Client, address: str, begin: str, end: str) -> str:
    """Return a part of a page's source."""
    return client.get(address).content.decode().partition(begin)[2].partition(end)[0]


def menu(client: Client, address: str) -> str:
    """Return the list of all shelves on a page."""
    return part(client, address, '<details class="zm">', "</details>")


def shelves() -> set[str]:
    """Return the addresses of all shelves."""
    with translation.override("zh-hans"):
        return {shelf.get_url() for shelf in Shelf.objects.all()}


def test_all_shelves_stand_in_the_list_once_and_at_the_foot(client: Client) -> None:
    for address in ("/", "/about/", "/search/?q=塔", "/events/calendar/"):
        listed = re.findall(r'href="([^"]+)"', menu(client, address))
        assert sorted(listed) == sorted(shelves()), address
        assert shelves() <= set(re.findall(r'href="([^"]+)"', part(client, address, 'class="f-all"', "</nav>")))


def test_every_record_marks_its_shelf(client: Client) -> None:
    """In the list, in both languages: also one that stands under another."""
    addresses = {name: holding.get_url() for name, holding in one_of_each().items()}
    marked = {}
    for name, address in addresses.items():
        for prefix in ("", "/en"):
            found = re.findall(r'href="([^"]+)" aria-current="true"', menu(client, prefix + address))
            marked[prefix + name] = len(found) == 1 and (prefix + address).startswith(found[0])
    assert [name for name, right in marked.items() if not right] == []
    assert 'href="/people/" aria-current="page"' in menu(client, "/people/")
    assert 'href="/events/" aria-current="true"' in menu(client, "/events/calendar/")
    assert "aria-current" not in menu(client, "/about/")


@pytest.mark.parametrize("way", SITE)
def test_a_hidden_shelf_has_no_door(client: Client, way: str) -> None:
    assert "/people/" in menu(client, "/")
    SITE[way](Shelf.objects.get(slug="people"))
    assert 'href="/people/"' not in client.get("/").content.decode()


def test_a_shelf_that_a_librarian_made_is_there_to_be_read(client: Client) -> None:
    Shelf.objects.get(slug="works").add_sibling("right", instance=Shelf(title="剪报", slug="cuttings", kinds=[]))
    assert 'href="/cuttings/"' in menu(client, "/").partition("</div>")[0]


def test_one_name_for_each_shelf(client: Client) -> None:
    """The bar calls it what its page does, in both languages."""
    for prefix in ("", "/en"):
        named = dict(
            re.findall(r'href="([^"]+)"[^>]*>([^<]+)</a>', part(client, prefix + "/", 'class="nav"', "<details"))
        )
        assert len(named) >= 4
        for address, name in named.items():
            assert name in part(client, address, "<h1", "</h1>"), address


def test_the_home_page_counts_what_stands_on_a_shelf(client: Client) -> None:
    """What is hidden is not counted."""
    shelf = Shelf.objects.get(slug="people")
    for number in range(3):
        shelf.add_child(instance=Person(title=f"某人{number}", live=number != 2))
    text = part(client, "/", 'class="sv"', "</section>")
    assert re.findall(r'href="/people/">\s*<b>人物</b>\s*<i>(\d+)</i>', text) == ["2"]


def test_the_skyline_is_drawn_in_the_page(client: Client) -> None:
    """Without a style of its own, which the page may not have."""
    drawing = part(client, "/", 'class="frieze', "</div>")
    assert 'role="img" aria-label="徐汇天际线' in drawing
    assert 'class="tk"' in drawing
    assert "<style" not in drawing
    assert "<img" not in drawing


def test_a_volume_is_read_once(client: Client) -> None:
    """The lettering on the drawn book is for the eye alone."""
    volume = part(client, "/", 'class="vol ', "</a>")
    assert '<span class="board" aria-hidden="true">' in volume


@pytest.mark.parametrize("size", WIDTHS)
@pytest.mark.django_db(transaction=True)
def test_two_taps_to_every_shelf(
    live_server: object, context: Callable[..., BrowserContext], size: tuple[int, int]
) -> None:
    """One opens the list, the other the shelf, without scripts; nothing that is tapped lies under anything else."""
    viewport = {"width": size[0], "height": size[1]}
    page = context(viewport=viewport, java_script_enabled=False, has_touch=True).new_page()
    page.goto(f"{live_server.url}/about/")
    assert page.locator(".nav > ul > li:visible").count() <= (6 if size[0] < 1000 else 8)
    for address in sorted(shelves()):
        page.locator(".zm > summary").tap()
        page.locator(f'.mulu a[href="{address}"]').tap()
        page.wait_for_url(f"{live_server.url}{address}", timeout=PATIENCE * 1000)


@pytest.mark.django_db(transaction=True)
def test_the_list_opens_and_closes_by_keys(live_server: object, context: Callable[..., BrowserContext]) -> None:
    page = context(viewport={"width": 1440, "height": 900}).new_page()
    page.goto(f"{live_server.url}/about/")
    summary = page.locator(".zm > summary")
    summary.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".mulu")).to_be_visible()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.mulu') !== null")
    page.keyboard.press("Escape")
    expect(page.locator(".mulu")).to_be_hidden()
    expect(summary).to_be_focused()
    summary.click()
    # Beside the list: below it, the page is out of reach.
    page.mouse.click(1300, 700)
    expect(page.locator(".mulu")).to_be_hidden()


@pytest.fixture
def week(put: Callable[..., Holding]) -> list[str]:
    """An event of tomorrow, a run of these days, and one that is over; return the addresses of what shows them."""
    today = timezone.localdate()
    days = f"{today - timedelta(days=3)}/{today + timedelta(days=9)}"
    show = put(Exhibition, "群星", title_en="Stars", date_text=days)
    tomorrow = timezone.now() + timedelta(days=1)
    made = put(
        Event,
        "一起读",
        title_en="Reading",
        starts=tomorrow,
        venue="某角",
        sample=True,
        summary="一句",
        summary_en="A line",
    )
    past = put(
        Event, "导览", title_en="A tour", date_text=str(today - timedelta(days=3)), summary="一句", summary_en="A line"
    )
    past.relations.add(*[past.relations.model(role="about", target=show)])
    past.save()
    put(Place, "某路", title_en="A road")
    return ["/", "/events/calendar/", "/events/", made.get_url(), past.get_url()]


@pytest.mark.parametrize(("size", "theme"), list(zip(WIDTHS, ["light", "dark"], strict=True)))
@pytest.mark.django_db(transaction=True)
def test_no_page_with_its_doors_open_breaks_wcag(
    live_server: object, context: Callable[..., BrowserContext], week: list[str], size: tuple[int, int], theme: str
) -> None:
    """Home, calendar, shelf, an event to come and one that is over, in both languages."""
    page = context(viewport={"width": size[0], "height": size[1]}, color_scheme=theme).new_page()
    found = []
    for address in [prefix + address for prefix in ("", "/en") for address in week]:
        page.goto(live_server.url + address)
        found += faults(page, address, size[0])
        if address in ("/", "/en/"):
            page.locator(".zm > summary").click()
            found += faults(page, f"{address} with the list open", size[0])
    assert not found, "\n".join(found)


def test_what_a_browser_kept_of_yesterday_is_drawn_anew(client: Client) -> None:
    """The first page says what is on today."""
    now = timezone.localtime()
    with time_machine.travel(now, tick=False):
        kept = client.get("/")["ETag"]
        assert client.get("/", headers={"If-None-Match": kept}).status_code == 304
    with time_machine.travel(now + timedelta(days=1), tick=False):
        assert client.get("/", headers={"If-None-Match": kept}).status_code == 200


def test_every_kind_says_where_its_shelf_belongs() -> None:
    assert {kind.shelf.group for kind in kinds() if kind.shelf} == {"read", "know", "go"}
