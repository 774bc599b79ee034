"""Undoing what was done at once: what the change left comes back, what somebody did since stays and is listed."""

import random
from collections.abc import Callable
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from authorities.models import Place
from chronicle.models import Chapter, Entry, Work
from cms.desk import undoing
from cms.desk.changes import LONGEST_TITLE
from cms.importing import import_files
from cms.journal.recording import Recorder
from cms.journal.snapshots import snapshot
from cms.models import Action, Alteration, Change, Holding, Name, Relation, Theme
from cms.models.kinds import kinds
from cms.setup.bootstrap import put_up_shelves
from search.models import Outbox
from stations.models import Copy, Station
from tests.desk.holdings import put
from tests.desk.killing import Killed, killed_at

pytestmark = pytest.mark.django_db
Bring = Callable[..., Change]


@pytest.fixture
def bring(tmp_path: Path) -> Bring:
    """Return a function that imports a table of a kind from headings and rows, and returns the change."""

    def make(model: type, headings: str, *rows: str, user: User | None = None) -> Change:
        path = tmp_path / f"{Change.objects.count()}.csv"
        path.write_text("\n".join([headings, *rows]), "utf-8")
        import_files([(model, path)], user)
        return Change.objects.first()

    return make


def undo(client: Client, change: Change) -> str:
    """Press the button, and return the page that comes."""
    return client.post(reverse("change_undo", args=[change.pk]), follow=True).content.decode()


@pytest.mark.once_on_each_database
def test_an_update_of_any_kind_comes_back_whole(
    of_every_kind: Holding, bring: Bring, sit: Callable[..., Client]
) -> None:
    """Fields, names, sources, relations and themes; and a second undo does nothing."""
    thing, tower = type(of_every_kind).objects.get(pk=of_every_kind.pk), put(Place, "另一座塔")
    theme = Theme.objects.create(slug="silk", title="丝绸")
    thing.names.add(Name(text="旧名"))
    thing.themes.add(theme)
    thing.save()
    before = snapshot(thing)
    needed = [c for c in type(thing).kind_columns if c.required]
    change = bring(
        type(thing),
        ",".join(["编号,题名,英文题名,提要,又名,出处,关联,主题", *(c.heading for c in needed)]),
        ",".join(
            [
                f"{thing.uid},新题名,New title,新提要,新名,某志 | | 3,提及 | {tower.uid},",
                *(getattr(thing, c.field) for c in needed),
            ]
        ),
    )
    assert change.alterations.get().way == "changed"
    assert snapshot(thing) != before
    editor = sit("admin", "")
    Outbox.objects.all().delete()
    html = undo(editor, change)
    assert "已还原 1 条" in html
    assert "新题名" in html
    assert "旧名" in html
    again = snapshot(type(thing).objects.get(pk=thing.pk))
    assert {name: value for name, value in again.items() if name != "names"} == {
        name: value for name, value in before.items() if name != "names"
    }
    assert [name.text for name in type(thing).objects.get(pk=thing.pk).names.all()] == ["旧名"]
    assert thing.pk in Outbox.objects.values_list("holding", flat=True)
    revision = Holding.objects.get(pk=thing.pk).latest_revision
    assert (revision.content["title"], revision.user.username) == (thing.title, "admin")
    assert "再撤也不会多动" in undo(editor, change)
    assert Change.objects.filter(action="undo").count() == 1


@pytest.mark.each_database
def test_what_somebody_changed_since_stays_and_is_listed(bring: Bring, sit: Callable[..., Client]) -> None:
    """Field by field; of what is ticked that comes back too."""
    places = [put(Place, f"地方{n}", summary="旧") for n in range(4)]
    change = bring(Place, "编号,题名,提要,英文题名", *(f"{one.uid},{one.title},新,New" for one in places))
    place = Place.objects.get(pk=places[2].pk)
    place.summary = "人后来写的"
    place.save_revision().publish()
    editor = sit("chen")
    html = undo(editor, change)
    assert ("已还原 3 条" in html, "有 1 条没有全还原" in html) == (True, True)
    assert "提要：后来有人改过" in html
    assert list(Place.objects.order_by("pk").values_list("summary", "title_en")) == [
        ("旧", ""), ("旧", ""), ("人后来写的", ""), ("旧", ""),
    ]  # fmt: skip
    only = editor.get(reverse("change", args=[change.pk]), {"only": "kept"}).content.decode()
    assert ("地方2" in only, "地方1" in only) == (True, False)
    row = change.alterations.get(outcome="kept")
    editor.post(reverse("change_insist", args=[change.pk]), {"row": [row.pk]})
    assert Place.objects.get(pk=place.pk).summary == "旧"
    assert not change.alterations.filter(outcome="kept").exists()


