"""A slow network is no dead one: an answer is waited for in sight, and the past is never shown as the present."""

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Locator, Page, expect

from search.rebuilding import rebuild
from tests.tours.basement import SLOW, Line, Seat, bench_of
from tests.tours.test_flight import wait_until_kept
from tours.models import Stop, Tour

pytestmark = pytest.mark.django_db(transaction=True)
# Playwright's locators stand still while a page is on its way; the old page speaks meanwhile.
WATCHED = """() => new MutationObserver(() => {
    console.info(document.querySelector('.flight-wait')?.textContent ?? '');
}).observe(document.body, { childList: true })"""


def test_a_slow_answer_is_waited_for_in_sight(hall: Tour, guide: User, seat: Seat, line: Line) -> None:
    """The page says so where it stands, and then shows the present, not what was kept."""
    page = seat(guide)
    page.goto("/guide/")
    wait_until_kept(page)
    Tour.objects.filter(pk=hall.pk).update(title="改过的题名")
    line.hold(lambda method, address: address.startswith(bench_of(hall)))
    page.evaluate(WATCHED)
    with page.expect_console_message(lambda said: said.text == SLOW):
        page.get_by_role("link", name="提着一箱纸回家的人").first.click(no_wait_after=True)
    line.let_go()
    expect(page.locator("h1")).to_have_text("改过的题名", timeout=30_000)
    expect(page.locator(".kept")).to_have_count(0)


def test_a_search_on_a_slow_network_comes_in_the_end(hall: Tour, guide: User, seat: Seat, line: Line) -> None:
    """What is kept is offered meanwhile, with its hour; nobody is told to be offline."""
    rebuild()
    page, address = seat(guide), f"{bench_of(hall)}?q=行李箱"
    page.goto("/guide/")
    wait_until_kept(page)
    line.hold(lambda method, address: "q=" in address)
    page.goto(address, wait_until="commit")
    expect(page.locator("h1")).to_have_text(SLOW)
    expect(page.get_by_role("link", name="存下的")).to_be_visible()
    assert "离线" not in page.locator("main").inner_text()
    line.let_go()
    expect(page.locator(".s-sum")).to_contain_text("行李箱", timeout=30_000)
    expect(page.locator(".kept")).to_have_count(0)
    assert len(line.held) == 1, "asked for once"


def test_who_would_rather_not_wait_sees_what_is_kept(hall: Tour, guide: User, seat: Seat, line: Line) -> None:
    """By choice, with its pictures, and with a word that it is not the present; the way there stays open."""
    page = seat(guide)
    page.goto("/guide/")
    wait_until_kept(page)
    # Styles have lasting names on a site and are not asked for again; in tests they have not.
    line.hold(lambda method, address: address.startswith((bench_of(hall), "/files/")))
    page.goto(f"{bench_of(hall)}go/", wait_until="commit")
    page.get_by_role("link", name="存下的").click(no_wait_after=True)
    expect(page.locator("main > .kept")).to_contain_text("不是现在的", timeout=30_000)
    page.wait_for_function(
        "document.images.length && [...document.images].slice(0, 1).every((one) => one.naturalWidth)"
    )
    line.let_go()
    page.get_by_role("link", name="看现在的").click()
    expect(page.locator("article.stop h2").first).to_have_text("一只塞满资料的行李箱")
    expect(page.locator(".kept")).to_have_count(0)


def to_be_locked(page: Page) -> tuple[Locator, Locator]:
    """Return the second stop on the bench, which is not locked, and the button that locks it, in reach."""
    second = page.locator(".b-stops > li").nth(1)
    expect(second).not_to_contain_text("已锁定")
    second.locator("summary", has_text="锁定、移去").click()
    return second, second.get_by_role("button", name="锁定", exact=True)


def test_after_an_action_the_state_before_it_is_not_shown(hall: Tour, guide: User, seat: Seat, line: Line) -> None:
    """The action is sent once however often it is pressed, and what comes is how things are after it."""
    page = seat(guide)
    page.goto(bench_of(hall))
    wait_until_kept(page)
    second, button = to_be_locked(page)
    line.hold(lambda method, address: method == "POST")
    page.evaluate(WATCHED)
    with page.expect_console_message(lambda said: said.text == SLOW):
        button.evaluate("(button) => { button.click(); button.click(); setTimeout(() => button.click(), 500); }")
    assert len(line.held) == 1
    line.let_go()
    expect(second).to_contain_text("已锁定", timeout=30_000)
    expect(page.locator(".kept")).to_have_count(0)
    assert Stop.objects.filter(tour=hall).order_by("sort_order")[1].locked


def test_what_follows_an_action_is_waited_for_too(hall: Tour, guide: User, seat: Seat, line: Line) -> None:
    """The page that a form leads to is not shown as it was kept before it."""
    page = seat(guide)
    page.goto(bench_of(hall))
    wait_until_kept(page)
    second, button = to_be_locked(page)
    line.hold(lambda method, address: method == "GET" and address.startswith(bench_of(hall)))
    button.click(no_wait_after=True)
    expect(page.locator("h1")).to_have_text(SLOW, timeout=30_000)
    line.let_go()
    expect(second).to_contain_text("已锁定", timeout=30_000)
    expect(page.locator(".kept")).to_have_count(0)
