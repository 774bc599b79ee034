"""What an address reads of its query, whoever wrote it, is tried with odd values: on every public address, of every kind."""

from collections.abc import Iterator
from urllib.parse import quote

import pytest
from django.http import QueryDict
from django.test import Client
from django.urls import get_resolver, reverse

from cms.models import Holding, Shelf
from tests.cms.desk.addresses import Address, found
from tests.cms.desk.one_of_each import one_of_each
from tests.cms.pages.test_odd_parameters import VALUES

pytestmark = pytest.mark.each_database

# Not asked: the desk (tests/cms/desk/test_every_address.py), the bench (its own login), static files.
OTHERS = ("admin/", "guide/", "documents/", "static/")
WORDS = {"section": "place", "code": "ABCDEF", "asked": "2026-06", "path": "images/a.png", "name": "0123456789abcdef"}
"""What stands for a parameter of an address that is not the number or the address of a holding."""


@pytest.fixture
def library(db: None) -> dict[str, Holding]:
    """One holding of every kind."""
    return one_of_each()


def public(made: dict[str, Holding]) -> Iterator[str]:
    """Yield every public address: those of the resolver, a page of each kind, of a shelf and of home. A new parameter needs its word."""
    yield from ("/", "/about/", "/stations/", "/places/", *(one.url for one in made.values()))
    yield f"{made['tour'].url}1/"
    for one in found(get_resolver().url_patterns):
        if one.name and not one.route.startswith(OTHERS) and "_util" not in one.route and one.name != "wagtail_serve":
            for holding in made.values() if one.params & {"uid", "slug"} else [None]:
                yield filled(one, holding)


def filled(address: Address, holding: Holding | None) -> str:
    """Return an address with its parameters."""
    known = {**WORDS, **({"uid": holding.uid, "slug": holding.slug} if holding else {})}
    return reverse(address.name, kwargs={name: known[name] for name in address.params})


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """The names that are asked of any query from now on."""
    names: set[str] = set()
    for method in ("get", "getlist", "__getitem__", "__contains__"):
        own = getattr(QueryDict, method)

        def noted(self: QueryDict, name: str, *rest: object, own: object = own) -> object:
            names.add(str(name))
            return own(self, name, *rest)

        monkeypatch.setattr(QueryDict, method, noted)
    return names


def test_every_parameter_of_every_public_address_is_answered(library: dict[str, Holding], read: set[str]) -> None:
    """Below 500, whatever it is; one by one where all at once failed, which names the culprit."""
    client, failed, asked = Client(raise_request_exception=False), [], 0
    for address in dict.fromkeys(public(library)):
        read.clear()
        assert client.get(address).status_code < 500, address
        names, asked = sorted(read), asked + len(read)
        for value in VALUES if names else ():
            if client.get(f"{address}?{'&'.join(f'{quote(name)}={value}' for name in names)}").status_code >= 500:
                failed += [
                    f"{address}?{name}={value[:20]}"
                    for name in names
                    if client.get(f"{address}?{name}={value}").status_code >= 500
                ] or [f"{address} with all as {value[:20]}"]
    assert failed == []
    assert asked > 30, "the reader of parameters sees none"


OPEN = {"page", "find"}
"""What makes no other list of it: a later page of the same, and words that are marked."""


def test_whatever_narrows_a_list_is_closed_to_crawlers(
    client: Client, library: dict[str, Holding], read: set[str]
) -> None:
    """Also what a kind's own list reads: a crawler would follow every combination."""
    robots, left = client.get("/robots.txt").content.decode(), {}
    for address in (*(shelf.url for shelf in Shelf.objects.all()), library["exhibition"].url):
        read.clear()
        client.get(address)
        if names := {name for name in read - OPEN if f"Disallow: /*?{name}=" not in robots}:
            left[address] = sorted(names)
    assert left == {}
