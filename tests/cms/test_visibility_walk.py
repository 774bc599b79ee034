"""Nothing that is hidden shows on any address: the URLs are walked, and each needs a case or a reason.

The index is left stale on purpose after hiding: permission is decided in the database when a page is read.
"""

import io
from collections.abc import Callable, Iterator

import pytest
from django.contrib.auth.models import Group, User
from django.core.files.images import ImageFile
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import translation
from PIL import Image as Picture

from chronicle.models import Entry
from cms.models import Relation, Shelf
from media import renditions
from media.models import Image
from stations.models import Copy, Station
from tests.cms.hiding import HIDING
from tours.guiding.access import GUIDES
from tours.guiding.packs.files import path_of as path_of_pack
from tours.guiding.packs.making import claim, make
from tours.guiding.packs.orders import ask
from tours.models import Pack, Stop, Tour

pytestmark = pytest.mark.alike

TITLE = "隐现楼记"
WORD = "梧桐絮语"

Surface = Callable[[Client, Entry, Entry], str]


def page_of(address: Callable[[Entry, Entry], str]) -> Surface:
    """Make a surface of an address: its text in both languages, nothing for one that is not found."""

    def read(client: Client, hidden: Entry, neighbour: Entry) -> str:
        texts = []
        for prefix in ("", "/en"):
            # The English page before leaves its language behind, and addresses are made in it.
            with translation.override("zh-hans"):
                here = prefix + address(hidden, neighbour)
            answer = client.get(here)
            assert answer.status_code in (200, 302, 404), f"{answer.status_code} at {answer.request['PATH_INFO']}"
            texts.append(answer.content.decode() if answer.status_code == 200 else "")
        return "".join(texts)

    return read


def permanent(client: Client, hidden: Entry, neighbour: Entry) -> str:
    """Follow the permanent address to wherever it leads."""
    return client.get(f"/id/{hidden.uid}", follow=True).content.decode()


def picture(client: Client, hidden: Entry, neighbour: Entry) -> str:
    """Ask for the picture in each of its sizes by their own addresses, and as it was uploaded; say the title where one came."""
    files = [hidden.cover.file, *(size.file for size in hidden.cover.renditions.all())]
    return TITLE if any(client.get(file.url).status_code == 200 for file in files) else ""


def path_of(page: object) -> str:
    """Return a page's path without host."""
    return page.get_url_parts()[2]


def in_the_sitemap(client: Client, hidden: Entry, neighbour: Entry) -> str:
    """Look for the address among those of its kind; say the title where it stands."""
    listed = client.get("/sitemaps/entry.xml").content.decode()
    return TITLE if hidden.slug in listed else ""


def at_the_bench(address: str, query: str = "") -> Surface:
    """Make a surface of a guide's address: what one whose tour has the hidden holding as a stop reads there."""

    def read(client: Client, hidden: Entry, neighbour: Entry) -> str:
        tour = Tour.objects.get(owner__username="walker", live=False)
        bench = Client()
        bench.force_login(tour.owner)
        return page_of(lambda *entries: reverse(address, args=[tour.pk]) + query)(bench, hidden, neighbour)

    return read


def packed(client: Client, hidden: Entry, neighbour: Entry) -> str:
    """Download the pack that was made when its tour was, before anything was hidden."""
    pack = Pack.objects.earliest("asked_at")
    bench = Client()
    bench.force_login(pack.tour.owner)
    answer = bench.get(reverse("guide_pack_file", args=[pack.code]), follow=True)
    return answer.getvalue().decode()


def pack_page(client: Client, hidden: Entry, neighbour: Entry) -> str:
    """Read the page of that pack, and of one that is made now."""
    pack = Pack.objects.earliest("asked_at")
    bench = Client()
    bench.force_login(pack.tour.owner)
    make_pack(pack.tour)
    newest = Pack.objects.latest("asked_at")
    pages = [bench.get(reverse("guide_pack", args=[code])) for code in (pack.code, newest.code)]
    return "".join(page.content.decode() for page in pages) + path_of_pack(newest).read_text("utf-8")


def signed(client: Client, hidden: Entry, neighbour: Entry) -> str:
    """Follow the code on the sign beside the hidden holding, which stands in a tour that visitors may see."""
    stop = Stop.objects.filter(holding=hidden, tour__live=True).first() or Stop.objects.filter(tour__live=True).first()
    return client.get(f"/q/{stop.sign.code}", follow=True).content.decode()


def open_tour(address: str) -> Surface:
    """Make a surface of a tour's page, or of one of its stops, as visitors see it."""
    return page_of(lambda hidden, neighbour: path_of(Tour.objects.get(live=True)) + address)


