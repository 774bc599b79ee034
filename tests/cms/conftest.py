"""Holdings made for the tests of the site."""

from collections.abc import Callable, Iterator

import pytest
from django.utils import translation
from playwright.sync_api import Browser, BrowserContext

from authorities.models import Place
from chronicle.models import Entry
from cms.models import Holding, Name, Relation, Shelf


@pytest.fixture(autouse=True)
def chinese() -> Iterator[None]:
    """Start every test in Chinese; a request for an English page leaves English behind in the thread."""
    with translation.override("zh-hans"):
        yield


@pytest.fixture
def put(db: None) -> Callable[..., Holding]:
    """Return a function that puts a published holding of a kind on its shelf."""

    def make(kind: type[Holding], title: str, **fields: object) -> Holding:
        shelf = Shelf.objects.get(slug=kind.shelf.slug)
        return shelf.add_child(instance=kind(title=title, **fields))

    return make


@pytest.fixture
def road(put: Callable[..., Place]) -> Place:
    """A road with an older name."""
    place = put(Place, "淮海中路", title_en="Huaihai Middle Road", place_type="road")
    place.names.add(Name(text="霞飞路", valid_from="1915-06", valid_to="1943"))
    place.save()
    return place


@pytest.fixture
def entry(put: Callable[..., Entry], road: Place) -> Entry:
    """An entry about the road."""
    made = put(Entry, "霞飞路上", date_text="1915年", body="这一年，宝昌路改名霞飞路。")
    made.relations.add(Relation(role="about", target=road))
    made.save()
    return made


@pytest.fixture
def context(browser: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """Return a function that opens a browser context and closes it after the test."""
    opened = []

    def make(**options: object) -> BrowserContext:
        opened.append(browser.new_context(bypass_csp=True, **options))
        return opened[-1]

    yield make
    for one in opened:
        one.close()
