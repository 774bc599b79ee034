"""The admin finds Chinese: two characters inside a title, an older name, a number; in lists and in choosers."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from authorities.models import Place
from chronicle.models import Entry

pytestmark = pytest.mark.each_database


@pytest.fixture
def librarian(client: Client, db: None) -> Client:
    """A browser in which the librarian has logged in."""
    client.force_login(User.objects.create_superuser("librarian", password="for-tests"))
    return client


@pytest.mark.parametrize("words", ["海中", "霞飞", "霞飛", "Middle", "PL-0"])
def test_a_place_is_found_by_any_part_of_what_it_is_called(librarian: Client, road: Place, words: str) -> None:
    assert road.title in librarian.get("/admin/pages/search/", {"q": words}).content.decode()


def test_the_chooser_finds_it_too(librarian: Client, road: Place) -> None:
    answer = librarian.get("/admin/choose-page/search/", {"q": "海中", "page_type": "cms.holding"})
    assert road.title in answer.content.decode()


def test_what_is_not_there_is_not_found(librarian: Client, entry: Entry) -> None:
    assert entry.title not in librarian.get("/admin/pages/search/", {"q": "武康"}).content.decode()
