"""A librarian's first hour, in a real browser: find, add, tie, preview, send to review; an editor publishes; readers find it."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PIL import Image as Picture
from playwright.sync_api import Browser, Page

from authorities.models import Person, Place
from cms.models import Holding, Shelf
from search.models import Unfound
from search.rebuilding import rebuild
from tests.accessibility import violations
from tests.cms.desk.office import log_in, people

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def office(db: None) -> None:
    """A chronicle office: a librarian, an editor, a person and a place on the shelf."""
    people()
    Shelf.objects.get(slug="people").add_child(instance=Person(title="聂耳", date_text="1912/1935"))
    Shelf.objects.get(slug="places").add_child(instance=Place(title="淮海中路", place_type="road"))


@pytest.fixture
def desk(browser: Browser, live_server: object, office: None) -> Callable[[str], Page]:
    """Return a function that opens a browser and logs somebody in."""
    opened = []

    def sit_down(name: str) -> Page:
        page = browser.new_context(viewport={"width": 1440, "height": 1000}, locale="zh-CN").new_page()
        opened.append(page.context)
        log_in(page, live_server, name)
        return page

    yield sit_down
    for context in opened:
        context.close()


def choose(page: Page, number: int, words: str, title: str) -> None:
    """Add a relation and choose its holding by a part of its title."""
    page.click("#id_relations-ADD")
    page.locator(f"#inline_child_relations-{number} [data-chooser-action-choose]").first.click()
    page.fill(".modal-body input[name=q]", words)
    page.locator(f".modal-body a.choose-page:has-text('{title}')").first.click()
    page.wait_for_selector(".modal-body", state="detached")


def upload(page: Page, path: Path) -> None:
    """Choose a picture by sending a new one."""
    Picture.new("RGB", (900, 600), "#435630").save(path)
    page.locator(
        "[data-contentpath=cover] [data-chooser-action-choose], #id_cover-chooser [data-chooser-action-choose]"
    ).first.click()
    page.locator(".modal-body [role=tab]").last.click()
    page.set_input_files(".modal-body input[type=file]", str(path))
    page.fill(".modal-body [name$=title]", "一片绿")
    page.locator(".modal-body [name$=alt]").first.fill("一片绿色")
    page.locator(".modal-body form button[type=submit], .modal-body form input[type=submit]").last.click()
    page.wait_for_selector(".modal-body", state="detached")


def test_the_first_hour(live_server: object, desk: Callable[[str], Page], tmp_path: Path) -> None:
    page = desk("librarian")
    page.goto(f"{live_server.url}/admin/pages/search/?q=海中")
    assert page.locator("text=淮海中路").count()

    shelf = Shelf.objects.get(slug="chronicle").pk
    page.goto(f"{live_server.url}/admin/pages/add/chronicle/entry/{shelf}/")
    page.fill("#id_title", "聂耳寓居霞飞路")
    page.fill("#id_date_text", "1934年")
    page.fill("#id_body", "聂耳曾住在今淮海中路。")
    upload(page, tmp_path / "green.png")
    page.click("[role=tab]:has-text('又名、关联与出处')")
    choose(page, 0, "聂", "聂耳")
    choose(page, 1, "海中", "淮海中路")
    page.click("#id_citations-ADD")
    page.fill("#id_citations-0-text", "《徐汇区志》")
    page.click("button:has-text('保存草稿')")
    page.wait_for_url("**/edit/**")

    entry = Holding.objects.get(title="聂耳寓居霞飞路")
    assert not entry.live
    page.goto(f"{live_server.url}/admin/pages/{entry.pk}/view_draft/")
    assert page.locator("main h1").inner_text() == "聂耳寓居霞飞路"
    assert page.goto(f"{live_server.url}/id/{entry.uid}").status == 404

    page.goto(f"{live_server.url}/admin/pages/{entry.pk}/edit/")
    page.click("footer [data-w-dropdown-target=toggle]")
    page.click("button:has-text('送审')")
    page.wait_for_load_state()

    page = desk("editor")
    page.goto(f"{live_server.url}/admin/pages/{entry.pk}/edit/")
    page.click("footer [data-w-dropdown-target=toggle]")
    page.locator("footer [data-workflow-action-name=approve]").first.click()
    page.wait_for_load_state("networkidle")

    page.goto(f"{live_server.url}/search/?q=寓居")
    page.click("main h2 a:has-text('聂耳寓居霞飞路')")
    assert page.locator(".chips-col a:has-text('聂耳')").count()
    assert page.locator("main img").count()
    assert "《徐汇区志》" in page.locator(".src").inner_text()


@pytest.mark.parametrize("width", [390, 1440])
def test_what_readers_did_not_find_is_mended_in_one_step(desk: Callable[[str], Page], live_server, width: int) -> None:
    """The page of searches in vain: fit for everybody, and the words are found after one click."""
    rebuild()
    Unfound.objects.create(plain="霞飞路", words="霞飞路", times=3)
    Unfound.objects.create(plain="淮海路", words="淮海 路", last=date(2020, 1, 1))
    page = desk("editor")
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{live_server.url}/admin/unfound/")
    found = violations(page, "main")
    assert not found, [violation["nodes"][0]["html"] for violation in found]
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    place = Place.objects.get()
    assert page.locator(f"datalist option[value='{place.uid} 淮海中路']").count() == 1
    row = page.locator("tr", has_text="霞飞路")
    row.get_by_label("馆藏编号或题名").fill(f"{place.uid} 淮海中路")
    row.get_by_role("button", name="加为名称").click()
    page.wait_for_selector("text=已是《淮海中路》的名称")
    page.goto(f"{live_server.url}/search/?q=霞飞路")
    assert page.locator("#hits h2").first.inner_text() == "淮海中路"