# Name of each address -> where it could show a holding, or why it cannot.
CASES: dict[str, dict[str, Surface] | str] = {
    "admin/": "asks for a login before anything (test_the_admin_asks_for_a_login)",
    "robots": "fixed text",
    "security": "the operator's address",
    "sitemaps": "names of kinds and the date of the newest visible page",
    "sitemap": {"the sitemap of its kind": in_the_sitemap},
    "avatar": "shows the picture of an account, to those in the admin alone (tests/cms/desk/test_accounts.py)",
    "wagtaildocs_serve": "papers of the office, to those in the admin alone (tests/cms/desk/test_accounts.py)",
    "wagtaildocs_authenticate_with_password": "takes a password and redirects",
    "picture": {"picture by direct address": picture},
    "permanent": {"permanent address": permanent},
    "search": {
        "results": page_of(lambda hidden, neighbour: f"/search/?q={WORD}"),
        "results in exact mode": page_of(lambda hidden, neighbour: f"/search/?q={WORD}&exact=1"),
    },
    "suggest": {"suggestions": page_of(lambda hidden, neighbour: f"/search/suggest/?q={TITLE[:2]}")},
    "guide": "lists tours by title and minutes alone",
    "guide_login": "a form that shows no holding",
    "guide_logout": "ends a session and redirects",
    "guide_account": "two forms about the guide alone",
    "guide_handed": "shows the title of a tour to whoever holds its link",
    "guide_tour": {
        "a guide's tour": at_the_bench("guide_tour"),
        "a guide's search": at_the_bench("guide_tour", f"?q={WORD}"),
    },
    "guide_fit": {"a proposal for a guide's tour": at_the_bench("guide_fit", "?minutes=1")},
    "guide_discard": "asks by the tour's title",
    "guide_hand": "takes a POST and shows a link",
    **dict.fromkeys(
        [
            *("guide_settle", "guide_add", "guide_order", "guide_restore", "guide_show", "guide_copy", "guide_stop"),
            *("guide_move", "guide_lock", "guide_script", "guide_fill", "guide_remove"),
        ],
        "takes a POST and leads back to the tour's page",
    ),
    "guide_pack_file": {"a pack made before": packed},
    "guide_pack": {"what a pack says of itself, and a pack made now": pack_page},
    "guide_packs": "names gaps by their number, and what rights withhold through visible(): tests/tours/test_packs.py",
    "guide_pack_check": "leads to the pack's page, or shows the same of a public tour's",
    "guide_pack_again": "takes a POST and leads to the pack's page",
    "guide_present": {"what a guide speaks from": at_the_bench("guide_present")},
    "guide_after": "names what runs and answers were about through visible(): tests/tours/test_questions.py",
    "guide_after_table": "the same as tables",
    **dict.fromkeys(("guide_questions", "guide_runs"), "takes a POST and answers in a sentence"),
    "sign": {"the code on a sign": signed},
    "sign_form": "a form that shows no holding",
    "tours_worker": "a script that is the same for all",
    "wagtail_serve": {
        "a tour": open_tour(""),
        "a stop of a tour": open_tour("1/"),
        "the next stop": open_tour("2/"),
        "its own page": page_of(lambda hidden, neighbour: path_of(hidden)),
        "a station that has a copy of it": page_of(lambda hidden, neighbour: path_of(Station.objects.get())),
        "its neighbour's page": page_of(lambda hidden, neighbour: path_of(neighbour)),
        "home": page_of(lambda hidden, neighbour: "/"),
        "listing": page_of(lambda hidden, neighbour: path_of(Shelf.objects.get(slug="chronicle"))),
    },
    "wagtailcore_login": "a form that shows no holding",
    "wagtailcore_authenticate_with_password": "takes a password and redirects",
}
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


def make_pack(tour: Tour) -> None:
    """Make a pack of a tour as it is now, in the test's own thread."""
    pack = ask(Pack(tour=tour, form="html", audience=tour.audience, language=tour.language))
    if claim(pack):
        make(Pack.objects.get(pk=pack.pk))


def walk(*holdings: Entry) -> None:
    """Make a guide with a private tour and an open one whose stops are these holdings, and a pack of the private one."""
    guide = User.objects.create_user("walker")
    guide.groups.add(Group.objects.get(name=GUIDES))
    for live in (False, True):
        tour = Shelf.objects.get(slug="tours").add_child(instance=Tour(title="一条路", owner=guide, live=live))
        for number, holding in enumerate(holdings):
            Stop.objects.create(tour=tour, holding=holding, sort_order=number)
    make_pack(Tour.objects.get(owner=guide, live=False))


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
        station = Shelf.objects.get(slug="stations").add_child(instance=Station(title="书角", subdistrict="xujiahui"))
        Copy.objects.create(station=station, work=hidden, barcode="1")
        walk(hidden, neighbour)
    return hidden, neighbour


def test_every_address_has_a_case() -> None:
    """A new address needs a row in CASES: what it could show of a holding, or why it cannot."""
    assert sorted(set(addresses(get_resolver().url_patterns)) - set(CASES)) == []


def test_every_case_has_an_address() -> None:
    """A row whose address is gone goes too."""
    assert sorted(set(CASES) - set(addresses(get_resolver().url_patterns))) == []


@pytest.mark.parametrize("surface", SURFACES)
def test_what_is_public_shows(client: Client, entries: tuple[Entry, Entry], surface: str) -> None:
    """Each surface does show the entry while it is public, so the test below can fail."""
    assert TITLE in SURFACES[surface](client, *entries)


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