def test_another_text_written_since_is_in_nobodys_way(bring: Bring, sit: Callable[..., Client]) -> None:
    """The states of translation are kept by field: of each text its own comes back."""
    place = put(Place, "龙华塔", summary="旧", summary_en="Old", credit="某馆", credit_en="A library")
    before = Place.objects.get().translations["summary"]
    change = bring(Place, "编号,题名,提要,英文提要", f"{place.uid},龙华塔,新,New")
    place = Place.objects.get()
    place.credit = "另一馆"
    place.save_revision().publish()
    # Without the menu, which names the page of translations.
    told = undo(sit("chen"), change).rpartition("<main")[2]
    assert ("已还原 1 条" in told, "没有全还原" in told, "translations" in told) == (True, False, False)
    place = Place.objects.get()
    assert (place.summary, place.summary_en, place.credit) == ("旧", "Old", "另一馆")
    assert place.translations["summary"] == before


@pytest.mark.each_database
def test_what_was_made_goes_to_the_bin_unless_it_is_used_or_worked_on(bring: Bring, sit: Callable[..., Client]) -> None:
    """Two that refer to each other go; one that a published record needs, and one that was edited, stay."""
    change = bring(
        Place,
        "编号,题名,地方类型,关联",
        "XH-PL-000901,甲,聚落,提及 | XH-PL-000902",
        "XH-PL-000902,乙,聚落,提及 | XH-PL-000901",
        "XH-PL-000903,丙,聚落,",
        "XH-PL-000904,丁,聚落,",
    )
    tower = put(Place, "龙华塔")
    Relation.objects.create(holding=tower, role="mentions", target=Holding.objects.get(uid="XH-PL-000903"))
    edited = Place.objects.get(uid="XH-PL-000904")
    edited.summary = "有人写了提要"
    edited.save_revision().publish()
    editor = sit("chen")
    html = undo(editor, change)
    assert ("已还原 2 条" in html, "《龙华塔》用着它" in html, "后来有人改过" in html) == (True, True, True)
    assert set(Place.objects.values_list("title", flat=True)) == {"丙", "丁", "龙华塔"}

    # The undoing can be undone: they come back under their numbers.
    undo(editor, Change.objects.get(undoes=change))
    assert Place.objects.filter(uid__in=["XH-PL-000901", "XH-PL-000902"]).count() == 2
    assert Relation.objects.filter(holding__uid="XH-PL-000901", target__uid="XH-PL-000902").exists()


def test_an_undoing_of_an_update_can_be_undone(bring: Bring, sit: Callable[..., Client]) -> None:
    """It is a change like any other."""
    place, editor = put(Place, "龙华塔", summary="旧"), sit("chen")
    change = bring(Place, "编号,题名,提要", f"{place.uid},龙华塔,新")
    undo(editor, change)
    undo(editor, Change.objects.get(undoes=change))
    assert Place.objects.get().summary == "新"


def test_a_branch_that_came_in_goes_from_below_unless_somebody_put_something_there(
    bring: Bring, sit: Callable[..., Client]
) -> None:
    """A book with its chapters; another's entry below one keeps the chapter and the book."""
    work = put(Work, "某志")
    change = bring(Chapter, "编号,上级,题名,次序", f"XH-CH-000901,{work.uid},卷一,1", f"XH-CH-000902,{work.uid},卷二,2")
    put(Entry, "塔影", Chapter.objects.get(uid="XH-CH-000902"))
    html = undo(sit("chen"), change)
    assert "下面还有别的记录" in html
    assert list(Chapter.objects.values_list("title", flat=True)) == ["卷二"]


@pytest.mark.each_database
def test_a_draft_keeps_its_own_and_loses_the_tables(bring: Bring, sit: Callable[..., Client]) -> None:
    """The table went into the draft too; nothing of the draft is published."""
    place = put(Place, "龙华塔", summary="旧")
    place.summary_en = "A draft's own"
    place.save_revision()
    change = bring(Place, "编号,题名,提要", f"{place.uid},龙华塔,新")
    undo(sit("chen"), change)
    place = Place.objects.get()
    draft = place.latest_revision.as_object()
    assert (place.summary, place.summary_en) == ("旧", "")
    assert (draft.summary, draft.summary_en) == ("旧", "A draft's own")
    assert place.has_unpublished_changes


