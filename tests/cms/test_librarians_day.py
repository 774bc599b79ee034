"""A librarian's whole day, in a real browser: close, copy, schedule, rename, choose, delete; nothing fails, no dialog is empty."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from authorities.models import Place
from chronicle.models import Entry
from cms.models import Holding, Relation, Shelf
from tests.cms.desk.office import log_in, people
from tests.cms.desk.one_of_each import picture

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def office(db: None) -> Place:
    """A librarian, an editor, a road that an entry is about, and a picture of somebody else's."""
    people()
    road = Shelf.objects.get(slug="places").add_child(instance=Place(title="淮海中路", place_type="road"))
    entry = Entry(title="霞飞路上", relations=[Relation(role="about", target=road.holding_ptr)])
    Shelf.objects.get(slug="chronicle").add_child(instance=entry)
    picture("馆藏旧照")
    for page in (road, entry):
        page.save_revision().publish()
    return road


@pytest.fixture
def faults() -> list[str]:
    """What a server answered with a fault to any browser of the test."""
    return []


@pytest.fixture
def sit_down(browser: Browser, live_server: object, office: Place, faults: list[str]) -> Iterator[Callable[..., Page]]:
    """Return a function that opens a browser, and logs somebody in where one is named."""
    opened = []
    # The machine may be busy with others; what is waited for is the thing itself.
    expect.set_options(timeout=120_000)

    def open_one(name: str = "") -> Page:
        page = browser.new_context(viewport={"width": 1440, "height": 1000}, locale="zh-CN").new_page()
        page.set_default_timeout(120_000)
        page.on("response", lambda r: faults.append(f"{r.status} {r.url}") if r.status >= 500 else None)
        opened.append(page.context)
        if name:
            log_in(page, live_server, name)
        return page

    yield open_one
    for context in opened:
        context.close()


def edit(page: Page, live_server: object, holding: Holding) -> None:
    """Open the form of a holding."""
    page.goto(f"{live_server.url}/admin/pages/{holding.pk}/edit/")


def open_status(page: Page) -> None:
    """Open the panel beside the form that says how it stands."""
    page.click("[data-side-panel-toggle=status]")
    page.wait_for_selector("[data-side-panel=status]:visible")


def publish(page: Page) -> None:
    """Send the form by its button for publishing."""
    page.locator("footer [data-w-dropdown-target=toggle]").first.click()
    with page.expect_navigation():
        page.locator("footer [name=action-publish]:visible").first.click()


def test_an_editor_closes_a_page_and_a_reader_opens_it(
    sit_down: Callable[..., Page], live_server: object, office: Place, faults: list[str]
) -> None:
    """By the dialog that was empty; the reader gives the word and reads, another does not."""
    desk = sit_down("editor")
    edit(desk, live_server, office)
    open_status(desk)
    desk.click("[data-a11y-dialog-show=set-privacy]")
    desk.locator("#set-privacy [name=restriction_type][value=password]").check()
    desk.locator("#set-privacy [name=password]").fill("梧桐")
    with desk.expect_response("**/privacy/"):
        desk.locator("#set-privacy form [type=submit]").click()
    expect(desk.locator("#set-privacy form")).to_be_hidden()
    address = f"{live_server.url}{office.get_url_parts()[2]}"
    reader, other = sit_down(), sit_down()
    for page in (reader, other):
        page.goto(address)
        expect(page.locator("main h1", has_text="淮海中路")).to_have_count(0)
    reader.fill("[name=password]", "梧桐")
    reader.locator("[name=password]").press("Enter")
    expect(reader.locator("main h1")).to_have_text("淮海中路")
    other.goto(f"{live_server.url}/id/{office.uid}")
    expect(other.locator("main h1", has_text="淮海中路")).to_have_count(0)
    assert faults == []


