"""A real browser reads to a child, and a librarian taps along in it."""

import pytest
from django.test import Client
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from picturebooks.models import Book
from tests.picturebooks.recorded import sound, wav

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def told(book: Book) -> Book:
    """The first spread is read in Chinese, for six seconds; the others by nobody."""
    first = book.spreads.first()
    first.sound_zh = sound(wav(6), times="0 0.6")
    first.save()
    book.save_revision().publish()
    return Book.objects.get(pk=book.pk)


def test_the_sentence_that_is_read_is_lit(page: Page, live_server: LiveServer, told: Book) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{live_server.url}{told.get_url()}#spread-1")
    button = page.locator("#told")
    expect(button).to_contain_text("读：王老师")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(page.locator("#spread-1 .zh.lit")).to_have_count(1)
    expect(page.locator("#spread-1 .zh").nth(1)).to_have_class("zh lit", timeout=10_000)
    expect(page.locator("#spread-1 .zh").nth(0)).to_have_class("zh")
    # Another spread: silence, and no voice of a person.
    page.locator('[data-go="1"]').click()
    expect(button).to_have_attribute("aria-pressed", "false")
    expect(button).to_be_disabled()
    expect(page.locator(".lit")).to_have_count(0)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_without_scripts_each_spread_has_its_player(browser: object, live_server: LiveServer, told: Book) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(live_server.url + told.get_url())
    assert page.locator("#spread-1 audio").is_visible()
    assert not page.locator("#told").is_visible()
    context.close()


def test_a_librarian_taps_along(page: Page, live_server: LiveServer, told: Book, admin_client: Client) -> None:
    cookie = {"name": "sessionid", "value": admin_client.cookies["sessionid"].value, "url": live_server.url}
    page.context.add_cookies([cookie])
    page.goto(f"{live_server.url}/admin/picturebooks/{told.pk}/aloud/")
    page.get_by_role("link", name="跟着点", exact=True).click()
    page.get_by_role("button", name="开始跟着点").click()
    tap = page.locator("#tap")
    expect(tap).to_be_focused()
    page.wait_for_function("document.querySelector('#sound').currentTime > 0.2")
    page.keyboard.press("Space")
    page.wait_for_function("document.querySelector('#sound').currentTime > 0.8")
    tap.click()
    expect(page.get_by_role("status").first).to_be_attached()
    expect(tap).to_be_disabled()
    times = [float(one.input_value()) for one in page.locator("input[name=at]").all()]
    assert 0.2 < times[0] < times[1]
    page.get_by_role("button", name="退一句").click()
    expect(page.locator("input[name=at]").nth(1)).to_have_value("")
    page.wait_for_function("document.querySelector('#sound').currentTime > 1")
    tap.click()
    page.get_by_role("button", name="保存时间").click()
    expect(page.get_by_text("每句都有时间（2 句）")).to_be_visible()
    sound_zh = told.spreads.first().sound_zh
    sound_zh.refresh_from_db()
    assert len(sound_zh.starts) == 2
