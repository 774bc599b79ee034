"""An update of the worker: it empties nothing, and what an earlier release kept is taken over."""

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import expect

from tests.tours.basement import NAMES, Seat, bench_of
from tests.tours.test_flight import take_off, wait_until_kept
from tours.guiding.walking import flight
from tours.models import Tour

pytestmark = pytest.mark.django_db(transaction=True)
UPDATED = """async () => {
    const taken = new Promise((done) => navigator.serviceWorker.addEventListener('controllerchange', done, { once: true }));
    await (await navigator.serviceWorker.getRegistration()).update();
    await taken;
}"""
# What a phone holds from the release before this one: all in one cache, the moment written into the page.
AS_BEFORE = """async () => {
    const old = await caches.open('zhihui-guide-2');
    for (const name of (await caches.keys()).filter((one) => one.startsWith('zhihui-guide '))) {
        const cache = await caches.open(name);
        for (const request of await cache.keys()) {
            const answer = await cache.match(request);
            const isPage = answer.headers.get('Content-Type').includes('html');
            const dated = isPage && (await answer.text()).replace('<html ', '<html data-kept="2026-01-02T03:04:05Z" ');
            await old.put(request, isPage ? new Response(dated, { headers: { 'Content-Type': 'text/html' } }) : answer);
        }
        await caches.delete(name);
    }
}"""


def release(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the site serve a worker of a later release."""
    newer = flight.script() + "\nconst RELEASE = 3;"
    monkeypatch.setattr(flight, "script", lambda: newer)


def test_an_update_of_the_worker_empties_nothing(
    hall: Tour, guide: User, seat: Seat, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The network goes as the new one takes over, before anything could be fetched again."""
    page = seat(guide)
    page.goto("/guide/")
    wait_until_kept(page)
    release(monkeypatch)
    page.route("**/*", lambda route: route.abort())
    page.evaluate(UPDATED)
    take_off(page)
    for address in ("/guide/", bench_of(hall), f"{bench_of(hall)}go/"):
        page.goto(address)
        expect(page.locator("main > .kept")).to_contain_text("离线：这是")
        expect(page.locator("h1")).not_to_have_text("离线")


def test_after_an_update_the_page_asks_again(
    hall: Tour, guide: User, seat: Seat, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is said stands for what the worker in charge has counted."""
    page = seat(guide)
    page.goto("/guide/")
    wait_until_kept(page)
    release(monkeypatch)
    page.evaluate("for (const one of document.querySelectorAll('.carried')) one.textContent = ''")
    page.evaluate(UPDATED)
    wait_until_kept(page)


def test_what_an_earlier_release_kept_is_taken_over(
    hall: Tour, guide: User, seat: Seat, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its caches go only after all in them stands where this one looks for it, with the moment at which it was kept."""
    page = seat(guide)
    page.goto("/guide/")
    wait_until_kept(page)
    page.evaluate(AS_BEFORE)
    assert page.evaluate(NAMES) == ["zhihui-guide-2"]
    release(monkeypatch)
    page.route("**/*", lambda route: route.abort())
    page.evaluate(UPDATED)
    take_off(page)
    page.goto(f"{bench_of(hall)}go/")
    expect(page.locator("article.stop h2").first).to_have_text("一只塞满资料的行李箱")
    expect(page.locator("main > .kept")).to_contain_text("2026年1月2日")
    assert "zhihui-guide-2" not in page.evaluate(NAMES)
