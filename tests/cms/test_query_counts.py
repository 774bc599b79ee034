"""The number of SQL queries of a public page: within bounds, and the same for 10 and for 100 holdings."""

import io
from collections.abc import Callable

import pytest
from django.core.files.images import ImageFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from authorities.models import Place
from chronicle.models import Entry
from cms.models import Holding, Relation, Theme
from media.models import Image

WORD = "梧桐絮语"
DOT = (
    b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;"
)
MOST = {"home": 12, "detail": 12, "listing": 10, "search": 8}


@pytest.fixture
def fill(
    index: None, put: Callable[..., Holding], django_capture_on_commit_callbacks: Callable
) -> Callable[[int], str]:
    """Return a function that adds so many entries about one road, and gives the road's address."""

    def make(count: int) -> str:
        with django_capture_on_commit_callbacks(execute=True):
            road = put(Place, "淮海中路", slug=f"road-{count}")
            cover = Image.objects.create(title="图", file=ImageFile(io.BytesIO(DOT), "dot.gif"))
            road.cover = cover
            road.save()
            theme, _made = Theme.objects.get_or_create(slug="roads", defaults={"title": "道路与里弄"})
            for number in range(count):
                entry = put(
                    Entry,
                    f"{WORD}{count}-{number}",
                    date_text=f"{1840 + number}年",
                    body=WORD,
                    featured=number,
                    cover=cover,
                )
                entry.themes.add(theme)
                entry.save()
                Relation.objects.create(holding=entry, target=road, role="about")
        return road.url

    return make


def count(address: str) -> int:
    """Return the queries of a page that has been asked for before."""
    client = Client()
    assert client.get(address).status_code == 200
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    return len(queries)


@pytest.mark.parametrize("sort", MOST)
def test_queries_are_few_and_do_not_grow(fill: Callable[[int], str], sort: str) -> None:
    """Ten holdings or a hundred more: as many queries, and no more than promised."""
    found = []
    for amount in (10, 100):
        road = fill(amount)
        found.append(
            count({"detail": road, "home": "/", "listing": "/chronicle/", "search": f"/search/?q={WORD}"}[sort])
        )
    assert found[0] == found[1]
    assert found[1] <= MOST[sort]


def test_every_page_of_the_demo_keeps_to_its_number(demo: None) -> None:
    """Every holding as it is, with its pictures, names, sources and what it is tied to."""
    over = {}
    for holding in Holding.objects.live().select_related("content_type"):
        if (found := count(holding.url)) > MOST["detail"]:
            over[holding.url] = (holding.content_type.model, found)
    assert over == {}
