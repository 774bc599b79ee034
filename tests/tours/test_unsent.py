"""What was written without signal, or without room on the phone, is not lost."""

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from tests.tours.basement import Seat, bench_of
from tests.tours.test_flight import take_off, wait_until_kept
from tours.models import Question, Script, Tour

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_script_written_without_signal_is_not_lost(hall: Tour, guide: User, seat: Seat) -> None:
    """It is said that it was not saved; it stands in its box again, after a day too, and is saved when there is signal."""
    page = seat(guide)
    page.goto(bench_of(hall))
    wait_until_kept(page)
    take_off(page)
    page.goto(bench_of(hall))
    first = page.locator(".b-stops > li").first
    first.locator("summary", has_text="我的讲稿").click()
    first.locator("textarea").fill("一\n二，讲到箱子")
    first.get_by_role("button", name="保存讲稿").click()
    expect(page.locator("h1")).to_have_text("还没有送到")
    assert not Script.objects.exists()
    page.close()

    page = page.context.new_page()
    page.goto(bench_of(hall))
    expect(first_of(page).locator("textarea")).to_have_value("一\n二，讲到箱子")
    expect(first_of(page).locator("form .kept")).to_contain_text("还没有保存")
    page.context.set_offline(False)
    first_of(page).get_by_role("button", name="保存讲稿").click()
    expect(page.locator("main > .kept")).to_have_count(0)
    expect(first_of(page).locator("textarea")).to_have_value("一\n二，讲到箱子")
    assert Script.objects.get().text.split() == ["一", "二，讲到箱子"]
    page.reload()
    expect(page.locator("form .kept")).to_have_count(0)


def first_of(page: Page) -> object:
    """Return the first stop at the bench."""
    return page.locator(".b-stops > li").first


def test_what_could_not_be_sent_can_be_thrown_away(hall: Tour, guide: User, seat: Seat) -> None:
    """Then what is saved stands in the box."""
    page = seat(guide)
    page.goto(bench_of(hall))
    wait_until_kept(page)
    take_off(page)
    first_of(page).locator("summary", has_text="我的讲稿").click()
    first_of(page).locator("textarea").fill("写错了")
    first_of(page).get_by_role("button", name="保存讲稿").click()
    page.get_by_role("link", name="回到刚才的一页").click()
    first_of(page).get_by_role("button", name="不要了").click()
    expect(first_of(page).locator("textarea")).to_have_value("")
    page.reload()
    expect(page.locator("form .kept")).to_have_count(0)


def test_a_full_phone_is_told_from_a_lost_signal(hall: Tour, guide: User, seat: Seat) -> None:
    """Another try with signal would not help."""
    page = seat(guide)
    page.goto("/about/")
    origin = page.evaluate("location.origin")
    page.context.new_cdp_session(page).send("Storage.overrideQuotaForOrigin", {"origin": origin, "quotaSize": 40_000})
    page.goto("/guide/")
    expect(page.locator(".carried")).to_contain_text("手机存满了", timeout=30_000)


def test_a_question_that_finds_no_room_stays_in_its_box(hall: Tour, guide: User, seat: Seat) -> None:
    """It is said; with signal it is sent from there, once."""
    page = seat(guide)
    page.goto(f"{bench_of(hall)}go/")
    wait_until_kept(page)
    page.evaluate("""() => {
        for (let size = 1 << 20; size >= 1; size >>= 1) {
            try { for (;;) localStorage.setItem(`full-${size}-${localStorage.length}`, "x".repeat(size)); } catch {}
        }
    }""")
    take_off(page)
    stop = page.locator("article.stop").first
    stop.locator(".ask summary").click()
    stop.locator("textarea").fill("箱子有多重？")
    stop.get_by_role("button", name="记下问题").click()
    expect(stop.locator("[data-status]")).to_contain_text("手机存满了")
    expect(stop.locator("textarea")).to_have_value("箱子有多重？")
    page.context.set_offline(False)
    stop.get_by_role("button", name="记下问题").click()
    expect(stop.locator("[data-status]")).to_contain_text("已送到馆员那里")
    expect(stop.locator("textarea")).to_have_value("")
    assert Question.objects.get().text == "箱子有多重？"
