"""What is hidden leaves a device at its owner's next step with signal, on whatever page it was kept, and however short the time."""

import uuid
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page, expect
from wagtail.models import PageViewRestriction

from cms.models import Holding
from tests.tours.test_flight import wait_for, wait_until_kept
from tours.flight import HEADER
from tours.models import Run, RunStop, Stop, Tour

pytestmark = pytest.mark.django_db(transaction=True)
Seat = Callable[..., Page]
HELD = """async (word) => {
    const found = [];
    for (const name of await caches.keys()) {
        const cache = await caches.open(name);
        for (const request of await cache.keys()) {
            const answer = await cache.match(request, { ignoreVary: true });
            const isPage = answer?.headers.get('Content-Type')?.includes('html');
            if (isPage && (await answer.text()).includes(word)) found.push(new URL(request.url).pathname);
        }
    }
    return found;
}"""
NAMES = ("石膏头像", "A plaster head")
CHINESE, ENGLISH = "已存好，可离线", "Saved for offline use"


def public(tour: Tour) -> str:
    """Open a tour to visitors and return its address."""
    tour.save_revision().publish()
    return tour.get_url()


@pytest.fixture
def thing(hall: Tour) -> Holding:
    """What stands at the second stop, called as nothing else is."""
    found = Holding.objects.get(title="胸像").specific
    found.title, found.title_en = NAMES
    found.save_revision().publish()
    return found


def wait_until_gone(page: Page) -> None:
    """Wait until no page on the device names the thing; say which do."""
    held = [True]
    for _ in range(100):
        held = [page.evaluate(HELD, name) for name in NAMES]
        if not any(held):
            return
        page.wait_for_timeout(200)
    raise AssertionError(held)


def keep_english(page: Page, address: str) -> None:
    """Open an English page and wait until it is kept."""
    page.goto(f"/en{address}")
    expect(page.locator(".carried")).to_have_text(ENGLISH, timeout=30_000)


def test_a_stop_that_was_hidden_is_on_no_page_of_any_tour_after_the_next_step(
    hall: Tour, thing: Holding, draw_up: Callable[..., Tour], seat: Seat
) -> None:
    """Another stop is read: the hidden one goes from its own page, from the other language, and from another tour."""
    first, other = public(hall), public(draw_up((thing, None), title="另一条", slug="another"))
    page = seat()
    for address in (other, first):
        page.goto(address)
        wait_until_kept(page)
    keep_english(page, f"{first}1/")
    assert all(page.evaluate(HELD, name) for name in NAMES)
    thing.unpublish()
    page.goto(f"{first}7/")
    wait_until_kept(page)
    wait_until_gone(page)


def hide(tour: Tour, way: str) -> None:
    """Withdraw a tour in one of the ways there are."""
    if way in ("login", "password"):
        PageViewRestriction.objects.create(page_id=tour.pk, restriction_type=way, password="open sesame")
    elif way == "unpublished":
        Tour.objects.get(pk=tour.pk).unpublish()
    elif way == "deleted":
        tour.delete()
    else:
        Tour.objects.filter(pk=tour.pk).update(expire_at=timezone.now())


@pytest.mark.parametrize("way", ["login", "password", "unpublished", "deleted", "expired"])
def test_a_tour_that_was_closed_is_gone_in_both_languages(hall: Tour, seat: Seat, way: str) -> None:
    """Whichever is asked for, and however it was closed."""
    address = public(hall)
    page = seat()
    page.goto(address)
    wait_until_kept(page)
    keep_english(page, address)
    hide(hall, way)
    page.goto(f"{address}3/")
    wait_for(page, "async () => !(await caches.keys()).some((one) => one.startsWith('zhihui-public'))")


@pytest.mark.parametrize("kept", ["", "/en"], ids=["zh", "en"])
def test_a_tour_that_was_closed_is_gone_when_asked_for_in_a_language_not_read_before(
    hall: Tour, seat: Seat, kept: str
) -> None:
    """Each language has a worker of its own; that of the other is there before anybody changes over."""
    address, other = public(hall), {"": "/en", "/en": ""}[kept]
    page = seat()
    page.goto(f"{kept}{address}")
    expect(page.locator(".carried")).to_have_text(ENGLISH if kept else CHINESE, timeout=30_000)
    wait_for(
        page,
        "(scope) => navigator.serviceWorker.getRegistration(scope).then((one) => Boolean(one?.active))",
        f"{other}/tours/",
    )
    PageViewRestriction.objects.create(page_id=hall.pk, restriction_type=PageViewRestriction.LOGIN)
    page.goto(f"{other}{address}3/")
    wait_for(page, "async () => !(await caches.keys()).some((one) => one.startsWith('zhihui-public'))")


def test_what_was_hidden_leaves_the_other_pages_of_the_bench(
    hall: Tour, thing: Holding, guide: User, seat: Seat
) -> None:
    """Those that the page which is opened does not carry, too."""
    stop = Stop.objects.get(tour=hall, holding=thing)
    run = Run.objects.create(key=uuid.uuid4(), tour=hall, language="zh-hans", began_at=timezone.now())
    RunStop.objects.create(run=run, stop=stop, number=2, about=thing, skipped=True)
    page = seat(guide)
    page.goto(f"/guide/tours/{hall.pk}/after/")
    wait_until_kept(page)
    assert page.evaluate(HELD, NAMES[0]) == [f"/guide/tours/{hall.pk}/after/"]
    thing.unpublish()
    page.goto("/guide/")
    wait_until_kept(page)
    wait_until_gone(page)


def test_nothing_is_asked_for_again_while_nothing_was_changed(hall: Tour, seat: Seat) -> None:
    """A step of a visitor costs the page itself, and one more that is kept."""
    address = public(hall)
    page = seat()
    page.goto(address)
    wait_until_kept(page)
    asked: list[str] = []
    page.context.on("request", lambda request: asked.append(request.url) if request.service_worker else None)
    page.goto(f"{address}3/")
    wait_until_kept(page)
    pages = [one.partition(address)[2] for one in asked if address in one]
    assert sorted(pages) == ["3/", "3/"]


def test_a_tour_whose_rights_forbid_flight_mode_is_not_kept(client: Client, hall: Tour) -> None:
    """It is read with signal; what asks for it in order to keep it gets nothing, in either language, nor for a stop."""
    hall.use_offline = False
    address = public(hall)
    for path in (address, f"{address}1/", f"/en{address}"):
        assert client.get(path).status_code == 200
        assert client.get(path, headers={HEADER: "1"}).status_code == 404
