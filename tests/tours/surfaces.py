"""Where tours could show a holding: at the bench, in packs, on signs, on a walk."""

from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse

from chronicle.models import Entry
from cms.models import Shelf
from tests.surfaces import WORD, Case, Surface, page_of, path_of
from tours.guiding.access import GUIDES
from tours.guiding.packs.files import path_of as path_of_pack
from tours.guiding.packs.making import claim, make
from tours.guiding.packs.orders import ask
from tours.models import Pack, Stop, Tour


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


def make_pack(tour: Tour) -> None:
    """Make a pack of a tour as it is now, in the test's own thread."""
    pack = ask(Pack(tour=tour, form="html", audience=tour.audience, language=tour.language))
    if claim(pack):
        make(Pack.objects.get(pk=pack.pk))


def prepare(*holdings: Entry) -> None:
    """Make a guide with a private tour and an open one whose stops are these holdings, and a pack of the private one."""
    guide = User.objects.create_user("walker")
    guide.groups.add(Group.objects.get(name=GUIDES))
    for live in (False, True):
        tour = Shelf.objects.get(slug="tours").add_child(instance=Tour(title="一条路", owner=guide, live=live))
        for number, holding in enumerate(holdings):
            Stop.objects.create(tour=tour, holding=holding, sort_order=number)
    make_pack(Tour.objects.get(owner=guide, live=False))


CASES: dict[str, Case] = {
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
}
PAGES = {
    "a tour": open_tour(""),
    "a stop of a tour": open_tour("1/"),
    "the next stop": open_tour("2/"),
}
