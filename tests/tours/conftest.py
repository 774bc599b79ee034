"""A small section of an exhibition with a story, and a guide with a tour of it."""

import io
from collections.abc import Callable, Iterator
from decimal import Decimal

import pytest
from django.conf import settings
from django.contrib.auth.models import Group, User
from django.core.files.images import ImageFile
from django.core.signals import request_started
from django.db import transaction
from django.test import Client
from django.utils import translation
from PIL import Image as Picture
from playwright.sync_api import Browser, BrowserContext, Page

from cms.models import Citation, Holding, Relation, Shelf
from exhibitions.models import Exhibit, Exhibition, Section
from media import renditions
from media.models import Image
from tests.tours.basement import Line
from tours.guiding.access import GUIDES
from tours.models import Code, Stop, Story, StoryVersion, Tour


@pytest.fixture(autouse=True)
def chinese() -> Iterator[None]:
    """Start every test in Chinese; a request for an English page leaves English behind in the thread."""
    with translation.override("zh-hans"):
        yield


@pytest.fixture
def guide(db: None) -> User:
    """A guide, who has the bench and no admin."""
    user = User.objects.create_user("guide", password="walks-and-talks-1")
    user.groups.add(Group.objects.get(name=GUIDES))
    return user


@pytest.fixture
def colleague(db: None) -> User:
    """Another guide."""
    user = User.objects.create_user("colleague", password="walks-and-talks-2")
    user.groups.add(Group.objects.get(name=GUIDES))
    return user


@pytest.fixture
def picture(db: None) -> Callable[..., Image]:
    """Return a function that keeps a small picture with its sizes."""

    def make(title: str, size: tuple[int, int] = (40, 30)) -> Image:
        data = io.BytesIO()
        Picture.new("RGB", size, "teal").save(data, "PNG")
        kept = Image.objects.create(title=title, alt=title, file=ImageFile(data, f"{title}.png"))
        renditions.make([kept])
        return kept

    return make


@pytest.fixture
def section(db: None) -> Section:
    """A section of an exhibition."""
    show = Shelf.objects.get(slug="exhibitions").add_child(instance=Exhibition(title="群星璀璨", title_en="Stars"))
    return show.add_child(instance=Section(title="开创", title_en="Beginnings"))


@pytest.fixture
def exhibit(section: Section) -> Callable[..., Exhibit]:
    """Return a function that puts an exhibit into the section."""

    def make(title: str, **fields: object) -> Exhibit:
        return section.add_child(instance=Exhibit(title=title, **fields))

    return make


@pytest.fixture
def write(db: None) -> Callable[..., Story]:
    """Return a function that writes a story of holdings, with versions given as (length, audience, language)."""

    def make(
        title: str, *told_of: Holding, versions: tuple = ((180, "general", "zh-hans"),), **fields: object
    ) -> Story:
        story = Shelf.objects.get(slug="stories").add_child(instance=Story(title=title, **fields))
        story.versions.add(
            *(StoryVersion(length=n, audience=a, language=g, text=f"{title}，{n} {a} {g}。") for n, a, g in versions)
        )
        story.relations.add(*(Relation(role="about", target=holding) for holding in told_of))
        story.citations.add(Citation(text="某报", text_en="A paper", page="3"))
        story.save()
        return story

    return make


@pytest.fixture
def draw_up(guide: User) -> Callable[..., Tour]:
    """Return a function that makes a private tour of the guide's, of stops given as (holding, story)."""

    def make(*stops: tuple[Holding | None, Story | None], owner: User = guide, **fields: object) -> Tour:
        fields = {"title": "第一条", "title_en": "The first", "live": False, **fields}
        tour = Shelf.objects.get(slug="tours").add_child(instance=Tour(owner=owner, **fields))
        for number, (holding, story) in enumerate(stops):
            Stop.objects.create(
                tour=tour, sort_order=number, holding=holding, story=story, minutes=Decimal(3), walking=Decimal(2)
            )
        return tour

    return make


@pytest.fixture
def hall(exhibit: Callable, write: Callable, draw_up: Callable, picture: Callable) -> Tour:
    """A guide's tour of eight stops through a section of nine exhibits, 45 minutes with walking; the suitcase is locked."""
    # In one transaction, so that the index is told once.
    with transaction.atomic():
        names = ["一只塞满资料的行李箱", "胸像", "客厅", "短片", "白玉兰", "票根", "放映机", "话筒"]
        pairs = []
        for number, name in enumerate(names, 1):
            thing = exhibit(
                name, title_en=f"Exhibit {number}", date_text=f"{1980 + number} 年", credit="自绘", cover=picture(name)
            )
            story = write(
                f"{name}的故事", thing, title_en=f"The story of exhibit {number}", lines="一\n二\n三",
                versions=[(n, a, g) for n in (30, 180, 600) for a in ("general", "children") for g in ("zh-hans", "en")
                          if (number, a, g) != (3, "children", "zh-hans")],
            )  # fmt: skip
            pairs.append((thing, story))
        exhibit("请柬", title_en="An invitation")
        tour = draw_up(*pairs, title="提着一箱纸回家的人", title_en="A man with a suitcase", minutes=45)
        for stop in Stop.objects.filter(tour=tour):
            long = stop.sort_order in (0, 6)
            stop.length, stop.minutes = (600, Decimal(10)) if long else (180, Decimal(3))
            stop.walking, stop.locked = Decimal(stop.sort_order > 0), stop.sort_order == 0
            stop.save()
    return tour


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