def test_a_librarian_copies_and_chooses_somebody_elses_picture(
    sit_down: Callable[..., Page], live_server: object, office: Place, faults: list[str]
) -> None:
    """The copy opens for editing under its own number; the chooser shows the whole library."""
    desk = sit_down("librarian")
    desk.goto(f"{live_server.url}/admin/pages/{office.pk}/copy/")
    desk.fill("[name=new_title]", "淮海东路")
    with desk.expect_navigation():
        desk.click(".nice-padding form [type=submit]")
    copy = Holding.objects.get(title="淮海东路")
    assert (copy.live, copy.uid != office.uid, copy.slug) == (False, True, copy.uid.lower())
    edit(desk, live_server, copy)
    desk.locator("[data-contentpath=cover] [data-chooser-action-choose]").first.click()
    desk.locator(".modal-body a:has-text('馆藏旧照')").first.click()
    expect(desk.locator(".modal-body")).to_have_count(0)
    with desk.expect_navigation():
        desk.click("footer button:has-text('保存草稿')")
    assert Holding.objects.get(pk=copy.pk).get_latest_revision_as_object().cover.title == "馆藏旧照"
    desk.goto(f"{live_server.url}/admin/pages/{Shelf.objects.get(slug='chronicle').pk}/")
    desk.click("a:has-text('全部条目')")
    expect(desk.locator("a:has-text('霞飞路上')").first).to_be_visible()
    assert faults == []


def test_an_editor_schedules_and_renames(
    sit_down: Callable[..., Page], live_server: object, office: Place, faults: list[str]
) -> None:
    """The schedule is kept and shown, and both addresses lead to the record, as its number does."""
    old = office.get_url_parts()[2]
    desk = sit_down("editor")
    edit(desk, live_server, office)
    desk.click("[role=tab]:has-text('编号与发布')")
    desk.fill("#id_slug", "huaihai-road")
    publish(desk)
    reader = sit_down()
    for address in (f"/id/{office.uid}。", "/places/huaihai-road/", old):
        reader.goto(f"{live_server.url}{address}")
        expect(reader.locator("main h1")).to_have_text("淮海中路")

    entry = Entry.objects.get()
    edit(desk, live_server, entry)
    open_status(desk)
    desk.locator("[data-side-panel=status] [data-a11y-dialog-show=schedule-publishing-dialog]").click()
    due = timezone.localtime() + timedelta(days=3)
    desk.locator("#schedule-publishing-dialog [name=go_live_at]").fill(f"{due:%Y-%m-%d %H:%M}")
    # By the keyboard: the calendar lies over the button.
    with desk.expect_navigation():
        desk.locator("#schedule-publishing-dialog button.action-save").press("Enter")
    draft = Entry.objects.get().get_latest_revision_as_object()
    assert f"{timezone.localtime(draft.go_live_at):%Y-%m-%d %H:%M}" == f"{due:%Y-%m-%d %H:%M}"
    publish(desk)
    edit(desk, live_server, entry)
    open_status(desk)
    expect(desk.locator("[data-side-panel=status]")).to_contain_text(f"{due.year}")
    assert Entry.objects.get().revisions.filter(approved_go_live_at__isnull=False).count() == 1
    assert faults == []


def test_an_editor_deletes_what_is_referred_to(
    sit_down: Callable[..., Page], live_server: object, office: Place, faults: list[str]
) -> None:
    """What refers to it is listed, and while it does there is no form to delete it by."""
    desk = sit_down("editor")
    desk.goto(f"{live_server.url}/admin/pages/{office.pk}/delete/")
    expect(desk.locator("main")).to_contain_text("霞飞路上")
    expect(desk.locator(f"form[action$='/{office.pk}/delete/']")).to_have_count(0)
    assert (Place.objects.count(), Relation.objects.count()) == (1, 1)
    desk.goto(f"{live_server.url}/admin/pages/{Entry.objects.get().pk}/edit/")
    expect(desk.locator("#id_title")).to_have_value("霞飞路上")
    assert faults == []
