"""Tours and stories as visitors see them, and the codes that lead there."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cms.models import Holding
from tours.models import Code, Script, Stop, Story, StoryVersion, Tour

BOTH = ((600, "general", "zh-hans"), (30, "children", "zh-hans"), (180, "general", "en"))


@pytest.fixture
def tour(exhibit: Callable, write: Callable, draw_up: Callable[..., Tour]) -> Tour:
    """An open tour of three stops."""
    things = [exhibit(name, title_en=f"Thing {n}") for n, name in enumerate(("行李箱", "胸像", "电视机"), 1)]
    pairs = [(thing, write(f"{thing.title}的故事", thing, versions=BOTH)) for thing in things]
    made = draw_up(*pairs, start="正门", thanks="《旧导览》，老李")
    made.save_revision(clean=False).publish()
    return Tour.objects.get(pk=made.pk)


def read(client: Client, address: str) -> str:
    """Read a page that must be there."""
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_a_tour_lists_its_stops(client: Client, tour: Tour) -> None:
    """With minutes, start and credit; in English too."""
    page = read(client, tour.url)
    for words in ("行李箱", "胸像", "电视机", "15 分钟，步行在内", "正门", "老李", f'href="{tour.url}1/"'):
        assert words in page
    assert "Thing 2" in read(client, f"/en{tour.url}")


def test_each_stop_has_a_page(client: Client, tour: Tour) -> None:
    """Its story, its sources, the way to the next; others are not found."""
    page = read(client, f"{tour.url}2/")
    for words in ("第 2 站", "胸像的故事，600 general zh-hans", "某报", f'href="{tour.url}1/"', f'href="{tour.url}3/"'):
        assert words in page
    for wrong in ("0/", "4/", "01/", "x/", "2/3/", "99999999/"):
        assert client.get(tour.url + wrong).status_code == 404


def test_a_visitor_reads_in_their_language(client: Client, tour: Tour) -> None:
    """Whatever the tour's own is; what is not translated is marked."""
    address = f"/en{tour.url}2/"
    assert "胸像的故事，180 general en" in read(client, address)
    Story.objects.get(title="胸像的故事").versions.filter(language="en").delete()
    page = read(client, address)
    assert "This story has not yet been translated" in page
    assert 'lang="zh-Hans"' in page


def test_a_private_script_is_on_no_public_page(client: Client, tour: Tour, guide: User) -> None:
    """Not even for its owner."""
    Script.objects.create(stop=Stop.objects.first(), owner=guide, text="绝密口诀")
    client.force_login(guide)
    assert "绝密口诀" not in read(client, tour.url) + read(client, f"{tour.url}1/")


def test_a_gap_is_shown_as_one(client: Client, tour: Tour) -> None:
    """A story that is public stays when its exhibit goes; with nothing left the visitor is sent on and learns nothing."""
    Holding.objects.get(title="胸像").specific.unpublish()
    page = read(client, f"{tour.url}2/")
    assert "展品已撤下" in page
    assert "胸像的故事，600 general zh-hans" in page
    assert "展品已撤下" in read(client, tour.url)
    Story.objects.get(title="胸像的故事").unpublish()
    page = read(client, f"{tour.url}2/")
    assert "这一站暂缺" in page
    assert "胸像" not in page


def test_a_story_shows_its_versions_where_search_points(client: Client, tour: Tour) -> None:
    """The fullest is open; each paragraph has the fragment that search gives it; words asked for are marked."""
    story = Story.objects.get(title="行李箱的故事")
    address = story.url
    page = read(client, f"{address}?find=行李箱")
    assert [part.anchor for part in story.text_parts() if part.anchor] == ["p1-600-general", "p1-30-children"]
    for anchor in ("p1-600-general", "p1-30-children", "p1-180-general-en"):
        assert f'id="{anchor}"' in page or anchor.endswith("-en")
    assert "<mark>行李箱</mark>" in page
    assert 'id="p1-180-general-en"' in read(client, f"/en{address}")


def test_as_many_queries_for_many_stops(client: Client, exhibit: Callable, draw_up: Callable[..., Tour]) -> None:
    """A tour or stop page of two stops or of twenty: the same, and a stop no more than a detail page may."""
    things = [(exhibit(str(n)), None) for n in range(20)]
    counts = []
    for stops in (things[:2], things):
        tour = draw_up(*stops, live=True)
        for address in (tour.get_url(), f"{tour.get_url()}2/"):
            client.get(address)
            with CaptureQueriesContext(connection) as seen:
                client.get(address)
            counts.append(len(seen))
    assert counts[:2] == counts[2:]
    assert counts[1] <= 12


