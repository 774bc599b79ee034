"""Suggestions: names in the reader's language, few, never of what is hidden, for anything that may be typed."""

from collections.abc import Callable
from urllib.parse import quote

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from authorities.models import Period, Place
from cms.models import Holding
from search.rebuilding import rebuild

pytestmark = [pytest.mark.django_db, pytest.mark.each_database]

ADDRESS = "/search/suggest/"
MOST_QUERIES = 6


@pytest.fixture
def names(road: Holding, put: Callable[..., Holding]) -> None:
    """A road with an old name, a period, and many more roads."""
    put(Period, "明", title_en="Ming")
    for number in range(12):
        put(Place, f"第{number}号路")
    rebuild()


def suggested(client: Client, typed: str, prefix: str = "") -> list[dict[str, str]]:
    """Return what is suggested."""
    return client.get(f"{prefix}{ADDRESS}", {"q": typed}).json()


def test_a_name_leads_to_its_thing_in_the_readers_language(client: Client, names: None) -> None:
    (one,) = suggested(client, "霞飞")
    assert (one["text"], one["title"], one["kind"]) == ("霞飞路", "淮海中路", "地方")
    (english,) = suggested(client, "xiafei", "/en")
    assert (english["text"], english["title"], english["kind"]) == ("霞飞路", "Huaihai Middle Road", "Place")
    assert english["url"] == f"/en{one['url']}"
    assert client.get(one["url"]).status_code == 200
    assert [one["title"] for one in suggested(client, "Min")] == ["明"]


def test_they_are_few_and_cost_few_queries(client: Client, names: None) -> None:
    with CaptureQueriesContext(connection) as queries:
        assert len(suggested(client, "路")) == 8
    assert len(queries) <= MOST_QUERIES


def test_one_reader_s_answer_is_not_kept_for_others(client: Client, names: None) -> None:
    answer = client.get(ADDRESS, {"q": "霞飞"})
    assert answer["Cache-Control"] == "private, max-age=30"
    assert answer["Content-Type"] == "application/json"


def test_what_is_hidden_is_not_suggested(client: Client, names: None, road: Holding) -> None:
    road.unpublish()
    assert suggested(client, "霞飞") == []


def test_anything_is_answered(client: Client, names: None) -> None:
    odd = ["", " ", "\x00", "的" * 9000, "%", "_", '"', "\ud800", "\u202e", "'; --"]
    asked = [quote(typed, errors="surrogatepass") for typed in odd]
    answers = {typed: client.get(ADDRESS, QUERY_STRING=f"q={typed}").json() for typed in asked}
    assert answers == {typed: [] for typed in asked}


def test_only_get_is_answered(client: Client) -> None:
    assert client.post(ADDRESS, {"q": "霞"}).status_code == 405
