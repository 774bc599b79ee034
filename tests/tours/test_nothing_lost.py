"""Nothing that a guide wrote is lost: by fitting, by taking stops out, in the admin, by a copy, by two who change at once."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from tours.guiding.bench import changes, retelling, stops
from tours.models import Code, Script, Stop, Tour

VERSIONS = tuple((n, "general", "zh-hans") for n in (30, 180, 600))


@pytest.fixture
def bench(client: Client, guide: User) -> Client:
    """A browser in which the guide is logged in."""
    client.force_login(guide)
    return client


@pytest.fixture
def written(exhibit: Callable, write: Callable, draw_up: Callable[..., Tour], guide: User) -> Tour:
    """A tour of six stops, each with a script."""
    things = [exhibit(name) for name in "一二三四五六"]
    tour = draw_up(*[(thing, write(f"{thing.title}事", thing, versions=VERSIONS)) for thing in things])
    for stop in Stop.objects.filter(tour=tour):
        Script.objects.create(stop=stop, owner=guide, text=f"讲稿{stop.holding.title}")
    return tour


def send(bench: Client, name: str, tour: Tour, at: int = 0, /, **fields: object) -> str:
    """Send one of the small forms and return the page that it leads to."""
    return bench.post(reverse(name, args=[tour.pk, at] if at else [tour.pk]), fields, follow=True).content.decode()


def standing(tour: Tour) -> list[tuple]:
    """Return what stands in the tour: thing, walk, code and script of each stop, in order."""
    rows = Stop.objects.filter(tour=tour).order_by("sort_order")
    return [(one.holding.title, one.walking, one.sign.code, one.scripts.get().text) for one in rows]


def fit(bench: Client, tour: Tour, minutes: int) -> str:
    """Take the proposal for some minutes, by its own form."""
    page = bench.get(reverse("guide_fit", args=[tour.pk]), {"minutes": minutes})
    return send(bench, "guide_fit", tour, proposal=page.context["signed"])


@pytest.mark.each_database
def test_what_fitting_leaves_out_can_all_be_put_back(bench: Client, written: Tour) -> None:
    """In its place, with its script, its printed code and its own walk; the page names each."""
    before = standing(written)
    page = fit(bench, written, 10)
    left = len(standing(written))
    assert 0 < left < 6
    assert Script.objects.count() == 6, "no script is deleted"
    assert f"有 {6 - left} 站不去了" in page
    assert page.count("有讲稿</small>") == 6 - left
    send(bench, "guide_restore", written, stop="all")
    assert standing(written) == before
    assert Code.objects.count() == 6


def test_one_by_one_in_any_order(bench: Client, written: Tour) -> None:
    """Two taken out, the first put back first; a walk that was added to the next stop's is taken off again."""
    last = Stop.objects.filter(tour=written).order_by("sort_order").last()
    Stop.objects.filter(pk=last.pk).update(locked=True)
    before = standing(written)
    fit(bench, written, 10)
    for stop in Stop.objects.filter(removed_from=written).order_by("pk"):
        send(bench, "guide_restore", written, stop=stop.pk)
    assert standing(written) == before


def test_a_walk_that_the_guide_wrote_since_stays(bench: Client, written: Tour) -> None:
    """The figure after fitting was changed by hand: nothing is taken off it."""
    last = Stop.objects.filter(tour=written).order_by("sort_order").last()
    Stop.objects.filter(pk=last.pk).update(locked=True)
    fit(bench, written, 10)
    gone = Stop.objects.filter(removed_from=written, walked_on_to__isnull=False).first()
    following = gone.walked_on_to
    fields = {"story": following.story_id, "length": following.length, "minutes": following.minutes, "walking": "7"}
    send(bench, "guide_stop", written, following.pk, **fields)
    send(bench, "guide_restore", written, stop=gone.pk)
    following.refresh_from_db()
    assert following.walking == Decimal(7)


@pytest.mark.each_database
def test_of_two_taken_out_both_come_back(bench: Client, written: Tour) -> None:
    """Also after a logout: they are the tour's, not the session's."""
    before = standing(written)
    first, second, *_rest = Stop.objects.filter(tour=written).order_by("sort_order").values_list("pk", flat=True)
    send(bench, "guide_remove", written, first)
    send(bench, "guide_remove", written, second)
    bench.logout()
    bench.force_login(written.owner)
    page = bench.get(reverse("guide_tour", args=[written.pk])).content.decode()
    assert "移去的 2 站" in page
    send(bench, "guide_restore", written, stop="all")
    assert standing(written) == before


def test_what_the_admin_takes_out_can_be_put_back_too(bench: Client, written: Tour) -> None:
    """An editor's form without a stop, or an older revision that is published again, deletes no script."""
    edited = Tour.objects.get(pk=written.pk)
    edited.stops = list(edited.stops.all())[:2]
    edited.save_revision(clean=False).publish()
    assert written.stops.count() == 2
    assert Script.objects.count() == 6
    send(bench, "guide_restore", written, stop="all")
    assert len(standing(written)) == 6


