"""A visitor scans a sign and walks on without signal."""

import pytest
from playwright.sync_api import expect

from cms.models import Holding
from tests.tours.basement import Seat, code_of
from tests.tours.test_flight import take_off, wait_until_kept
from tours.models import Code, Tour

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_visitor_who_scanned_one_sign_walks_on_without_signal(opened: Tour, seat: Seat) -> None:
    """All stops, the tour, and the codes on the other signs, scanned or typed."""
    page = seat()
    page.goto(f"/q/{code_of(opened, 5)}")
    expect(page.locator("h1")).to_have_text("白玉兰")
    wait_until_kept(page)
    take_off(page)
    page.goto(f"/q/{code_of(opened, 2)}")
    expect(page.locator("h1")).to_have_text("胸像")
    expect(page.locator("main > .kept")).to_contain_text("离线：这是")
    page.locator("a[rel=next]").click()
    expect(page.locator("h1")).to_have_text("客厅")
    page.locator("a[rel=prev]").click()
    expect(page.locator("h1")).to_have_text("胸像")
    page.goto(f"/q/?code={code_of(opened, 8)[:3].lower()} {code_of(opened, 8)[3:]}")
    expect(page.locator("h1")).to_have_text("话筒")
    page.goto(opened.get_url())
    expect(page.locator(".way a")).to_have_count(8)
    page.goto("/tours/another/")
    expect(page.locator("h1")).to_have_text("离线")
    expect(page.locator(".away a")).to_have_text(["提着一箱纸回家的人 · 导览"])
    font = page.evaluate("getComputedStyle(document.querySelector('h1')).fontFamily")
    assert "ZH Latin" in font, "what the worker says itself is set like the rest"


def test_the_next_sign_speaks_the_language_read_last(opened: Tour, seat: Seat) -> None:
    """Without signal as with it; and what the worker says itself is in that language too."""
    page = seat()
    page.goto(f"{opened.get_url()}1/")
    wait_until_kept(page)
    page.goto(f"/en{opened.get_url()}3/")
    expect(page.locator(".carried")).to_have_text("Saved for offline use", timeout=30_000)
    take_off(page)
    page.goto(f"/q/{code_of(opened, 2)}")
    expect(page.locator("h1")).to_have_text("Exhibit 2")
    expect(page.locator("main > .kept")).to_contain_text("Offline: this was saved on")
    page.goto("/en/tours/another/")
    expect(page.locator("h1")).to_have_text("Offline")


def test_a_code_pointed_elsewhere_leads_to_no_stop_offline(opened: Tour, seat: Seat) -> None:
    """A librarian's choice holds; it is said that it cannot be shown."""
    code = code_of(opened, 2)
    Code.objects.filter(code=code).update(holding=Holding.objects.get(title="请柬"))
    page = seat()
    page.goto(f"{opened.get_url()}1/")
    wait_until_kept(page)
    take_off(page)
    page.goto(f"/q/{code}")
    expect(page.locator("h1")).to_have_text("离线")
