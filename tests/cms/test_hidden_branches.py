"""What is hidden takes along what stands in it, on every surface: chapters of a book, legs of an exhibition, shelves."""

import io
from collections.abc import Callable

import pytest
from django.core.files.images import ImageFile
from django.test import Client
from PIL import Image as Picture
from wagtail.actions.create_alias import CreatePageAliasAction
from wagtail.models import PageViewRestriction

from chronicle.models import Chapter, Entry, Work
from cms.models import Holding, Shelf, TextPage
from cms.visibility import outside
from exhibitions.models import Exhibition, ItineraryLeg
from media.models import Image
from picturebooks.models import Book
from search import outbox
from tests.cms.hiding import ALONE, HIDING, SITE, caught_up, in_the_files, in_the_tables, total

Commit = Callable[..., object]


@pytest.fixture
def book(index: None, put: Callable, django_capture_on_commit_callbacks: Commit) -> Work:
    """A book with a chapter and an entry in it."""
    with django_capture_on_commit_callbacks(execute=True):
        work = put(Work, "隐志", slug="hidden-book")
        chapter = work.add_child(instance=Chapter(title="卷一暗河", slug="one"))
        chapter.add_child(instance=Entry(title="暗河石桥", slug="bridge", body="桥下有暗河一道"))
        for page in (work, chapter):
            page.save_revision().publish()
    caught_up()
    return work


@pytest.mark.once_on_each_database
@pytest.mark.parametrize("way", HIDING)
def test_what_stands_in_a_hidden_book_is_hidden(
    client: Client, book: Work, way: str, django_capture_on_commit_callbacks: Commit
) -> None:
    entry = Entry.objects.get(slug="bridge")
    addresses = [entry.url, entry.get_parent().url, f"/id/{entry.uid}", "/chronicle/", "/"]
    assert client.get(entry.url).status_code == 200
    assert total(client, "暗河") == 2
    with django_capture_on_commit_callbacks(execute=True):
        HIDING[way](book)
    for address in addresses:
        assert "暗河石桥" not in client.get(address, follow=True).content.decode(), address
    assert total(client, "暗河") == 0
    assert client.get("/search/suggest/?q=暗河").json() == []
    outbox.enqueue([book.pk])
    caught_up()
    assert in_the_files("暗河") == in_the_tables("暗河") == []


def test_what_stands_in_a_book_comes_back_with_it(
    client: Client, book: Work, django_capture_on_commit_callbacks: Commit
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        book.unpublish()
    assert total(client, "暗河") == 0
    with django_capture_on_commit_callbacks(execute=True):
        book.get_latest_revision().publish()
    caught_up()
    assert total(client, "暗河") == 2
    assert client.get(Entry.objects.get(slug="bridge").url).status_code == 200


@pytest.mark.once_on_each_database
@pytest.mark.parametrize("way", ["unpublish", "restrict"])
def test_an_alias_elsewhere_leaves_the_index_with_the_book(
    client: Client, book: Work, way: str, django_capture_on_commit_callbacks: Commit
) -> None:
    """And comes back with it; an alias of an alias too."""
    shelf, entry = Shelf.objects.get(slug="chronicle"), Entry.objects.get(slug="bridge")
    with django_capture_on_commit_callbacks(execute=True):
        for slug in ("again", "and-again"):
            made = CreatePageAliasAction(entry, parent=shelf, update_slug=slug, user=None)
            entry = made.execute(skip_permission_checks=True).specific
    caught_up()
    assert total(client, "暗河石桥") == 3
    with django_capture_on_commit_callbacks(execute=True):
        HIDING[way](book)
    assert total(client, "暗河石桥") == 0
    caught_up()
    assert in_the_files("暗河") == in_the_tables("暗河") == []
    with django_capture_on_commit_callbacks(execute=True):
        PageViewRestriction.objects.all().delete()
        book.get_latest_revision().publish()
    caught_up()
    assert total(client, "暗河石桥") == 3


@pytest.mark.each_database
def test_a_thousand_closed_branches_still_answer(index: None, client: Client, put: Callable) -> None:
    """No statement grows too deep for the database, however many books are drafts."""
    put(Work, "空书", slug="empty")
    shelf = Shelf.objects.get(slug="works")
    paths = [f"{shelf.path}{number:04d}" for number in range(5000, 6200)]
    assert Holding.objects.filter(outside(paths)).count() == Holding.objects.count()


@pytest.mark.once_on_each_database
@pytest.mark.parametrize("way", HIDING)
def test_a_hidden_exhibition_does_not_travel_on_the_home_page(client: Client, put: Callable, way: str) -> None:
    show = put(Exhibition, "暗场巡展", slug="dark")
    ItineraryLeg.objects.create(exhibition=show, venue="地下一层", sort_order=0)
    said = [client.get(address).content.decode() for address in ("/", "/en/")]
    assert all("暗场巡展" in text and "地下一层" in text for text in said)
    HIDING[way](show)
    for address in ("/", "/en/"):
        text = client.get(address, follow=True).content.decode()
        assert "暗场巡展" not in text
        assert "地下一层" not in text


@pytest.mark.once_on_each_database
@pytest.mark.parametrize("way", HIDING)
def test_a_hidden_book_lends_its_cover_to_no_shelf(client: Client, put: Callable, way: str) -> None:
    """The volume on the home page shows the newest that may be seen."""
    data = io.BytesIO()
    Picture.new("RGB", (4, 3), "teal").save(data, "PNG")
    cover = Image.objects.create(title="封面", file=ImageFile(data, "cover.png"))
    older, newer = (put(Book, f"图画书{year}", cover=cover, date_text=f"{year}年") for year in (2001, 2002))

    def lent() -> Book | None:
        shelves = (client.get("/", follow=True).context or {}).get("shelves", [])
        return next((shelf.board for shelf in shelves if shelf.slug == "picturebooks"), None)

    assert lent().pk == newer.pk
    HIDING[way](newer)
    shown = lent()
    assert (shown and shown.pk) == (older.pk if way in ALONE else None)


@pytest.mark.once_on_each_database
@pytest.mark.parametrize("way", SITE)
@pytest.mark.parametrize("model", [Shelf, TextPage])
def test_a_hidden_page_of_the_site_is_in_no_navigation(client: Client, put: Callable, model: type, way: str) -> None:
    """Neither in the head, nor at the foot, nor among the collections of the home page."""
    entry = put(Entry, "龙华设铺")
    pages = model.objects.in_menu() if model is Shelf else model.objects.all()
    page = pages.exclude(slug="chronicle").first()
    addresses = ("/", "/en/", entry.url, "/search/?q=龙华")
    link = f'{page.slug}/"'
    assert all(link in client.get(address).content.decode() for address in addresses)
    SITE[way](page)
    assert not [address for address in addresses if link in client.get(address).content.decode()]