def code_of(tour: Tour, number: int) -> str:
    """Return the code of a stop by its place."""
    return tour.stops.order_by("sort_order")[number - 1].sign.code


@pytest.mark.parametrize(
    ("wish", "prefix"), [("en-GB,en;q=0.9", "/en"), ("zh-CN,zh;q=0.9,en", ""), ("fr", "/en"), ("", "")]
)
def test_a_code_leads_to_its_stop_in_the_readers_language(client: Client, tour: Tour, wish: str, prefix: str) -> None:
    """As the browser wishes at first."""
    answer = client.get(f"/q/{code_of(tour, 3)}", headers={"Accept-Language": wish} if wish else {})
    assert answer["Location"] == f"{prefix}{tour.url}3/"
    assert "no-cache" in answer["Cache-Control"] or "max-age=0" in answer["Cache-Control"]


def test_the_language_is_remembered_for_the_next_code(client: Client, tour: Tour) -> None:
    """Who switched at stop 3 reads stop 1 in the same language."""
    address = tour.url
    read(client, f"/en{address}3/")
    answer = client.get(f"/q/{code_of(tour, 1)}", headers={"Accept-Language": "zh-CN"})
    assert answer["Location"] == f"/en{address}1/"
    read(client, f"{address}1/")
    assert client.get(f"/q/{code_of(tour, 2)}", headers={"Accept-Language": "en"})["Location"] == f"{address}2/"


def test_what_is_kept_for_flight_mode_is_no_choice_of_language(client: Client, tour: Tour) -> None:
    """The worker fetches a page beside the reader, who may be on another by then."""
    read(client, f"{tour.url}1/")
    client.get(f"/en{tour.url}3/", headers={"X-Zhihui-Keep": "1"})
    assert client.get(f"/q/{code_of(tour, 2)}", headers={"Accept-Language": "en"})["Location"] == f"{tour.url}2/"


def test_a_code_is_read_kindly(client: Client, tour: Tour) -> None:
    """In small letters, with a gap, typed into the form."""
    code = code_of(tour, 2)
    for typed in (code.lower(), f"{code[:3]} {code[3:]}", f" {code[:2]}-{code[2:]} "):
        assert client.get("/q/", {"code": typed})["Location"] == f"{tour.url}2/"
    assert client.get("/q/").status_code == 200


@pytest.mark.parametrize("typed", ["ABCDEF", "AB", "汉字", "%00", "A" * 500, "../admin/", "<script>"])
def test_a_code_that_does_not_exist_is_answered_in_words(client: Client, tour: Tour, typed: str) -> None:
    """With the way to search instead."""
    answer = client.get("/q/", {"code": typed})
    assert answer.status_code == 404
    assert "没有这个短码" in answer.content.decode()
    assert "<script>" not in answer.content.decode().split("<main")[1].split("</main")[0]


def test_a_code_follows_its_stop_and_can_be_pointed_elsewhere(client: Client, tour: Tour) -> None:
    """Another place in the order; a tour taken back; a librarian's choice; a stop that is gone."""
    code, other = code_of(tour, 1), Holding.objects.get(title="电视机")
    tour.stops.filter(sign__code=code).update(sort_order=9)
    assert client.get(f"/q/{code}")["Location"] == f"{tour.url}3/"
    tour.unpublish()
    assert client.get(f"/q/{code}")["Location"] == Holding.objects.get(title="行李箱").get_url()
    Code.objects.filter(code=code).update(holding=other)
    assert client.get(f"/q/{code}")["Location"] == other.get_url()
    other.specific.unpublish()
    assert client.get(f"/q/{code}")["Location"] == Holding.objects.get(title="行李箱").get_url()
    Stop.objects.filter(sign__code=code).delete()
    answer = client.get(f"/q/{code}")
    assert (answer.status_code, "这里已经撤下" in answer.content.decode()) == (404, True)


def test_a_guide_previews_what_is_in_the_form(tour: Tour, exhibit: Callable, write: Callable) -> None:
    """Stops and versions as they are being edited, before they are saved."""
    edited = Tour.objects.get(pk=tour.pk)
    edited.stops = [Stop(tour=edited, holding=exhibit("新添的一件"), sort_order=0)]
    shown = edited.make_preview_request().content.decode()
    assert "新添的一件" in shown
    assert "行李箱" not in shown
    story = Story.objects.get(pk=write("故事").pk)
    story.versions = [StoryVersion(story=story, text="改了一半的讲法")]
    assert "改了一半的讲法" in story.make_preview_request().content.decode()
