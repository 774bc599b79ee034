"""The page that a guide speaks from and the bench on a phone, in a real browser: the clock, the light, what is in reach."""

import re
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Locator, Page, expect

from tours.models import Run, RunStop, Stop, Tour

pytestmark = pytest.mark.django_db(transaction=True)
Seat = Callable[..., Page]
# Counts what is really asked of the browser, and passes it on.
COUNTED = """
window.asked = 0;
const real = navigator.wakeLock?.request.bind(navigator.wakeLock);
if (real) navigator.wakeLock.request = (...all) => { window.asked += 1; return real(...all); };
"""
WITHOUT = "delete Navigator.prototype.wakeLock"


def talk_of(tour: Tour) -> str:
    """Return the address from which a tour is spoken."""
    return f"/guide/tours/{tour.pk}/go/"


def wait_until(page: Page, script: str) -> None:
    """Wait for something to be true; the page's own policy forbids the polling that Playwright offers."""
    for _turn in range(600):
        if page.evaluate(script):
            return
        page.wait_for_timeout(100)
    raise AssertionError(script)


def in_sight(page: Page, what: Locator) -> bool:
    """Whether the middle of something is on the screen, with nothing above it."""
    return what.evaluate(
        """(one) => {
        const box = one.getBoundingClientRect();
        const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
        return top !== null && (one === top || one.contains(top) || top.contains(one));
    }"""
    )


def test_a_stop_is_timed_and_a_reload_does_not_start_anew(hall: Tour, guide: User, seat: Seat) -> None:
    """Seven minutes at a stop of three: four over. The clock, the stops told and their seconds outlive a reload."""
    page = seat(guide)
    page.clock.install()
    page.goto(talk_of(hall))
    page.locator(".dots ol a").nth(1).click()
    expect(page.locator(".dots ol a").nth(1)).to_have_attribute("aria-current", "step")
    page.clock.run_for(7 * 60 * 1000 + 30_000)
    # The clock goes on while the test looks at it.
    expect(page.locator("#over")).to_have_text(re.compile("这一站超了 [456] 分钟"))
    expect(page.locator("#clock")).to_have_text(re.compile("0[789]:"))
    page.reload()
    page.clock.run_for(2000)
    expect(page.locator("#clock")).to_have_text(re.compile("0[789]:|10:"))
    expect(page.get_by_role("button", name="从头计时")).to_be_visible()
    page.locator(".dots ol a").last.click()
    expect(page.locator("[name=told]").nth(1)).to_be_checked()
    expect(page.locator("[name=told]").nth(4)).not_to_be_checked()
    page.get_by_role("button", name="记下这一次").click()
    expect(page.locator("#stop-end [data-status]")).to_contain_text("已送出")
    told = RunStop.objects.get(number=2)
    assert (told.skipped, told.seconds >= 445) == (False, True)
    page.goto(talk_of(hall))
    page.clock.run_for(1000)
    expect(page.locator("#clock")).to_have_text(re.compile("00:"))
    expect(page.get_by_role("button", name="从头计时")).to_be_hidden()
    assert Run.objects.count() == 1


def test_what_is_chosen_by_hand_outlives_a_reload(hall: Tour, guide: User, seat: Seat) -> None:
    """A tick that the guide set; and the clock can be started afresh."""
    page = seat(guide)
    page.goto(talk_of(hall))
    page.locator(".dots ol a").last.click()
    page.locator("[name=told]").nth(6).check()
    wait_until(page, "localStorage.getItem(Object.keys(localStorage).find((k) => k.includes('talk'))).includes('true')")
    page.reload()
    expect(page.locator("[name=told]").nth(6)).to_be_checked()
    page.get_by_role("button", name="从头计时").click()
    expect(page.locator("[name=told]").nth(6)).not_to_be_checked()


