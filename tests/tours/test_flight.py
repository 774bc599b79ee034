"""Flight mode, in a real browser: after one visit the bench, the tour and the sources open with the network off."""

from collections.abc import Callable
from threading import Event

import pytest
from django.contrib.auth.models import User
from django.http import HttpRequest
from playwright.sync_api import Locator, Page, Route, expect

from tests.waiting import PATIENCE, until
from tours.flight import HEADER, use_of
from tours.guiding.walking import presenting
from tours.models import Question, Run, Stop, Tour

pytestmark = pytest.mark.django_db(transaction=True)
Seat = Callable[..., Page]
KEPT = """async () => {
    const found = [];
    for (const name of await caches.keys()) for (const one of await (await caches.open(name)).keys()) found.push(new URL(one.url).pathname);
    return found;
}"""


# Lazy ones too; a picture that does not come rejects.
PICTURES = """async () => {
    for (const image of document.images) { image.loading = 'eager'; await image.decode(); }
    return document.images.length;
}"""


def wait_until_kept(page: Page) -> None:
    """Wait until the page says that it can be read in flight mode, with those that it carries."""
    expect(page.locator(".carried")).to_have_text("已存好，可离线", timeout=PATIENCE * 1000)


def wait_for(page: Page, script: str, word: str = "") -> None:
    """Wait until an asynchronous function says yes; Playwright's own wait takes the promise for the answer."""
    until(lambda: page.evaluate(script, word))


def take_off(page: Page) -> None:
    """Turn the network off, for the page and for its worker."""
    page.context.set_offline(True)
    with pytest.raises(Exception, match="net::"):
        page.context.new_page().goto("/about/")


def read_a_source(page: Page) -> Locator:
    """Open the source of the fourth stop, in two taps, and return the stop."""
    taps = 0
    page.locator(".dots ol a").nth(3).click()
    taps += 1
    stop = page.locator("article.stop").nth(3)
    stop.locator(".from summary").click()
    taps += 1
    expect(stop.locator(".from li")).to_be_visible()
    expect(stop.locator(".from li")).to_have_text("某报，3")
    assert taps == 2
    return stop


def test_one_visit_then_no_signal(hall: Tour, guide: User, seat: Seat) -> None:
    """The bench from the list, the tour, a source in two taps, a question and the run; back with signal each is there once."""
    page = seat(guide)
    page.goto("/guide/")
    wait_until_kept(page)
    take_off(page)

    page.goto("/guide/")
    expect(page.locator(".kept")).to_contain_text("离线")
    page.get_by_role("link", name="提着一箱纸回家的人").first.click()
    expect(page.locator(".b-stops > li")).to_have_count(8)
    page.goto("/guide/")
    page.get_by_role("link", name="开讲").first.click()
    expect(page.locator("article.stop h2").first).to_have_text("一只塞满资料的行李箱")
    assert page.evaluate(PICTURES) > 0
    font = page.evaluate("getComputedStyle(document.querySelector('h1')).fontFamily")
    assert "ZH Latin" in font, "the style sheets are there too"

    stop = read_a_source(page)
    stop.locator(".ask summary").click()
    stop.locator("textarea").fill("罗兰后来还来过上海吗？")
    stop.get_by_role("button", name="记下问题").click()
    expect(stop.locator("[data-status]")).to_contain_text("记下了")
    page.locator(".dots ol a").last.click()
    page.get_by_role("button", name="记下这一次").click()
    assert (Question.objects.count(), Run.objects.count()) == (0, 0)

    page.reload()
    page.context.set_offline(False)
    page.evaluate("dispatchEvent(new Event('online'))")
    page.wait_for_function("localStorage.getItem('zhihui-outbox') === '[]'", timeout=PATIENCE * 1000)
    asked = Question.objects.get()
    assert (asked.text, asked.number, asked.tour) == ("罗兰后来还来过上海吗？", 4, hall)
    assert Run.objects.count() == 1
    page.reload()
    page.evaluate("dispatchEvent(new Event('online'))")
    page.wait_for_timeout(500)
    assert (Question.objects.count(), Run.objects.count()) == (1, 1)


