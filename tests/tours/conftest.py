"""A small section of an exhibition with a story, and a guide with a tour of it."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.core.signals import request_started
from django.test import Client
from django.utils import translation
from playwright.sync_api import Browser, BrowserContext, Page
from pytest_django import DjangoDbBlocker

from cms.models import Holding
from exhibitions.models import Exhibit, Section
from media.models import Image
from search.rebuilding import rebuild
from tests import decoded
from tests.demo import Kept
from tests.tours import hall as hall_module
from tests.tours.basement import Line
from tours.models import Code, Stop, Story, Tour


@pytest.fixture(autouse=True)
def chinese() -> Iterator[None]:
    """Start every test in Chinese; a request for an English page leaves English behind in the thread."""
    with translation.override("zh-hans"):
        yield


@pytest.fixture(scope="session")
def kept_hall(request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Kept:
    """The hall, built once."""
    kept = Kept(request.config.cache, "hall", hall_module.build_hall, Path(hall_module.__file__))
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        decoded.remember(patch)
        kept.keep()
    return kept


@pytest.fixture
def ground(request: pytest.FixtureRequest, db: None) -> None:
    """What a test begins with: the hall where it is asked for, before anything else is made, or nothing."""
    if "hall" not in request.fixturenames:
        return
    request.getfixturevalue("kept_hall").put()
    if is_committed(request):
        rebuild()


def is_committed(request: pytest.FixtureRequest) -> bool:
    """Whether what a test writes is there for others, as for a browser's requests."""
    marker = request.node.get_closest_marker("django_db")
    asked = {"live_server", "transactional_db"} & set(request.fixturenames)
    return bool(asked or (marker and marker.kwargs.get("transaction")))


@pytest.fixture
def guide(ground: None) -> User:
    """A guide, who has the bench and no admin."""
    return hall_module.guide()


@pytest.fixture
def colleague(ground: None) -> User:
    """Another guide."""
    return hall_module.person("colleague", "walks-and-talks-2")


@pytest.fixture
def picture(ground: None) -> Callable[..., Image]:
    """Return a function that keeps a small picture with its sizes."""
    return hall_module.keep_picture


@pytest.fixture
def section(ground: None) -> Section:
    """A section of an exhibition."""
    return hall_module.the_section()


@pytest.fixture
def exhibit(section: Section) -> Callable[..., Exhibit]:
    """Return a function that puts an exhibit into the section."""
    return partial(hall_module.put_exhibit, section)


@pytest.fixture
def write(ground: None) -> Callable[..., Story]:
    """Return a function that writes a story of holdings, with versions given as (length, audience, language)."""
    return hall_module.write_story


@pytest.fixture
def draw_up(guide: User) -> Callable[..., Tour]:
    """Return a function that makes a private tour of the guide's, or of an `owner`, of stops given as (holding, story)."""

    def make(*stops: tuple[Holding | None, Story | None], owner: User = guide, **fields: object) -> Tour:
        return hall_module.draw_up_tour(owner, *stops, **fields)

    return make


@pytest.fixture
def hall(ground: None) -> Tour:
    """A guide's tour of eight stops through a section of nine exhibits, 45 minutes with walking; the suitcase is locked."""
    return Tour.objects.get()


@pytest.fixture
def seat(browser: Browser, live_server: object) -> Iterator[Callable[..., Page]]:
    """Return a function that opens a page of a phone, logged in as somebody or as nobody."""
    opened: list[BrowserContext] = []

    def sit(user: User | None = None, **options: object) -> Page:
        options = {"viewport": {"width": 390, "height": 844}, "locale": "zh-CN", "base_url": live_server.url, **options}
        context = browser.new_context(**options)
        opened.append(context)
        if user:
            client = Client()
            client.force_login(user)
            session = client.cookies[settings.SESSION_COOKIE_NAME].value
            context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
        return context.new_page()

    yield sit
    for context in opened:
        context.close()


@pytest.fixture
def line(live_server: object) -> Iterator[Line]:
    """A network that the test makes slow; whatever it holds is let go at the end."""
    made = Line()
    yield made
    made.let_go()
    request_started.disconnect(made._come)


@pytest.fixture
def opened(hall: Tour) -> Tour:
    """The guide's tour, open to visitors, each stop with its code."""
    hall.save_revision().publish()
    for stop in Stop.objects.filter(tour=hall):
        Code.of(stop)
    return Tour.objects.get(pk=hall.pk)