def test_what_only_a_draft_holds_comes_back_in_the_draft(
    sit: Callable[..., Client], person: Callable[..., User]
) -> None:
    """Readers never saw it; once it was published, what they see comes back too."""
    editor = sit("chen")
    for published in (False, True):
        place, change = put(Place, "龙华塔", summary="旧"), Change.objects.create(action="import", title="表")
        recorder = Recorder()
        recorder.watch(Place, [place.pk])
        place.summary = "新"
        revision = place.save_revision()
        recorder.write(change)
        assert change.alterations.get().way == "drafted"
        if published:
            revision.publish()
        assert "已还原 1 条" in undo(editor, change)
        place = Place.objects.get(pk=place.pk)
        assert (place.summary, place.get_latest_revision_as_object().summary) == ("旧", "旧")


@pytest.mark.each_database
def test_parts_come_back_to_whom_they_belonged(bring: Bring, sit: Callable[..., Client]) -> None:
    """A copy that a table moved to another corner, and one that it added."""
    book = put(next(kind for kind in kinds() if kind._meta.model_name == "book"), "叶子的路")
    here, away = put(Station, "甲角"), put(Station, "乙角")
    copy = Copy.objects.create(station=here, work=book, barcode="1")
    change = bring(Copy, "所属编号,书目编号,条码", f"{away.uid},{book.uid},1", f"{away.uid},{book.uid},2")
    assert list(Copy.objects.order_by("barcode").values_list("station", flat=True)) == [away.pk, away.pk]
    undo(sit("chen"), change)
    assert list(Copy.objects.values_list("pk", "station", "barcode")) == [(copy.pk, here.pk, "1")]


def test_rows_that_belong_to_none_come_back(bring: Bring, sit: Callable[..., Client]) -> None:
    """Themes: one renamed, one made."""
    Theme.objects.create(slug="silk", title="丝绸")
    change = bring(Theme, "标识,主题", "silk,丝织", "tea,茶")
    undo(sit("admin", ""), change)
    assert list(Theme.objects.values_list("slug", "title")) == [("silk", "丝绸")]


@pytest.mark.each_database
def test_who_moved_elsewhere_moves_back(bring: Bring, sit: Callable[..., Client]) -> None:
    """The place in the tree is a field like others."""
    first, second = put(Work, "甲志"), put(Work, "乙志")
    chapter = put(Chapter, "卷一", first)
    change = bring(Chapter, "编号,题名,上级", f"{chapter.uid},卷一,{second.uid}")
    assert Chapter.objects.get().get_parent().pk == second.pk
    undo(sit("chen"), change)
    assert Chapter.objects.get().get_parent().pk == first.pk
    assert Holding.find_problems() == ([], [], [], [], [])


def test_what_is_locked_or_refused_by_a_check_is_told(
    bring: Bring, sit: Callable[..., Client], person: Callable[..., User]
) -> None:
    """Nothing of it is half put back, and the rest is."""
    places = [put(Place, f"地方{n}", summary="旧") for n in range(3)]
    change = bring(Place, "编号,提要,题名", *(f"{one.uid},新,新{n}" for n, one in enumerate(places)))
    Place.objects.filter(pk=places[0].pk).update(locked=True, locked_by=person("zhang"))
    # What was there before no longer passes the checks of today.
    Alteration.objects.filter(key=places[1].pk).update(before={"summary": "旧", "title": ""})
    html = undo(sit("chen"), change)
    assert ("现在不能改" in html, "已还原 1 条" in html) == (True, True)
    assert list(Place.objects.order_by("pk").values_list("summary", flat=True)) == ["新", "新", "旧"]


def test_whose_target_is_gone_comes_back_without_it(bring: Bring, sit: Callable[..., Client]) -> None:
    """And it is said that not all came back."""
    place, target = put(Place, "龙华塔"), put(Place, "某寺")
    place.relations.add(Relation(role="mentions", target=target))
    place.save()
    change = bring(Place, "编号,题名,关联,提要", f"{place.uid},龙华塔,,新")
    target.delete()
    html = undo(sit("chen"), change)
    assert "没有恢复" in html
    assert Place.objects.get().summary == ""


