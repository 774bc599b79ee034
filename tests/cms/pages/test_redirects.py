"""What was renamed or moved is found at its old address, and only by those who may see it."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import translation
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import PageViewRestriction

from authorities.models import Place
from chronicle.models import Chapter, Entry, Work
from cms.models import Holding


def rename(page: Holding, slug: str) -> None:
    """Give a page another address, as the form of the admin does."""
    page = type(page).objects.get(pk=page.pk)
    page.slug = slug
    page.save_revision().publish()


@pytest.fixture
def work(put: Callable[..., Holding]) -> Work:
    """A work with a chapter and an entry in it."""
    work = put(Work, "徐汇简史", slug="history")
    chapter = work.add_child(instance=Chapter(title="卷一", slug="one"))
    chapter.add_child(instance=Entry(title="开埠", slug="port"))
    return work


def to(address: str, client: Client | None = None) -> str | None:
    """Return where an address leads for good, or nothing."""
    answer = (client or Client()).get(address)
    return answer["Location"] if answer.status_code == 301 else None


@pytest.mark.once_on_each_database
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_a_new_slug_keeps_the_old_address(work: Work, prefix: str) -> None:
    """Of the thing and of all that stands in it, in both languages, with the words looked for, also twice renamed."""
    rename(work, "brief-history")
    rename(work, "short-history")
    for old in ("history", "brief-history"):
        assert to(f"{prefix}/works/{old}/") == f"{prefix}/works/short-history/"
        assert to(f"{prefix}/works/{old}/one/port/?q=x") == f"{prefix}/works/short-history/one/port/?q=x"
    assert Client().get(f"{prefix}/works/history/two/").status_code in (301, 404)


@pytest.mark.each_database
def test_a_move_keeps_the_old_address(work: Work, put: Callable[..., Holding]) -> None:
    """A chapter under another work."""
    other = put(Work, "徐汇续志", slug="sequel")
    Chapter.objects.get().move(other, pos="last-child")
    assert to("/works/history/one/port/") == "/works/sequel/one/port/"


def test_a_rename_by_somebody_who_works_in_english_is_noted_for_both(work: Work) -> None:
    """The address is noted in the language of whoever changed it."""
    with translation.override("en"):
        rename(work, "brief-history")
    assert to("/works/history/") == "/works/brief-history/"
    assert to("/en/works/history/") == "/en/works/brief-history/"


@pytest.mark.each_database
def test_nobody_is_told_the_new_name_of_what_is_hidden(road: Place, admin_user: User) -> None:
    """Unpublished, closed or withdrawn from the web: the old address is as if it had never been."""
    old = road.url
    rename(road, "secret-name")
    assert to(old)
    closed = PageViewRestriction.objects.create(page=road, restriction_type="login")
    assert Client().get(old).status_code == 404
    staff = Client()
    staff.force_login(admin_user)
    assert to(old, staff)
    closed.delete()
    Place.objects.update(use_web=False)
    assert Client().get(old).status_code == 404
    Place.objects.get().unpublish()
    assert Client().get(old).status_code == 404


def test_a_new_page_at_an_old_address_wins(road: Place, put: Callable[..., Holding]) -> None:
    """And a redirect never leads to itself."""
    rename(road, "old-road")
    rename(road, "another")
    assert to("/places/old-road/") == "/places/another/"
    put(Place, "新路", slug="old-road")
    assert Client().get("/places/old-road/").status_code == 200


def test_librarians_add_addresses_of_their_own(road: Place) -> None:
    """Of a site that the library had before, for good or for now."""
    Redirect.add_redirect("/roads.html", road)
    Redirect.add_redirect("/old", "https://library.example/", is_permanent=False)
    assert to("/roads.html") == road.url
    answer = Client().get("/old")
    assert (answer.status_code, answer["Location"]) == (302, "https://library.example/")


@pytest.mark.each_database
@pytest.mark.parametrize(
    "address", ["/%00/", "/" + "a/" * 40, "/" + "x" * 5000 + "/", "/%ED%A0%80/", "/en/%00/", "/..%2f/"]
)
def test_odd_addresses_are_not_found(db: None, address: str) -> None:
    """On any database."""
    assert Client().get(address).status_code == 404
