"""The bench as its forms are sent: what they change, what they refuse, and whose tours they touch."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cms.indexing.source import Source
from tours.guiding.bench.sharing import copy_of
from tours.models import Code, Script, Stop, Story, Tour

VERSIONS = tuple((n, "general", "zh-hans") for n in (30, 180, 600))


@pytest.fixture
def bench(client: Client, guide: User) -> Client:
    """A browser in which the guide is logged in."""
    client.force_login(guide)
    return client


def address(name: str, tour: Tour, stop: Stop | None = None) -> str:
    """Return an address of the bench."""
    return reverse(name, args=[tour.pk, stop.pk] if stop else [tour.pk])


def send(bench: Client, name: str, tour: Tour, stop: Stop | None = None, **fields: object) -> HttpResponse:
    """Send one of the small forms."""
    return bench.post(address(name, tour, stop), fields)


def order_of(tour: Tour) -> list[int]:
    """Return the stops by their ids, in order."""
    return list(Stop.objects.filter(tour=tour).order_by("sort_order").values_list("pk", flat=True))


def told(stop: Stop, **changed: object) -> dict:
    """Return the form of a stop as the page has it, with something changed."""
    fields = {name: getattr(stop, name) for name in ("length", "minutes", "walking", "way", "way_en")}
    return {**fields, "story": stop.story_id or "", **changed}


def test_a_tour_is_begun_as_a_private_one(bench: Client, guide: User) -> None:
    """It is the guide's, nobody else's, and has its number."""
    answer = bench.post(
        reverse("guide"), {"title": "行李箱之路", "audience": "general", "language": "en", "minutes": 45}
    )
    tour = Tour.objects.get()
    assert answer["Location"] == address("guide_tour", tour)
    assert (tour.owner, tour.live, tour.language) == (guide, False, "en")
    assert tour.uid.startswith("XH-TR-")


@pytest.mark.parametrize("minutes", ["-1", "0", "10000", "abc", "", "4.5"])
def test_an_impossible_slot_is_refused_in_words(bench: Client, minutes: str) -> None:
    """What was typed comes back, and nothing is made."""
    answer = bench.post(reverse("guide"), {"title": "题", "audience": "general", "language": "en", "minutes": minutes})
    assert answer.status_code == 422
    assert "没有保存" in answer.content.decode()
    assert not Tour.objects.exists()


def test_a_story_is_added_with_what_it_tells_of(
    bench: Client, exhibit: Callable, write: Callable, draw_up: Callable[..., Tour]
) -> None:
    """The exhibit comes along, in the length nearest to three minutes."""
    case, tour = exhibit("行李箱"), draw_up()
    story = write("箱子", case, versions=((30, "general", "zh-hans"), (600, "general", "zh-hans")))
    send(bench, "guide_add", tour, story=story.pk)
    stop = Stop.objects.get()
    assert (stop.holding_id, stop.story_id, stop.length, stop.minutes) == (case.pk, story.pk, 30, Decimal("0.5"))


def test_what_is_gone_or_hidden_is_not_added(bench: Client, exhibit: Callable, draw_up: Callable[..., Tour]) -> None:
    """A clear word, and no stop."""
    case, tour = exhibit("行李箱"), draw_up()
    case.unpublish()
    for sent in (str(case.pk), "0", "x", "9" * 40, ""):
        answer = bench.post(address("guide_add", tour), {"holding": sent}, follow=True)
        assert "没有加入" in answer.content.decode()
    assert not Stop.objects.exists()


def test_no_more_than_two_hundred_stops(bench: Client, exhibit: Callable, draw_up: Callable[..., Tour]) -> None:
    """The next one is refused in words."""
    case = exhibit("行李箱")
    tour = draw_up(*[(case, None)] * 200)
    answer = bench.post(address("guide_add", tour), {"holding": case.pk}, follow=True)
    assert "最多 200 站" in answer.content.decode()
    assert tour.stops.count() == 200


def test_stops_move_and_are_put_in_any_order(bench: Client, exhibit: Callable, draw_up: Callable[..., Tour]) -> None:
    """By one, or all at once as dragging does; nonsense in the order loses none."""
    tour = draw_up(*[(exhibit(name), None) for name in "一二三"])
    one, two, three = order_of(tour)
    send(bench, "guide_move", tour, Stop.objects.get(pk=three), to=2)
    assert order_of(tour) == [one, three, two]
    for nowhere in ("0", "4", "up", "", "9" * 40):
        send(bench, "guide_move", tour, Stop.objects.get(pk=one), to=nowhere)
        assert order_of(tour) == [one, three, two]
    send(bench, "guide_order", tour, order=f"{two},{one},{three}")
    assert order_of(tour) == [two, one, three]
    send(bench, "guide_order", tour, order=f"x,{three},-4,99999,{three}")
    assert order_of(tour) == [three, two, one]


def test_minutes_follow_the_version(
    bench: Client, exhibit: Callable, write: Callable, draw_up: Callable[..., Tour]
) -> None:
    """The time for looking stays; minutes typed together with the version are taken as typed."""
    case = exhibit("行李箱")
    tour = draw_up((case, write("箱子", case, versions=VERSIONS)))
    Stop.objects.update(minutes=Decimal(5))
    stop = Stop.objects.get()
    send(bench, "guide_stop", tour, stop, **told(stop, length=600))
    assert Stop.objects.get().minutes == Decimal(12)
    send(bench, "guide_stop", tour, stop, **told(Stop.objects.get(), length=30, minutes="4"))
    assert Stop.objects.get().minutes == Decimal(4)


@pytest.mark.parametrize("field", ["minutes", "walking"])
@pytest.mark.parametrize("typed", ["-1", "10000", "abc", "2.3", "", "NaN", "1e3", "1e2", "1_0", "0x10", "９９９９９"])
def test_impossible_minutes_come_back_with_a_word(
    bench: Client, exhibit: Callable, draw_up: Callable[..., Tour], field: str, typed: str
) -> None:
    """What was typed stands in the form again, and nothing is kept."""
    tour = draw_up((exhibit("行李箱"), None))
    before = Stop.objects.values().get()
    answer = send(bench, "guide_stop", tour, Stop.objects.get(), **told(Stop.objects.get(), **{field: typed}))
    assert answer.status_code == 422
    assert f'value="{typed}"' in answer.content.decode()
    assert "b-fault" in answer.content.decode()
    assert Stop.objects.values().get() == before


def test_a_script_too_long_is_given_back(bench: Client, exhibit: Callable, draw_up: Callable[..., Tour]) -> None:
    """One of a million characters: refused in words, with the text still in the field."""
    tour, text = draw_up((exhibit("行李箱"), None)), "讲" * 1_000_000
    answer = send(bench, "guide_script", tour, Stop.objects.get(), text=text)
    assert answer.status_code == 422
    assert "讲稿太长" in answer.content.decode()
    assert text in answer.content.decode()
    assert not Script.objects.exists()


def test_a_script_is_kept_changed_and_taken_away(
    bench: Client, exhibit: Callable, draw_up: Callable[..., Tour]
) -> None:
    """By its owner; an empty one is none."""
    tour = draw_up((exhibit("行李箱"), None))
    for text, kept in (("先停三秒", ["先停三秒"]), ("停五秒", ["停五秒"]), ("  ", [])):
        send(bench, "guide_script", tour, Stop.objects.get(), text=text)
        assert [script.text for script in Script.objects.all()] == kept


def test_a_script_is_nowhere_but_at_its_owners_bench(
    bench: Client, index: None, exhibit: Callable, draw_up: Callable[..., Tour], colleague: User
) -> None:
    """Not in revisions, not in a copy, not in the index, not on the public page, not in the admin."""
    tour, secret = draw_up((exhibit("行李箱"), None)), "绝密口诀"
    send(bench, "guide_script", tour, Stop.objects.get(), text=secret)
    send(bench, "guide_show", tour, show="yes")
    assert secret in bench.get(address("guide_tour", tour)).content.decode()
    tour.refresh_from_db()
    assert all(secret not in str(revision.content) for revision in tour.revisions.all())
    assert secret not in str(next(Source().documents([tour.pk])))
    assert not Script.objects.filter(stop__tour=copy_of(tour, colleague)).exists()
    librarian = User.objects.create_superuser("librarian")
    bench.force_login(librarian)
    for place in (tour.url, f"/admin/pages/{tour.pk}/edit/", f"/search/?q={secret}&exact=1"):
        assert secret not in bench.get(place).content.decode().replace(f'value="{secret}"', "").replace(
            f"“{secret}”", ""
        ).replace(f"检索：{secret}", ""), place


def test_the_proposal_is_taken_or_refused(
    bench: Client, exhibit: Callable, write: Callable, draw_up: Callable[..., Tour]
) -> None:
    """Shown first; taken by its button; a locked stop stays; walks to what is dropped are walked on."""
    things = [exhibit(name) for name in "一二三"]
    tour = draw_up(*[(thing, write(f"{thing.title}事", thing, versions=VERSIONS)) for thing in things])
    first, *_others = Stop.objects.order_by("sort_order")
    Stop.objects.filter(pk=first.pk).update(locked=True)
    page = bench.get(address("guide_fit", tour), {"minutes": 10})
    assert [step.after for step in page.context["steps"]] == ["3 分钟", "30 秒", "30 秒"]
    assert page.context["proposed"].minutes == Decimal(10)
    assert [stop.length for stop in Stop.objects.all()] == [180, 180, 180]
    send(bench, "guide_fit", tour, proposal=page.context["signed"])
    assert [stop.length for stop in Stop.objects.order_by("sort_order")] == [180, 30, 30]
    page = bench.get(address("guide_fit", tour), {"minutes": 6})
    assert [step.after for step in page.context["steps"]] == ["3 分钟", None, None]
    send(bench, "guide_fit", tour, proposal=page.context["signed"])
    assert order_of(tour) == [first.pk]


def test_an_old_proposal_is_not_taken(
    bench: Client, exhibit: Callable, write: Callable, draw_up: Callable[..., Tour]
) -> None:
    """The tour changed since; nothing is done, and that is said. Nor is a forged one."""
    case = exhibit("行李箱")
    tour = draw_up((case, write("箱子", case, versions=VERSIONS)), (case, None))
    signed = bench.get(address("guide_fit", tour), {"minutes": 6}).context["signed"]
    Stop.objects.filter(tour=tour).update(walking=Decimal(1))
    for proposal in (signed, "x", ""):
        answer = bench.post(address("guide_fit", tour), {"proposal": proposal}, follow=True)
        assert "再算一次" in answer.content.decode()
    assert tour.stops.count() == 2


def test_what_cannot_fit_is_said_with_its_minutes(
    bench: Client, exhibit: Callable, draw_up: Callable[..., Tour]
) -> None:
    """The locked stops alone take longer."""
    tour = draw_up((exhibit("行李箱"), None))
    Stop.objects.update(locked=True, minutes=Decimal(20))
    assert "只留锁定的站也要 22 分钟" in bench.get(address("guide_fit", tour), {"minutes": 5}).content.decode()
    for typed in ("-1", "10000", "abc", ""):
        assert bench.get(address("guide_fit", tour), {"minutes": typed}).status_code == 422


def test_another_listener_or_language_tells_what_is_missing(
    bench: Client, exhibit: Callable, write: Callable, draw_up: Callable[..., Tour]
) -> None:
    """Before anything is printed: the stop is named, and what stands in."""
    case = exhibit("行李箱")
    tour = draw_up((case, write("箱子", case, versions=VERSIONS)))
    fields = {"title": "第一条", "audience": "children", "language": "en", "minutes": 45}
    page = bench.post(address("guide_settle", tour), fields, follow=True).content.decode()
    assert "有 1 站缺这样的讲法" in page
    assert "改用“3 分钟 · 一般观众 · 中文”" in page


def test_a_stop_taken_out_comes_back_as_it_was(bench: Client, exhibit: Callable, draw_up: Callable[..., Tour]) -> None:
    """In its place, with its script and the code that is printed already."""
    tour = draw_up((exhibit("一"), None), (exhibit("二"), None))
    first = Stop.objects.order_by("sort_order").first()
    code = first.sign.code
    send(bench, "guide_script", tour, first, text="先停三秒")
    send(bench, "guide_remove", tour, first)
    assert tour.stops.count() == 1
    bench.post(address("guide_restore", tour), {"stop": first.pk})
    back = Stop.objects.filter(tour=tour).order_by("sort_order").first()
    assert (back.holding.title, back.sign.code, back.scripts.get().text) == ("一", code, "先停三秒")
    assert Code.objects.count() == 2
    bench.post(address("guide_restore", tour), {"stop": first.pk})
    assert tour.stops.count() == 2


def test_a_gap_is_filled_from_the_same_section(
    bench: Client, exhibit: Callable, write: Callable, draw_up: Callable[..., Tour]
) -> None:
    """One with a story first; minutes, lock and way stay."""
    case, bust, set_ = exhibit("行李箱"), exhibit("胸像"), exhibit("电视机")
    story = write("电视机旁", set_)
    tour = draw_up((case, None))
    Stop.objects.update(minutes=Decimal(7), locked=True, way="左转")
    case.delete()
    line = bench.get(address("guide_tour", tour)).context["lines"][0]
    assert [one.title for one in line.instead] == ["电视机", "胸像"]
    send(bench, "guide_fill", tour, Stop.objects.get(), holding=set_.pk)
    stop = Stop.objects.get()
    assert (stop.holding_id, stop.story_id, stop.minutes, stop.locked, stop.way) == (
        set_.pk, story.pk, Decimal(7), True, "左转",
    )  # fmt: skip
    assert bust.pk


def test_a_copy_has_credit_and_is_its_own(
    bench: Client, exhibit: Callable, draw_up: Callable[..., Tour], guide: User, colleague: User
) -> None:
    """New stops, new codes; the original stays as it is; thanks outlive it."""
    theirs = draw_up((exhibit("行李箱"), None), owner=colleague)
    assert bench.post(address("guide_copy", theirs)).status_code == 404
    theirs.save_revision().publish()
    send(bench, "guide_copy", theirs)
    mine = Tour.objects.get(owner=guide)
    assert (mine.live, mine.based_on, mine.thanks) == (False, theirs, "《第一条》，colleague")
    assert mine.thanks_en == "“The first”, colleague"
    assert mine.stops.get().sign.code != theirs.stops.get().sign.code
    Tour.objects.get(pk=theirs.pk).delete()
    mine.refresh_from_db()
    assert (mine.based_on, mine.thanks) == (None, "《第一条》，colleague")


def test_a_link_hands_a_private_tour_to_a_colleague(
    bench: Client, exhibit: Callable, draw_up: Callable[..., Tour], colleague: User
) -> None:
    """Who has the link may copy it; a forged or outdated one says so."""
    tour = draw_up((exhibit("行李箱"), None))
    link = send(bench, "guide_hand", tour).context["link"].removeprefix("http://testserver")
    bench.force_login(colleague)
    assert "第一条" in bench.get(link).content.decode()
    bench.post(link)
    assert Tour.objects.get(owner=colleague).stops.count() == 1
    assert bench.get(reverse("guide_handed", args=["forged"])).status_code == 404


def test_opening_and_taking_back(bench: Client, exhibit: Callable, draw_up: Callable[..., Tour]) -> None:
    """Visitors see it from the next request on, and no more; one without a stop is not opened."""
    empty, tour = draw_up(), draw_up((exhibit("行李箱"), None))
    send(bench, "guide_show", empty, show="yes")
    assert not Tour.objects.get(pk=empty.pk).live
    send(bench, "guide_show", tour, show="yes")
    assert Client().get(Tour.objects.get(pk=tour.pk).url).status_code == 200
    send(bench, "guide_show", tour, show="no")
    assert Client().get(Tour.objects.get(pk=tour.pk).url).status_code == 404


def test_the_admin_opens_what_the_bench_left(bench: Client, exhibit: Callable, draw_up: Callable[..., Tour]) -> None:
    """The revision has the rows as they are; publishing it loses no stop, code or script."""
    tour = draw_up((exhibit("一"), None), (exhibit("二"), None))
    ids = order_of(tour)
    send(bench, "guide_script", tour, Stop.objects.get(pk=ids[1]), text="先停三秒")
    send(bench, "guide_move", tour, Stop.objects.get(pk=ids[1]), to=1)
    latest = Tour.objects.get(pk=tour.pk).get_latest_revision_as_object()
    assert [stop.pk for stop in latest.stops.all()] == [ids[1], ids[0]]
    codes = set(Code.objects.values_list("code", "stop"))
    Tour.objects.get(pk=tour.pk).latest_revision.publish()
    assert order_of(tour) == [ids[1], ids[0]]
    assert set(Code.objects.values_list("code", "stop")) == codes
    assert Script.objects.get().stop_id == ids[1]


def test_as_many_queries_for_many_stops(
    bench: Client, exhibit: Callable, write: Callable, draw_up: Callable[..., Tour]
) -> None:
    """Two or twenty: the same."""
    pairs = [(thing := exhibit(f"{n}"), write(f"{n}事", thing)) for n in range(20)]
    counts = []
    for tour in (draw_up(*pairs[:2]), draw_up(*pairs)):
        bench.get(address("guide_tour", tour))
        with CaptureQueriesContext(connection) as seen:
            bench.get(address("guide_tour", tour))
        counts.append(len(seen))
    assert counts[0] == counts[1]


NAMES = {
    "guide_tour": "get", "guide_fit": "get", "guide_discard": "get", "guide_settle": "post", "guide_add": "post",
    "guide_order": "post", "guide_restore": "post", "guide_show": "post", "guide_hand": "post", "guide_copy": "post",
    "guide_stop": "post", "guide_move": "post", "guide_lock": "post", "guide_script": "post", "guide_fill": "post",
    "guide_remove": "post",
}  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_nobody_elses_tour_can_be_read_or_changed(
    client: Client, exhibit: Callable, draw_up: Callable[..., Tour], colleague: User, name: str
) -> None:
    """Another guide and a librarian without the right get 404, a stranger the login; nothing changes."""
    tour = draw_up((exhibit("行李箱"), None))
    stop = Stop.objects.get() if "stops" in reverse(name, args=[1, 1] if name in STOPS else [1]) else None
    before = (Tour.objects.values().get(pk=tour.pk), list(Stop.objects.values()), tour.revisions.count())
    call = getattr(client, NAMES[name])
    assert call(address(name, tour, stop))["Location"].startswith("/guide/login/")
    for user in (colleague, User.objects.create_user("reader")):
        client.force_login(user)
        for method in (client.get, client.post):
            assert method(address(name, tour, stop)).status_code in (404, 405)
    assert (Tour.objects.values().get(pk=tour.pk), list(Stop.objects.values()), tour.revisions.count()) == before
    assert Story.objects.count() == 0


STOPS = {"guide_stop", "guide_move", "guide_lock", "guide_script", "guide_fill", "guide_remove"}


def test_another_tours_stop_is_not_found(
    bench: Client, exhibit: Callable, draw_up: Callable[..., Tour], colleague: User
) -> None:
    """A stop of a colleague's tour under the number of one's own."""
    mine, theirs = draw_up((exhibit("一"), None)), draw_up((exhibit("二"), None), owner=colleague)
    for name in STOPS:
        assert send(bench, name, mine, Stop.objects.get(tour=theirs)).status_code == 404


def test_a_guide_is_added_by_a_command(db: None, client: Client, capsys: pytest.CaptureFixture) -> None:
    """With a password that opens the bench."""
    call_command("add_guide", "lin")
    password = capsys.readouterr().out.split()[-1]
    assert client.post(reverse("guide_login"), {"username": "lin", "password": password})["Location"] == "/guide/"
    assert client.get("/guide/")["Location"] == reverse("guide_account")
    assert client.get("/admin/").status_code == 302
