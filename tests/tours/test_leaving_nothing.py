"""What is no longer somebody's to see leaves the device: after a logout, a withdrawal, a closing."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.test.testcases import _MediaFilesHandler
from playwright.sync_api import expect
from wagtail.models import PageViewRestriction

from cms.models import Holding
from tests.tours.basement import NAMES, Seat, bench_of
from tests.tours.test_flight import KEPT, take_off, wait_for, wait_until_kept
from tours.models import Script, Stop, Tour

pytestmark = pytest.mark.django_db(transaction=True)


def test_who_leaves_without_signal_leaves_nothing(
    hall: Tour, guide: User, colleague: User, draw_up: Callable[..., Tour], seat: Seat
) -> None:
    """The device forgets at once, the server as soon as there is signal; the next guide on the phone meets her own alone."""
    Script.objects.create(stop=Stop.objects.filter(tour=hall).first(), owner=guide, text="只给我自己看")
    other = draw_up((Holding.objects.get(title="胸像"), None), owner=colleague, title="同事的一条")
    page = seat(guide)
    page.goto("/guide/")
    wait_until_kept(page)
    take_off(page)
    page.goto(f"{bench_of(hall)}go/")
    expect(page.locator(".cue")).to_have_text("只给我自己看")
    page.goto("/guide/")
    page.get_by_role("button", name="退出").click()
    expect(page.locator("h1")).to_have_text("已退出")
    assert not [one for one in page.evaluate(NAMES) if one.startswith("zhihui-guide")]
    assert Session.objects.count() == 1
    for address in ("/guide/", f"{bench_of(hall)}go/", bench_of(hall)):
        page.goto(address)
        expect(page.locator("h1")).to_have_text("已退出")
    page.go_back()
    expect(page.locator("h1")).to_have_text("已退出")

    page.context.set_offline(False)
    page.goto("/guide/")
    page.wait_for_url("**/guide/login/**")
    assert not Session.objects.exists()
    page.get_by_label("用户名").fill("colleague")
    page.get_by_label("口令").fill("walks-and-talks-2")
    page.get_by_role("button", name="登录").click()
    page.wait_for_url("**/guide/")
    wait_until_kept(page)
    take_off(page)
    page.goto(f"{bench_of(other)}go/")
    expect(page.locator("article.stop h2").first).to_have_text("胸像")
    page.goto(f"{bench_of(hall)}go/")
    expect(page.locator("h1")).to_have_text("离线")


def test_a_picture_withdrawn_is_served_to_nobody_who_kept_it(
    opened: Tour, seat: Seat, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With signal the device asks, and forgets what it may not show."""
    # Django's own test server would hand out every file without asking the site.
    monkeypatch.setattr(_MediaFilesHandler, "_should_handle", lambda handler, path: False)
    page = seat()
    page.goto(f"{opened.get_url()}2/")
    wait_until_kept(page)
    picture = page.locator(".halt-p img").evaluate("(image) => new URL(image.currentSrc).pathname")
    assert picture in page.evaluate(KEPT)
    Holding.objects.get(title="胸像").specific.unpublish()
    assert page.evaluate("(path) => fetch(path, { cache: 'no-store' }).then((one) => one.status)", picture) == 404
    wait_for(page, "async (path) => !(await caches.match(path))", picture)
    page.goto(opened.get_url())
    wait_until_kept(page)
    page.goto(f"{opened.get_url()}2/")
    wait_until_kept(page)
    assert not [one for one in page.evaluate(KEPT) if "胸像" in one or picture == one]


def close(tour: Tour) -> None:
    """Close a tour to all but those who have logged in."""
    PageViewRestriction.objects.create(page_id=tour.pk, restriction_type=PageViewRestriction.LOGIN)


def test_a_tour_for_those_logged_in_is_not_kept_with_the_public_ones(opened: Tour, guide: User, seat: Seat) -> None:
    """It is shown to them, and it is said that it could not be kept."""
    close(opened)
    page = seat(guide)
    page.goto(opened.get_url())
    expect(page.locator(".way a")).to_have_count(8)
    expect(page.locator(".carried")).to_contain_text("没有存下", timeout=30_000)
    assert not [one for one in page.evaluate(KEPT) if one.startswith("/tours/")]


def test_a_tour_that_was_closed_leaves_the_device(opened: Tour, seat: Seat) -> None:
    """When any page of it is asked for with signal, all of it goes."""
    page = seat()
    page.goto(opened.get_url())
    wait_until_kept(page)
    close(opened)
    page.goto(f"{opened.get_url()}3/")
    wait_for(page, "async () => !(await caches.keys()).some((one) => one.startsWith('zhihui-public'))")
    take_off(page)
    page.goto(f"{opened.get_url()}2/")
    expect(page.locator("h1")).to_have_text("离线")
