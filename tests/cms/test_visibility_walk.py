"""Nothing that is hidden shows on any address: the URLs are walked, and each needs a case or a reason.

The index is left stale on purpose after hiding: permission is decided in the database when a page is read.
"""

import io
from collections.abc import Callable, Iterator

import pytest
from django.core.files.images import ImageFile
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from PIL import Image as Picture

from chronicle.models import Entry
from cms.models import Relation, Shelf
from media import renditions
from media.models import Image
from tests.cms.hiding import HIDING
from tests.surfaces import TITLE, WORD, cases, prepare

CASES = cases()
SURFACES = {name: read for case in CASES.values() if isinstance(case, dict) for name, read in case.items()}


def addresses(patterns: list[URLPattern | URLResolver], route: str = "") -> Iterator[str]:
    """Yield the name, or else the route, of every address; the admin counts as one."""
    for pattern in patterns:
        here = route + str(pattern.pattern)
        if here == "admin/":
            yield here
        elif isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, here)
        else:
            yield pattern.name or here


@pytest.fixture
def entries(index: None, django_capture_on_commit_callbacks: Callable) -> tuple[Entry, Entry]:
    """Publish an entry with a picture on the home page, and another that is related to it."""
    data = io.BytesIO()
    Picture.new("RGB", (40, 30), "teal").save(data, "PNG")
    cover = Image.objects.create(title=TITLE, alt=TITLE, file=ImageFile(data, "hidden.png"))
    renditions.make([cover])
    shelf = Shelf.objects.get(slug="chronicle")
    with django_capture_on_commit_callbacks(execute=True):
        hidden = shelf.add_child(
            instance=Entry(title=TITLE, title_en=TITLE, slug="hidden", featured=1, cover=cover, summary=WORD, body=WORD)
        )
        neighbour = shelf.add_child(instance=Entry(title="邻舍", slug="neighbour"))
        Relation.objects.create(holding=neighbour, target=hidden, role="about")
        hidden.save_revision().publish()
        neighbour.save_revision().publish()
        prepare(hidden, neighbour)
    return hidden, neighbour


def test_every_address_has_a_case() -> None:
    """A new address needs a row in CASES: what it could show of a holding, or why it cannot."""
    assert sorted(set(addresses(get_resolver().url_patterns)) - set(CASES)) == []


def test_every_case_has_an_address() -> None:
    """A row whose address is gone goes too."""
    assert sorted(set(CASES) - set(addresses(get_resolver().url_patterns))) == []


def test_what_is_public_shows(client: Client, entries: tuple[Entry, Entry]) -> None:
    """Each surface does show the entry while it is public, so the test below can fail."""
    assert [name for name, read in SURFACES.items() if TITLE not in read(client, *entries)] == []


@pytest.mark.parametrize("way", HIDING)
def test_what_is_hidden_is_gone_on_the_next_request(client: Client, entries: tuple[Entry, Entry], way: str) -> None:
    """After each way of hiding, no surface shows a word of the title."""
    hidden, neighbour = entries
    HIDING[way](hidden)
    leaks = [name for name, read in SURFACES.items() if TITLE in read(client, hidden, neighbour)]
    assert leaks == []


@pytest.mark.parametrize("way", HIDING)
def test_what_is_hidden_is_not_counted(client: Client, entries: tuple[Entry, Entry], way: str) -> None:
    """Neither the total nor a facet of the search counts it, before the index has caught up."""
    before = client.get(f"/search/?q={WORD}").context["hits"]
    assert before.total == 1
    assert [count for _kind, count in before.facets["kinds"]] == [1]
    HIDING[way](entries[0])
    after = client.get(f"/search/?q={WORD}").context["hits"]
    assert after.total == 0
    assert not [counts for counts in after.facets.values() if counts]


def test_a_draft_of_a_live_page_shows_nowhere(client: Client, entries: tuple[Entry, Entry]) -> None:
    """What an editor has saved and not published is on no surface; the published words still are."""
    hidden, neighbour = entries
    hidden.title = hidden.title_en = hidden.summary = "未刊稿本"
    hidden.save_revision()
    hidden.refresh_from_db()
    for name, read in SURFACES.items():
        text = read(client, hidden, neighbour)
        assert "未刊稿本" not in text, name
        assert TITLE in text, name


def test_the_admin_asks_for_a_login(client: Client, entries: tuple[Entry, Entry]) -> None:
    """An anonymous visitor is sent to the form, whatever admin page is asked for."""
    page = f"pages/{entries[0].pk}"
    lists = ("", "pages/", "reports/locked/", "unfound/", "unfound/table.csv")
    for path in (*lists, f"{page}/edit/", f"{page}/view_draft/"):
        answer = client.get(f"/admin/{path}")
        assert answer.status_code == 302, path
        assert "/admin/login/" in answer["Location"], path