def test_who_leaves_takes_nothing_along(hall: Tour, guide: User, seat: Seat) -> None:
    """After the logout a shared telephone shows none of the bench, with signal or without."""
    page = seat(guide)
    page.goto("/guide/")
    wait_until_kept(page)
    page.get_by_role("button", name="退出").click()
    page.wait_for_url("**/guide/login/**")
    wait_for(page, f"async () => !(await ({KEPT})()).some((one) => one.startsWith('/guide/tours'))")
    take_off(page)
    page.goto(f"/guide/tours/{hall.pk}/go/")
    assert "行李箱" not in page.content()
    expect(page.locator("h1")).to_have_text("离线")


def test_what_is_still_coming_when_she_leaves_is_not_kept(
    hall: Tour, guide: User, seat: Seat, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page that was asked for before the logout and arrives after it."""
    left = Event()

    def slow(request: HttpRequest) -> str:
        assert HEADER not in request.headers or left.wait(30)
        return use_of(request)

    monkeypatch.setattr(presenting, "use_of", slow)
    page = seat(guide)
    page.goto("/guide/")
    expect(page.locator(".carried")).to_have_text("正在存，供离线用……")
    page.get_by_role("button", name="退出").click()
    page.wait_for_url("**/guide/login/**")
    page.wait_for_load_state("networkidle")
    left.set()
    page.wait_for_timeout(3000)
    assert not [one for one in page.evaluate(KEPT) if one.startswith("/guide/tours")]


def test_a_page_is_asked_for_once_to_be_kept(
    hall: Tour, guide: User, seat: Seat, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its opening and the page itself both want it kept; each opening keeps it as it is then."""
    uses: list[str] = []
    monkeypatch.setattr(presenting, "use_of", lambda request: uses.append(use_of(request)) or uses[-1])
    page = seat(guide)
    page.goto("/guide/")
    wait_until_kept(page)
    for _ in range(3):
        uses.clear()
        page.goto(f"/guide/tours/{hall.pk}/go/")
        wait_until_kept(page)
        assert uses == ["web", "offline"]


def test_a_visitor_walks_a_public_tour_without_signal(hall: Tour, seat: Seat) -> None:
    """Having looked at its page once; other pages of the site are not kept."""
    hall.save_revision().publish()
    address = hall.get_url()
    page = seat()
    page.goto(address)
    wait_until_kept(page)
    take_off(page)
    page.goto(address)
    page.locator(".way a").nth(4).click()
    expect(page.locator("h1")).to_have_text("白玉兰")
    assert page.evaluate(PICTURES) > 0
    page.locator("details.src summary").click()
    expect(page.locator("details.src li")).to_have_text("某报，3")
    kept = page.evaluate(KEPT)
    assert not [one for one in kept if not one.startswith((address, "/static/", "/files/"))]


def test_a_page_that_could_not_be_kept_is_said(hall: Tour, guide: User, seat: Seat) -> None:
    """A guide learns it before she goes down, and how many; the rest is there."""
    page, here = seat(guide, locale="en-GB"), f"/guide/tours/{hall.pk}/go/"

    def with_one_that_is_gone(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text().replace(f'"/en{here}"', '"/en/guide/tours/999999/go/"'))

    page.route("**/en/guide/", with_one_that_is_gone)
    page.goto("/en/guide/")
    expect(page.locator(".carried")).to_have_text(
        "Pages not saved: 1. Open this again when you have a signal", timeout=PATIENCE * 1000
    )
    assert f"/en/guide/tours/{hall.pk}/" in page.evaluate(KEPT)


def test_what_rights_do_not_allow_offline_is_not_kept(hall: Tour, guide: User, seat: Seat) -> None:
    """With signal its picture is shown; without, the page says what is missing and why."""
    thing = Stop.objects.filter(tour=hall).order_by("sort_order")[1].holding
    thing.use_offline = False
    thing.save()
    hall.save_revision().publish()
    page, visitor = seat(guide), seat()
    for where, address, whole in (
        (page, f"/guide/tours/{hall.pk}/go/", "article.stop:nth-of-type(2)"),
        (visitor, f"{hall.get_url()}2/", "main"),
    ):
        where.goto(address)
        expect(where.locator(f"{whole} figure img").first).to_be_attached()
        assert "权利不许离线使用" not in where.locator(whole).inner_text()
        wait_until_kept(where)
        take_off(where)
        where.goto(address)
        expect(where.locator(whole)).to_contain_text("胸像：权利不许离线使用")
        assert where.locator(f"{whole} figure img").count() == 0
