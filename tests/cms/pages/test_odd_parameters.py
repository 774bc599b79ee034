"""Whatever stands in an address of the site, the answer is a page or a plain no, on any database."""

from collections.abc import Callable
from urllib.parse import quote

import pytest
from django.test import Client

from authorities.models import Place
from chronicle.models import Work
from cms.models import Holding, Shelf
from cms.pages.narrowing import narrowing

pytestmark = pytest.mark.each_database

NAMES = (
    *narrowing(),
    "page",
    "part",
    "stop",
    "lang",
    "p",
    "next",
    "return_url",
    "code",
    "minutes",
    "audience",
    "language",
    "spread",
)
VALUES = ("%00", "a%00b", ".", "%ED%A0%80", "9" * 20, "-1", "%C2%B2", "x" * 5000)


@pytest.fixture
def addresses(put: Callable[..., Holding], road: Place) -> list[str]:
    """An address of each sort that anybody may ask for."""
    work = put(Work, "徐汇简史")
    shelves = [shelf.url for shelf in Shelf.objects.all()]
    fixed = [
        "/",
        "/search/",
        "/search/suggest/",
        "/_util/login/",
        "/guide/login/",
        "/q/",
        "/sitemap.xml",
        "/sitemaps/place.xml",
    ]
    return [*fixed, *shelves, road.url, work.url, f"/id/{road.uid}", "/about/", "/robots.txt"]


def test_odd_parameters_are_answered(addresses: list[str]) -> None:
    """Each parameter that anything reads, with each value, on each sort of address: below 500."""
    client = Client(raise_request_exception=False)
    failed = []
    for address in addresses:
        for value in VALUES:
            # All at once, and one by one only where that failed, which names the culprit.
            if client.get(f"{address}?{'&'.join(f'{name}={value}' for name in NAMES)}").status_code < 500:
                continue
            failed += [
                f"{address}?{name}={value[:20]}"
                for name in NAMES
                if client.get(f"{address}?{name}={value}").status_code >= 500
            ] or [f"{address} with all as {value[:20]}"]
    assert failed == []


def test_repeated_and_bare_parameters_are_answered(addresses: list[str]) -> None:
    """No value, many values, no name."""
    client = Client(raise_request_exception=False)
    queries = ["&".join(NAMES), "&".join(f"{name}=1&{name}=2" for name in NAMES), "=", "&&&", "%", quote("徐汇")]
    failed = [f"{a}?{q[:30]}" for a in addresses for q in queries if client.get(f"{a}?{q}").status_code >= 500]
    assert failed == []


ODD_PATHS = (
    "%00",
    "a%00b",
    ".",
    "..",
    "...",
    "%2e",
    "%ED%A0%80",
    "9" * 20,
    "x" * 3000,
    "%E5%BE%90",
    "a%2Fb",
    "%20",
    "'",
    "*",
)


@pytest.mark.parametrize(
    "place",
    [
        "/{}",
        "/{}/",
        "/en/{}/",
        "/places/{}/",
        "/id/{}",
        "/q/{}",
        "/files/{}",
        "/files/images/{}",
        "/files/original_images/{}",
        "/sitemaps/{}.xml",
        "/static/{}",
        "/guide/{}/",
    ],
)
def test_odd_paths_are_answered(db: None, place: str) -> None:
    """In every place where an address takes something: found, led on or refused."""
    client = Client(raise_request_exception=False)
    assert [part for part in ODD_PATHS if client.get(place.format(part)).status_code >= 500] == []
