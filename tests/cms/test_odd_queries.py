"""Nothing that can stand in an address makes the results page fail, on either engine; benchmarks/odd_queries.py asks 10,000."""

import uuid
from collections.abc import Iterator

import pytest
from django.test import Client

from search.engines import engine
from search.rebuilding import rebuild
from tests.cms.odd_queries import odd_queries

ADDRESSES = ("/search/", "/en/search/")
CLEAR = (200, 400)
"""A page, or the page that says what cannot be read."""


@pytest.fixture(params=["whoosh", "elasticsearch"])
def searchable(request, db, settings) -> Iterator[None]:
    """Yield with each engine filled from the site."""
    if request.param == "elasticsearch":
        settings.SEARCH_URL = f"{request.getfixturevalue('elasticsearch_url')}/zhihui-{uuid.uuid4().hex}"
    rebuild()
    yield
    if request.param == "elasticsearch":
        engine().building.clear(keep=())
        engine().close()


@pytest.mark.once_on_each_database
@pytest.mark.parametrize("seed", range(4))
def test_no_question_makes_the_page_fail(searchable, client: Client, seed: int) -> None:
    client.raise_request_exception = False
    for number, asked in enumerate(odd_queries(60, seed)):
        answer = client.get(ADDRESSES[number % 2], QUERY_STRING=asked)
        assert answer.status_code in CLEAR, asked[:500]
        # A question that the server cannot read would look like a server that is down.
        assert answer.status_code == 400 or not answer.context["hits"].degraded, asked[:500]


ODD = ("%00", "a%00b", "%ED%A0%80", "%FF%FE", "%E5%BE%90" * 3000, "..%2F..%2Fetc%2Fpasswd", "%0d%0aX-A:b", "%")


@pytest.mark.each_database
@pytest.mark.parametrize(
    "address", ["/{}", "/en/{}/", "/id/{}", "/people/{}/", "/files/{}", "/search/suggest/?q={}", "/search/{}"]
)
def test_no_address_makes_a_page_fail(db: None, client: Client, address: str) -> None:
    """PostgreSQL refuses a NUL in any text that it is asked for."""
    client.raise_request_exception = False
    answers = {odd[:30]: client.get(address.format(odd), follow=True).status_code for odd in ODD}
    assert {odd: status for odd, status in answers.items() if status not in (200, 400, 404)} == {}