def test_the_screen_stays_lit(hall: Tour, guide: User, seat: Seat) -> None:
    """It is asked for at once, and again when the page comes back; where it cannot be, that is said."""
    page = seat(guide)
    page.add_init_script(COUNTED)
    page.goto(talk_of(hall))
    wait_until(page, "window.asked === 1")
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    wait_until(page, "window.asked === 2")
    other = seat(guide)
    other.add_init_script(WITHOUT)
    other.goto(talk_of(hall))
    expect(other.locator("#awake")).to_contain_text("不能让屏幕一直亮着")
    other.locator(".dots ol a").nth(2).click()
    expect(other.locator(".dots ol a").nth(2)).to_have_attribute("aria-current", "step")


@pytest.fixture
def long(hall: Tour) -> Tour:
    """The same tour with twice as many stops."""
    for stop in list(Stop.objects.filter(tour=hall)):
        Stop.objects.create(tour=hall, holding=stop.holding, story=stop.story, sort_order=stop.sort_order + 20)
    return hall


def test_what_is_recorded_and_said_is_in_sight(long: Tour, guide: User, seat: Seat) -> None:
    """Of sixteen stops: the button at once, what was said after it, and the answer to a question."""
    page = seat(guide)
    page.goto(talk_of(long))
    stop = page.locator("article.stop").first
    stop.locator(".ask summary").click()
    stop.locator("textarea").fill("这只箱子有多重？")
    stop.get_by_role("button", name="记下问题").click()
    said = stop.locator("[data-status]")
    expect(said).to_contain_text("已送到馆员那里")
    expect(said).to_be_in_viewport()
    assert in_sight(page, said)
    page.locator(".dots ol a").last.click()
    button = page.get_by_role("button", name="记下这一次")
    expect(button).to_be_in_viewport()
    assert in_sight(page, button)
    button.click()
    said = page.locator("#stop-end [data-status]")
    expect(said).to_contain_text("已送出")
    assert in_sight(page, said)


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_the_whole_tour_is_in_reach_on_a_phone(long: Tour, guide: User, seat: Seat, prefix: str) -> None:
    """Total, talk, print, fit and title stand on the screen beside the first stop and the last, and cover nothing jumped to."""
    page = seat(guide)
    page.goto(f"{prefix}/guide/tours/{long.pk}/")
    bar = page.locator(".b-quick a")
    for number in (0, 7, 15):
        page.locator(".b-stops > li").nth(number).evaluate(
            "one => one.scrollIntoView({ block: 'center', behavior: 'instant' })"
        )
        page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        for one in (page.locator(".b-total p b").first, *bar.all()):
            assert in_sight(page, one), (number, one.inner_text())
    assert bar.count() == 4
    assert all(one.bounding_box()["height"] >= 44 for one in bar.all())
    bar.nth(2).click()
    expect(page.locator("#fit-n")).to_be_in_viewport()
    assert in_sight(page, page.locator("#fit-n"))
    bar.nth(3).click()
    expect(page.locator("#id_title")).to_be_in_viewport()
    assert in_sight(page, page.locator("#id_title"))
    page.goto(f"{prefix}/guide/tours/{long.pk}/#stop-{Stop.objects.filter(tour=long).last().pk}")
    assert in_sight(page, page.locator(".b-stops > li:target h3"))
    assert page.locator(".b-stops form button:visible").count() == 2 * 16, "all but the arrows are folded"


def test_two_taken_out_come_back_by_their_buttons(hall: Tour, guide: User, seat: Seat) -> None:
    """Listed by name; each has its button, and one brings all back."""
    page = seat(guide)
    page.goto(f"/guide/tours/{hall.pk}/")
    for _turn in range(2):
        stop = page.locator(".b-stops > li").nth(1)
        stop.locator("summary", has_text="锁定、移去").click()
        stop.get_by_role("button", name="移去").click()
    expect(page.locator(".b-out li")).to_have_count(2)
    expect(page.locator(".b-out li").first).to_contain_text("客厅")
    page.get_by_role("button", name="放回来 胸像").click()
    expect(page.locator(".b-out li")).to_have_count(1)
    page.get_by_role("button", name="放回来 客厅").click()
    expect(page.locator(".b-stops > li")).to_have_count(8)
    titles = [stop.holding.title for stop in Stop.objects.filter(tour=hall).order_by("sort_order")[:3]]
    assert titles == ["一只塞满资料的行李箱", "胸像", "客厅"]