def test_a_printed_code_of_a_stop_that_is_out(bench: Client, written: Tour) -> None:
    """It leads to what stood there, not to an error; and to its page once it is back."""
    stop = Stop.objects.filter(tour=written).order_by("sort_order").first()
    written.save_revision(clean=False).publish()
    send(bench, "guide_remove", written, stop.pk)
    assert bench.get(f"/q/{stop.sign.code}")["Location"] == stop.holding.get_url()
    send(bench, "guide_restore", written, stop=stop.pk)
    assert bench.get(f"/q/{stop.sign.code}")["Location"].endswith("/1/")


def test_with_the_tour_all_of_it_goes(bench: Client, written: Tour) -> None:
    """Stops that are out, and the scripts at them, belong to the tour."""
    send(bench, "guide_remove", written, Stop.objects.filter(tour=written).first().pk)
    send(bench, "guide_discard", written)
    assert (Stop.objects.count(), Script.objects.count()) == (0, 0)


def test_what_was_hidden_meanwhile_is_not_named(bench: Client, written: Tour) -> None:
    """Nor is a stop whose thing was deleted an error when it is put back."""
    stop = Stop.objects.filter(tour=written).order_by("sort_order").first()
    stop.story.unpublish()
    send(bench, "guide_remove", written, stop.pk)
    stop.holding.specific.delete()
    page = bench.get(reverse("guide_tour", args=[written.pk]))
    assert page.context["removed"][0]["thing"] is None
    send(bench, "guide_restore", written, stop=stop.pk)
    assert written.stops.count() == 6


def test_a_copy_of_ones_own_has_ones_own_scripts(bench: Client, written: Tour, colleague: User) -> None:
    """And thanks nobody for it; somebody else's script at one's own stop, and a copy by somebody else, carry none."""
    stop = Stop.objects.filter(tour=written).first()
    Script.objects.create(stop=stop, owner=colleague, text="别人的")
    send(bench, "guide_copy", written)
    made = Tour.objects.get(based_on=written)
    assert (made.thanks, made.thanks_en) == ("", "")
    copied = Script.objects.filter(stop__tour=made)
    assert sorted(copied.values_list("text", flat=True)) == sorted(f"讲稿{name}" for name in "一二三四五六")
    link = bench.post(reverse("guide_hand", args=[written.pk])).context["link"].removeprefix("http://testserver")
    bench.force_login(colleague)
    bench.post(link)
    theirs = Tour.objects.get(owner=colleague)
    assert theirs.thanks == "《第一条》，guide"
    assert not Script.objects.filter(stop__tour=theirs).exists()


@pytest.fixture
def meanwhile(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Return a function that has something happen after a view has read and before it has its lock."""

    def happen(module: object, what: Callable[[], object]) -> None:
        changing = changes.changing

        def late(tour: Tour, user: User) -> object:
            what()
            return changing(tour, user)

        monkeypatch.setattr(module, "changing", late)

    return happen


@pytest.mark.each_database
def test_settings_write_back_nothing_else(bench: Client, written: Tour, meanwhile: Callable) -> None:
    """A tour that was opened while the form was on its way stays open, with its summary."""
    opened = {"live": True, "summary": "刚写的提要"}
    meanwhile(retelling, lambda: Tour.objects.filter(pk=written.pk).update(**opened))
    send(bench, "guide_settle", written, title="新题名", audience="general", language="zh-hans", minutes="30")
    now = Tour.objects.get(pk=written.pk)
    assert (now.title, now.live, now.summary) == ("新题名", True, "刚写的提要")


@pytest.mark.each_database
def test_a_stops_form_writes_back_nothing_else(bench: Client, written: Tour, meanwhile: Callable) -> None:
    """A stop that was locked, moved or filled meanwhile stays so."""
    stop = Stop.objects.filter(tour=written).order_by("sort_order").first()
    meanwhile(stops, lambda: Stop.objects.filter(pk=stop.pk).update(locked=True, sort_order=9))
    send(
        bench, "guide_stop", written, stop.pk, story=stop.story_id, length=stop.length, minutes="4", walking="2"
    )  # fmt: skip
    stop.refresh_from_db()
    assert (stop.minutes, stop.locked, stop.sort_order) == (Decimal(4), True, 9)


@pytest.mark.each_database
def test_a_lock_writes_back_nothing_else(bench: Client, written: Tour, meanwhile: Callable) -> None:
    """Minutes that were changed meanwhile stay."""
    stop = Stop.objects.filter(tour=written).first()
    meanwhile(stops, lambda: Stop.objects.filter(pk=stop.pk).update(minutes=9))
    send(bench, "guide_lock", written, stop.pk, locked="yes")
    stop.refresh_from_db()
    assert (stop.locked, stop.minutes) == (True, Decimal(9))


def test_small_acts_of_one_sitting_are_one_revision(bench: Client, written: Tour) -> None:
    """Ten changes, one revision, which says what the rows say."""
    stop = Stop.objects.filter(tour=written).first()
    for turn in range(10):
        send(bench, "guide_lock", written, stop.pk, locked="yes" if turn % 2 else "no")
    assert written.revisions.count() == 1
    latest = Tour.objects.get(pk=written.pk).get_latest_revision_as_object()
    assert next(one for one in latest.stops.all() if one.pk == stop.pk).locked is True
