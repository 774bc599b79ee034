"""Every page type in a real browser: no axe violation, no other host, nothing wider than the phone, scripts off too."""

from collections.abc import Callable, Iterator

import pytest
from django.core.management import call_command
from django.utils import translation
from playwright.sync_api import Browser, Page

from authorities.models import Organisation, Period, Person, Place
from chronicle.models import Chapter, Entry, Work
from cms.models import Citation, Holding, Name, Relation, Shelf
from events.models import Event
from exhibitions.models import Exhibit, Exhibition, ItineraryLeg, Section
from picturebooks.models import Book, Spread
from stations.models import Copy, Station
from tests.accessibility import faults, violations

pytestmark = pytest.mark.django_db(transaction=True)

BODY = "徐家汇在三水相会处。\n\n## 小题\n\n龙华⟦013-1a⟧有塔⟨吳赤烏中⟩。\n\n> 引文一句"


def put(parent: object, kind: type[Holding], title: str, **fields: object) -> Holding:
    """Put a holding under a page, with English and text."""
    fields = {"title_en": f"{kind.__name__} in English", "body": BODY, "body_en": "Three creeks met here.", **fields}
    holding = parent.add_child(instance=kind(title=title, summary="一句提要", summary_en="A line.", **fields))
    holding.citations.add(Citation(text="某志", text_en="A gazetteer", page="12"))
    holding.save()
    return holding


@pytest.fixture
def library(db: None) -> list[str]:
    """Put one of every kind on the shelf and return the addresses of every page type."""
    translation.activate("zh-hans")
    shelves = {s.slug: s for s in Shelf.objects.all()}
    place = put(shelves["places"], Place, "徐家汇", place_type="settlement", latitude="31.19", longitude="121.43")
    place.names.add(Name(text="法华汇", valid_from="1500", valid_to="1600"), Name(text="Zikawei", language="fr"))
    place.save()
    person = put(shelves["people"], Person, "徐光启", date_text="1562/1633", sample=True)
    work = put(shelves["works"], Work, "某志", author="某人")
    chapter = put(work, Chapter, "卷一", number=1)
    entry = put(chapter, Entry, "龙华有塔", date_text="977年", featured=1, unverified=True)
    entry.relations.add(Relation(role="about", target=place), Relation(role="mentions", target=person))
    entry.save()
    book = put(shelves["picturebooks"], Book, "叶子的路")
    book.spreads.add(
        Spread(text="一片叶子", text_en="A leaf", pinyin="yí piàn yè zi"), Spread(text="到了", text_en="There")
    )
    book.save()
    station = put(shelves["stations"], Station, "梧桐角", subdistrict="hunan", opening_hours="Mo-Fr 09:00-18:00")
    station.copies.add(Copy(work=book.holding_ptr if hasattr(book, "holding_ptr") else book, barcode="1"))
    station.save()
    show = put(shelves["exhibitions"], Exhibition, "群星璀璨", date_text="2026-05-20/2026-07-20")
    show.legs.add(ItineraryLeg(venue="源景区", venue_en="Origin", opens="2026-05"))
    show.save()
    section = put(show, Section, "开创")
    exhibit = put(section, Exhibit, "行李箱", maker="某人")
    event = put(shelves["events"], Event, "讲座", date_text="2026-05-18", venue="某厅")
    others = [put(shelves["periods"], Period, "元"), put(shelves["organisations"], Organisation, "某校")]
    call_command("search", "rebuild", verbosity=0)
    holdings = [place, person, work, chapter, entry, book, station, show, section, exhibit, event, *others]
    fixed = [
        "/",
        "/chronicle/",
        "/stations/",
        "/about/",
        "/search/?q=徐家汇",
        "/search/?q=没有这个词",
        "/no-such-page/",
    ]
    marked = f"{book.get_url()}?find=叶子&find=徐家汇"
    return [*fixed, marked, *(h.get_url() for h in holdings)]


def visits(page: Page, root: str, addresses: list[str]) -> Iterator[str]:
    """Visit every address in both languages."""
    for prefix in ("", "/en"):
        for address in addresses:
            page.goto(root + prefix + address)
            yield prefix + address


@pytest.mark.parametrize("width", [390, 1440])
def test_no_page_breaks_wcag(live_server: object, library: list[str], context: Callable, width: int) -> None:
    page = context(viewport={"width": width, "height": 900}).new_page()
    found = [fault for address in visits(page, live_server.url, library) for fault in faults(page, address, width)]
    assert not found, "\n".join(found)


def test_what_is_faint_in_the_dark_alone_is_found(page: Page) -> None:
    """The walk above looks at the dark too, and can fail."""
    faint = "<main style='color-scheme: light dark; color: light-dark(black, #222); background: Canvas'><h1>龙华有塔</h1></main>"
    page.set_content(f"<!doctype html><html lang='zh'><title>页</title>{faint}")
    assert [violation["id"] for violation in violations(page)] == ["color-contrast"]


def test_no_page_asks_another_host_or_breaks_its_own_policy(
    live_server: object, library: list[str], browser: Browser
) -> None:
    """The browser keeps to the policy here, as it does at a reader's, and says what it refused."""
    with browser.new_context() as visitor:
        page, asked, refused = visitor.new_page(), set(), []
        page.on("request", lambda request: asked.add(request.url.split("/")[2]))
        page.on("console", lambda said: refused.append(said.text) if "Content Security Policy" in said.text else None)
        list(visits(page, live_server.url, library))
    assert asked == {live_server.url.split("/")[2]}
    assert refused == []


def test_every_page_reads_without_scripts(live_server: object, library: list[str], context: Callable) -> None:
    page = context(java_script_enabled=False).new_page()
    for address in visits(page, live_server.url, library):
        assert page.locator("main h1").count() == 1, address
        assert page.locator("button:visible:not([type=submit])[type=button]").count() == 0, address
    page.goto(live_server.url + next(a for a in library if "picturebooks" in a))
    assert page.locator("text=yè").first.is_visible()


def test_the_reading_settings_are_remembered(live_server: object, library: list[str], context: Callable) -> None:
    page = context(viewport={"width": 1440, "height": 900}).new_page()
    page.goto(live_server.url)
    page.locator(".prefs summary").click()
    page.locator(".prefs label", has_text="特大").click()
    page.goto(live_server.url + "/chronicle/")
    assert page.locator("#size-x").is_checked()


def test_the_picture_book_turns_by_keyboard(live_server: object, library: list[str], context: Callable) -> None:
    page = context(viewport={"width": 1440, "height": 900}, reduced_motion="reduce").new_page()
    page.goto(live_server.url + next(a for a in library if "picturebooks/" in a))
    page.keyboard.press("ArrowRight")
    page.wait_for_selector(".thumbs li:nth-child(2) a[aria-current]")