def test_a_kind_that_was_taken_from_the_shelf_since_is_no_error(bring: Bring, sit: Callable[..., Client]) -> None:
    """What it had is told as far as it can be, and its undoing says that it is gone."""
    place = put(Place, "龙华塔", summary="旧")
    change = bring(Place, "编号,题名,提要", f"{place.uid},龙华塔,新")
    change.alterations.update(label="gone.thing")
    editor = sit("chen")
    assert editor.get(reverse("change", args=[change.pk])).status_code == 200
    assert "已不在馆里" in undo(editor, change)


@pytest.mark.each_database
def test_a_theme_is_not_taken_for_the_page_of_its_number(bring: Bring, sit: Callable[..., Client]) -> None:
    """Rows of different tables may have one key."""
    place = put(Place, "龙华塔")
    change = bring(Theme, "标识,主题", "silk,丝绸")
    change.alterations.update(key=str(place.pk))
    html = sit("chen").get(reverse("change", args=[change.pk])).content.decode()
    assert reverse("wagtailadmin_pages:edit", args=[place.pk]) not in html


def test_a_page_is_looked_at_though_a_theme_has_its_key() -> None:
    """What one change does to themes and to pages stands side by side."""
    recorder, change = Recorder(), Change.objects.create(action="import", title="表")
    put_up_shelves()
    place = put(Place, "龙华塔", summary="旧")
    recorder.note_made(Theme.objects.create(pk=place.pk, slug="silk", title="丝绸"))
    recorder.watch_pages([place.pk])
    place.summary = "新"
    place.save()
    recorder.write(change)
    assert sorted(change.alterations.values_list("label", "way")) == [
        ("authorities.place", "changed"), ("cms.theme", "made"),
    ]  # fmt: skip


@pytest.mark.once_on_each_database
@pytest.mark.parametrize("seed", range(10))
def test_killed_anywhere_it_is_gone_on_with(bring: Bring, person: Callable[..., User], seed: int) -> None:
    """At five random statements each: no record is half put back, and the end is the same."""
    places = [put(Place, f"地方{n}", summary="旧", title_en="Old") for n in range(3)]
    change = bring(
        Place,
        "编号,题名,英文题名,提要,地方类型",
        *(f"{one.uid},新{n},New,新,聚落" for n, one in enumerate(places)),
        "XH-PL-000901,造的,Made,新,聚落",
    )
    work = Change.objects.create(action="undo", title=change.title, undoes=change, made_by=person("chen"))
    chance = random.Random(seed)
    for _time in range(5):
        try:
            with killed_at(chance.randrange(1, 250)):
                undoing.proceed(work)
        except Killed:
            pass
        assert {(one.summary, one.title_en) for one in Place.objects.exclude(title_en="Made")} <= {
            ("旧", "Old"),
            ("新", "New"),
        }
    undoing.proceed(work)
    assert list(Place.objects.order_by("pk").values_list("title", "title_en", "summary")) == [
        (f"地方{n}", "Old", "旧") for n in range(3)
    ]
    assert set(change.alterations.values_list("outcome", flat=True)) == {"undone"}
    assert work.alterations.filter(way="removed").count() == 1


@pytest.mark.each_database
def test_the_list_is_filtered(bring: Bring, sit: Callable[..., Client], person: Callable[..., User]) -> None:
    """By what was done, by whom, by a record; a value that is none asks for nothing."""
    place = put(Place, "龙华塔")
    wang = person("wang2")
    bring(Place, "编号,题名,提要", f"{place.uid},龙华塔,新", user=wang)
    editor, other = sit("chen"), put(Place, "别的")
    editor.post(reverse("wagtailadmin_pages:delete", args=[other.pk]))

    def listed(**query: object) -> int:
        return editor.get(reverse("changes"), query).content.decode().count('data-label="时间"')

    assert (listed(), listed(action="delete"), listed(action="import"), listed(who=wang.pk)) == (2, 1, 1, 1)
    assert (listed(record=place.uid.lower()), listed(record="别的"), listed(record="无此")) == (1, 1, 0)
    assert (listed(who="x"), listed(action="\x00"), listed(p="9")) == (2, 2, 2)


def test_a_change_of_many_tables_has_a_short_heading(sit: Callable[..., Client]) -> None:
    """Twenty files in a heading fill a phone; they stand below it, whole."""
    files = "、".join(f"table-{n}.csv" for n in range(20))
    change = Change.objects.create(action=Action.IMPORT, title=files)
    page = BeautifulSoup(sit("chen").get(reverse("change", args=[change.pk])).content.decode(), "html.parser")
    assert len(" ".join(page.h1.get_text().split())) <= LONGEST_TITLE
    assert page.select_one(".journal-head p").get_text() == files
