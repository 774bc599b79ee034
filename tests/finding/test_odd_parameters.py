"""Every parameter of the search and of its suggestions takes anything at all: an answer, never an error; on PostgreSQL too."""

from collections.abc import Callable

import pytest
from django.test import Client

from authorities.models import Place
from cms.finding.request import FACETS
from cms.models import Holding, Name
from search.rebuilding import rebuild

pytestmark = pytest.mark.django_db

GROUPS = (tuple(FACETS.values()), ("from", "to", "page"), ("exact", "only", "as", "sort", "find", "unknown"))
"""Parameters that are odd together; one of a group cannot hide what another does, since all are read."""
ODD = {
    "nothing": "",
    "NUL": "%00",
    "NUL inside": "a%00b",
    "a dot": ".",
    "two dots": "..%2F..%2Fetc",
    "a lone surrogate": "%ED%A0%80",
    "the other half": "%E5%BE%90%ED%BF%BF",
    "no UTF-8": "%FF%FE",
    "twenty digits": "9" * 20,
    "forty digits": "1" * 40,
    "negative": "-1",
    "most negative": "-9223372036854775809",
    "beyond 64 bits": "9223372036854775808",
    "eighteen digits": "9" * 18,
    "a power": "1e20",
    "a fraction": "1.5",
    "no number": "NaN",
    "other digits": "%D9%A3",
    "superscript": "%C2%B2",
    "a list": "[1,2]",
    "a dictionary": "%7B%22a%22%3A1%7D",
    "5,000 characters": "%E5%BE%90" * 5000,
    "5,000 apostrophes": "%27" * 5000,
    "wildcards": "%25_%5C",
    "right to left": "%E2%80%AE%D7%90",
    "a quote": "%22",
    "numerals": "%E4%B8%80" * 300,
    "a number of a book": "ISBN%20978-7-5439-0123-",
    "tones": "a1" * 300,
}
REPEATED = 60


@pytest.fixture
def library(put: Callable[..., Holding]) -> None:
    """A few roads, two of one name, in the index."""
    for title in ("淮海中路", "淮海西路"):
        place = put(Place, title, date_text="1901年")
        place.names.add(Name(text="林森路"))
        place.save()
    rebuild()


def unanswered(client: Client, address: str, odd: str) -> list[str]:
    """Return the questions that are not answered: each group of parameters beside a name of several things, and as arrays."""
    client.raise_request_exception = False
    words = "q=%E6%9E%97%E6%A3%AE%E8%B7%AF"
    asked = [f"q={odd}"] + ["&".join([words, *(f"{name}={odd}" for name in group)]) for group in GROUPS]
    asked += ["&".join(f"{name}[]={odd}" for name in ("q", *sum(GROUPS, ())))]
    return [one for one in asked if client.get(address, QUERY_STRING=one).status_code not in (200, 400)]


@pytest.mark.each_database
@pytest.mark.parametrize("address", ["/search/", "/en/search/suggest/"])
def test_no_parameter_makes_an_error(client: Client, library: None, address: str) -> None:
    assert {name: failed for name, odd in ODD.items() if (failed := unanswered(client, address, odd))} == {}


def test_a_parameter_many_times_is_answered(client: Client, library: None) -> None:
    client.raise_request_exception = False
    for value in ("%00", "9" * 18):
        asked = "&".join(f"{name}={value}" for name in sum(GROUPS, ()) for _ in range(REPEATED // len(GROUPS)))
        assert client.get("/search/", QUERY_STRING=asked[:20_000]).status_code in (200, 400)


@pytest.mark.once_on_each_database
@pytest.mark.parametrize(("parameter", "value"), [("from", "9" * 20), ("to", "-1"), ("page", "1e20"), ("as", "9" * 20)])
def test_what_makes_no_sense_is_left_out_and_the_words_are_searched(
    client: Client, library: None, parameter: str, value: str
) -> None:
    page = client.get("/search/", {"q": "淮海", parameter: value})
    assert {row.holding.title for row in page.context["results"]} == {"淮海中路", "淮海西路"}
