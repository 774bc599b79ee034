"""The seating plan counts what it lists (RD7), by the decades of the search; any address is answered, any number fits."""

import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cms.models import Holding
from exhibitions.models import Exhibit, Exhibition
from exhibitions.seating import UNDATED, decades_of
from search.document import Document, decades

pytestmark = pytest.mark.django_db

EIGHTIES = ["198X", "1985?", "1984?", "1980?", "1986~", "198X/.."]
DATES = [*EIGHTIES, "1976/1983", "1990", "1362/1644", "", "../1989", "-0044"]
MOST = 14


def seats(page: str) -> list[tuple[str, int]]:
    """Return the address and the number of every seat."""
    return [
        (address.replace("&amp;", "&"), int(count))
        for address, count in re.findall(r'class="seat[^"]*" href="([^"]*)"[^>]*>\s*<b>(\d+)</b>', page)
    ]


def listed(page: str) -> list[str]:
    """Return the exhibits of the list."""
    return re.findall(r"展品\d+号", page.partition('class="seated"')[2].partition('class="exit')[0])


def test_every_seat_counts_its_list(client: Client, put: Callable[..., Exhibition]) -> None:
    """Each section, each decade, both and the wholes; without a script."""
    show = put(DATES, ["1985", "1993", "2001"], [])
    found = seats(client.get(show.url).content.decode())
    assert len(found) > 15
    for address, count in found:
        if address != "?#plan":
            assert len(listed(client.get(show.url + address.partition("#")[0]).content.decode())) == count, address
    assert dict(found)["?#plan"] == len(DATES) + 3
    assert dict(found)["?decade=1980#plan"] == len(EIGHTIES) + 3


@pytest.mark.parametrize("edtf", DATES)
def test_decades_are_those_of_the_search(edtf: str) -> None:
    """But for what goes on, which sits in its first alone."""
    exhibit = Exhibit(title="甲", date_edtf=edtf, date_by_hand=True)
    exhibit.settle_date()
    asked = Document(0, "exhibit", "", "", first=exhibit.date_earliest, last=exhibit.date_latest)
    assert decades_of(exhibit) == (tuple(map(str, decades(asked))) or (UNDATED,))
    assert (decades_of(exhibit) == ("1980",)) == (edtf in [*EIGHTIES, "../1989"])


@pytest.mark.parametrize(
    "query",
    [
        "?section=nothing",
        "?decade=198",
        "?decade=abc&section=",
        "?decade=1980&page=-3",
        "?page=1e20",
        "?decade=%00",
        "?decade=٣",
    ],
)
def test_any_address_is_answered(client: Client, put: Callable[..., Exhibition], query: str) -> None:
    """What nobody has heard of is not asked for."""
    show = put(EIGHTIES)
    page = client.get(show.url + query).content.decode()
    assert ('class="seated"' in page) == ("decade=1980" in query)
    if "decade=1980" in query:
        assert len(listed(page)) == len(EIGHTIES)


def test_an_exhibition_of_none_and_of_six_hundred(client: Client, put: Callable[..., Exhibition]) -> None:
    """None says so; six hundred are not all on one page, and each is found by its seat; as many queries as ten."""
    empty = client.get(put(title="空展").url).content.decode()
    assert "展品还没有编目" in empty
    assert "对号入座" not in empty
    few, many = put(["1985"] * 5, ["1993"] * 5), put(["1985"] * 300, ["1993"] * 300)
    counts = []
    for show in (few, many):
        client.get(show.url)
        for query in ("", "?decade=1980"):
            with CaptureQueriesContext(connection) as queries:
                client.get(show.url + query)
            counts.append(len(queries))
    assert counts[:2] == counts[2:]
    assert max(counts) <= MOST
    page = client.get(many.url).content
    assert len(page) < 120_000
    assert "本厅还有" in page.decode()
    lists = [client.get(f"{many.url}?decade=1980&page={number}").content.decode() for number in range(1, 6)]
    assert len({name for text in lists for name in listed(text)}) == 300
    section = many.get_children().first()
    assert len(client.get(section.url).content) < 120_000
    with CaptureQueriesContext(connection) as queries:
        client.get(section.url)
    assert len(queries) <= MOST


def test_what_is_hidden_sits_nowhere(client: Client, put: Callable[..., Exhibition]) -> None:
    """Neither counted nor listed, a section's whole neither."""
    show = put(["1985", "1985"], ["1985"])
    Exhibit.objects.filter(number=1).update(live=False)
    assert dict(seats(client.get(show.url).content.decode()))["?decade=1980#plan"] == 2
    Holding.objects.filter(title="展区2").update(use_web=False)
    page = client.get(show.url).content.decode()
    assert dict(seats(page))["?decade=1980#plan"] == 1
    assert "展区2" not in page
    assert "展品3号" not in client.get(f"{show.url}?decade=1980").content.decode()
