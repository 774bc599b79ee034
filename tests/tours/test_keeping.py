"""Which pages are kept, and that a browser which cannot keep any says so."""

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import expect

from search.rebuilding import rebuild
from tests.tours.basement import Seat, bench_of
from tests.tours.test_flight import KEPT, take_off, wait_until_kept
from tours.flight import use_of
from tours.guiding.walking import presenting
from tours.models import Tour

pytestmark = pytest.mark.django_db(transaction=True)


def test_what_was_searched_for_is_not_kept(hall: Tour, guide: User, seat: Seat) -> None:
    """Nor anything else that stands behind a question mark; offline a search shows the tour and says that it was not made."""
    rebuild()
    page = seat(guide)
    for query in ("?q=胸像", "?q=客厅", "?csrfmiddlewaretoken=abc"):
        page.goto(bench_of(hall) + query)
        wait_until_kept(page)
    page.goto(f"{bench_of(hall)}fit/?minutes=20&csrfmiddlewaretoken=abc")
    found = page.evaluate(KEPT.replace("new URL(one.url).pathname", "one.url"))
    assert not [one for one in found if "?" in one]
    take_off(page)
    page.goto(bench_of(hall))
    expect(page.locator(".b-stops > li")).to_have_count(8)
    expect(page.locator("#found")).to_have_count(0)
    page.goto(f"{bench_of(hall)}?q=胸像")
    expect(page.locator("main > .kept")).to_contain_text("这次没有查")


def test_r48_a_browser_that_cannot_keep_says_so(opened: Tour, guide: User, seat: Seat) -> None:
    """The web view of a chat: another browser is named, and to a guide the single file."""
    visitor, page = seat(), seat(guide)
    for where in (visitor, page):
        where.add_init_script("delete Navigator.prototype.serviceWorker")
    visitor.goto(opened.get_url())
    expect(visitor.locator(".carried")).to_have_text("这个浏览器存不下网页，没有信号就打不开；请换手机自带的浏览器打开")
    page.goto(f"{bench_of(opened)}go/")
    expect(page.locator(".carried")).to_contain_text("单个网页的离线包")


def test_r48_a_browser_that_can_is_asked_to_keep_it_for_good(opened: Tour, seat: Seat) -> None:
    """Once all is there."""
    page = seat()
    page.add_init_script("StorageManager.prototype.persist = async () => (globalThis.lasting = true)")
    page.goto(opened.get_url())
    wait_until_kept(page)
    assert page.evaluate("globalThis.lasting")


def test_a_page_that_failed_once_is_kept_the_next_time(
    hall: Tour, guide: User, seat: Seat, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server stumbled; the bench is opened again."""
    stumbles = [True]

    def stumbling(request: object) -> str:
        if use_of(request) == "offline" and stumbles:
            raise RuntimeError(stumbles.pop())
        return use_of(request)

    monkeypatch.setattr(presenting, "use_of", stumbling)
    page = seat(guide)
    page.goto("/guide/")
    expect(page.locator(".carried")).to_contain_text("有 1 页没有存下", timeout=30_000)
    page.goto("/guide/")
    wait_until_kept(page)
