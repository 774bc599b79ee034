"""What a folder on the shelf may bring, shown with one that nobody wrote the site for: each row of the table in docs/contributor.md."""

import csv
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client
from PIL import Image as Picture

from authorities.models import Person
from cms.importing import import_files
from cms.models import Shelf
from media.models import Image
from postcards.models import Postcard, Stamp
from search.rebuilding import rebuild

pytestmark = pytest.mark.django_db
Table = Callable[..., Path]


@pytest.fixture
def table(tmp_path: Path) -> Table:
    """Return a function that writes a table, and the pictures that it names, and gives its path."""

    def write(name: str, *rows: dict[str, str]) -> Path:
        (tmp_path / "pictures").mkdir(exist_ok=True)
        pictures = [cell for row in rows for cell in row.values() if cell.endswith(".png")]
        for cell in pictures:
            # Each its own: two files of the same pixels are one picture.
            Picture.new("RGB", (60, 40), (len(cell), ord(cell[0]), ord(cell[-5]))).save(tmp_path / "pictures" / cell)
        path = tmp_path / name
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            written = csv.DictWriter(file, list(rows[0]))
            written.writeheader()
            written.writerows(rows)
        return path

    return write


@pytest.fixture
def card(table: Table) -> Postcard:
    """A card as its tables make it: sent by somebody, with two pictures and two stamps."""
    Shelf.objects.get(slug="people").add_child(instance=Person(title="聂耳", title_en="Nie Er", uid="XH-PE-000001"))
    files = tables(table)
    assert import_files(files).created == 3
    rebuild()
    return Postcard.objects.get()


def tables(table: Table) -> list[tuple[type, Path]]:
    """Return the tables of a card and its stamps."""
    card = {
        "编号": "XH-PC-000001", "题名": "寄自淮海路", "英文题名": "From Huaihai Road", "图片": "front.png", "图片说明": "正面",
        "背面": "back.png", "背面说明": "写满字的背面", "寄信人": "XH-PE-000001", "附言": "见字如面",
    }  # fmt: skip
    stamps = [{"所属编号": "XH-PC-000001", "次序": str(n), "面值": f"{n} 分", "图片": f"stamp{n}.png"} for n in (1, 2)]
    return [(Postcard, table("postcard.csv", card)), (Stamp, table("stamp.csv", *stamps))]


def test_a_table_fills_every_field_and_changes_nothing_the_second_time(card: Postcard, table: Table) -> None:
    assert (card.back.alt, card.sender.title, card.greeting) == ("写满字的背面", "聂耳", "见字如面")
    assert [(stamp.value, bool(stamp.image)) for stamp in card.stamps.all()] == [("1 分", True), ("2 分", True)]
    again = import_files(tables(table))
    assert (again.created, again.updated, again.unchanged) == (0, 0, 3)
    assert Image.objects.count() == 4


@pytest.mark.parametrize(("prefix", "words"), [("", ["寄信人", "聂耳"]), ("/en", ["Sender", "Nie Er"])])
def test_its_page_has_its_own_blocks_words_and_colours(
    card: Postcard, client: Client, prefix: str, words: list[str]
) -> None:
    page = client.get(prefix + card.get_url()).content.decode()
    for word in (*words, "见字如面", 'class="postcard-back"', "postcards/postcards.css"):
        assert word in page


def test_its_page_says_nothing_of_a_sender_that_nobody_may_see(card: Postcard, client: Client) -> None:
    card.sender.specific.unpublish()
    assert "聂耳" not in client.get(card.get_url()).content.decode()


def test_search_finds_it_by_its_own_words_and_leads_to_them(card: Postcard, client: Client) -> None:
    (result,) = client.get("/search/?q=见字如面").context["results"]
    assert result.holding.pk == card.pk
    assert result.excerpts[0].link.endswith("#greeting")
    assert client.get("/search/?q=2 分&kind=postcard").context["hits"].total == 1


def test_it_has_a_shelf_a_listing_a_sitemap_and_an_address_of_its_own(card: Postcard, client: Client) -> None:
    assert card.get_url() in client.get("/postcards/").content.decode()
    assert card.get_url() in client.get("/sitemaps/postcard.xml").content.decode()
    assert client.get(f"/id/{card.uid}", follow=True).status_code == 200
    assert client.get("/postcards/newest/")["Location"] == card.get_url()


def test_its_address_leads_to_no_card_that_is_hidden(card: Postcard, client: Client) -> None:
    card.unpublish()
    assert client.get("/postcards/newest/")["Location"] == "/"


def test_its_migration_makes_all_of_it() -> None:
    """What `make lint` asks of the shelf is asked here of a kind that only tests know."""
    call_command("makemigrations", "postcards", check=True, dry_run=True, verbosity=0)


def test_the_desk_narrows_lists_by_what_a_kind_says(card: Postcard, client: Client) -> None:
    """Its own filter finds and leaves out, its own list stands on the first page with its number."""
    card.get_parent().add_child(instance=Postcard(title="没人寄的", uid="XH-PC-000902"))
    client.force_login(User.objects.create_superuser("admin"))
    html = client.get("/admin/holdings/?kind=postcard&sent=unknown").content.decode()
    assert ("没人寄的" in html, f">{card.title}<" in html, "1 条" in html) == (True, False, True)
    first = client.get("/admin/").content.decode()
    assert re.search(r"sent=unknown\">\s*<span class=\"t\">没写谁寄的</span>\s*<b>1</b>", first)
