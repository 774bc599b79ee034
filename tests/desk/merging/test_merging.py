"""Two records become one by the form of the admin: what each said, what refers to them, their numbers; and apart again."""

import random
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Page

from authorities.models import Person, Place
from chronicle.models import Chapter, Entry, Work
from cms.desk.merging.merge import merge, version
from cms.desk.merging.taking_over import Choices
from cms.journal.snapshots import snapshot
from cms.models import Change, Citation, FormerNumber, Holding, Name, Relation, Removal, Theme
from exhibitions.models import Exhibition, ItineraryLeg
from picturebooks.models import Book
from search.models import Outbox, Promotion
from stations.models import Copy, Station
from tests.desk.forms import fields_of, form_of
from tests.desk.holdings import put
from tests.desk.killing import Killed, killed_at
from tours.models import Code, Question, Script, Stop, Tour

pytestmark = [pytest.mark.usefixtures("shelves"), pytest.mark.each_database]
FORM = 'form.fin[method="post"]'
CONFLICT = 409


def address(kept: Page, other: Page) -> str:
    """Return where two records are compared."""
    return reverse("merge_with", args=[kept.pk, other.pk])


def sent(desk: Client, kept: Page, other: Page, **changes: Any) -> dict[str, Any]:
    """Return what the form sends when nothing but the reason is written."""
    html = desk.get(address(kept, other)).content.decode()
    return fields_of(form_of(html, FORM)) | {"reason": "繁简两种写法"} | changes


def press(desk: Client, kept: Page, other: Page, **changes: Any) -> str:
    """Merge by the form, and return the page that comes."""
    answer = desk.post(address(kept, other), sent(desk, kept, other, **changes), follow=True)
    assert answer.redirect_chain, answer.content.decode()
    return answer.content.decode()


def now(page: Page) -> Any:
    """Return a record as the database has it."""
    return type(page)._base_manager.get(pk=page.pk)


def published(page: Holding) -> Any:
    """Give a record a version, as one that was made in the admin has."""
    page.save_revision().publish()
    return now(page)


def undo(desk: Client) -> str:
    """Undo the latest change."""
    return desk.post(reverse("change_undo", args=[Change.objects.first().pk]), follow=True).content.decode()


def test_of_every_kind_two_become_one_and_two_again(of_every_kind: Holding, sit: Callable[..., Client]) -> None:
    """The other's title is a name, its number and address lead on; undone, each is as it was, with what referred to it."""
    kept = of_every_kind
    other = put(type(kept), "龍華塔", kept.get_parent(), title_en="Longhua Pagoda", summary="浮屠")
    other.names.add(Name(text="报恩塔"))
    other.citations.add(Citation(text="某志", page="3"))
    other.save()
    about = put(Place, "龙华寺")
    about.relations.add(Relation(role="mentions", target=other, as_printed="塔"))
    about = published(about)
    desk, old = sit("chen"), other.get_url()
    before = [snapshot(now(one)) for one in (kept, other, about)]
    html = press(desk, kept, other)
    assert ("并好了" in html, "繁简两种写法" in html) == (True, True)

    merged = now(kept)
    assert (merged.title, merged.title_en, merged.summary) == ("龙华塔", "Longhua Pagoda", "浮屠")
    assert [(name.text, name.language) for name in merged.names.all()] == [("报恩塔", "zh-Hans"), ("龍華塔", "zh-Hant")]
    assert [one.text for one in merged.citations.all()] == ["某志"]
    assert not Holding.objects.filter(pk=other.pk).exists()
    relation = now(about).relations.get()
    assert (relation.target_id, relation.role, relation.as_printed) == (kept.pk, "mentions", "塔")
    assert now(about).latest_revision.content["relations"][0]["target"] == kept.pk
    reader = Client()
    where = merged.get_url()
    assert reader.get(f"/id/{other.uid.lower()}").url == where
    assert reader.get(old).url == where
    assert reader.get(f"/en{old}").url == f"/en{where}"
    assert {kept.pk, other.pk, about.pk} <= set(Outbox.objects.values_list("holding", flat=True))

    assert "没有全还原" not in undo(desk)
    assert [content(one) for one in (kept, other, about)] == [without_keys(one) for one in before]
    assert not FormerNumber.objects.exists()
    assert reader.get(f"/id/{other.uid}").url == old
    assert Page.find_problems() == ([], [], [], [], [])


def without_keys(data: Any) -> Any:
    """Return a snapshot without the keys of its parts."""
    if isinstance(data, list):
        return [without_keys(one) for one in data]
    return {name: without_keys(one) for name, one in data.items() if name != "pk"} if isinstance(data, dict) else data


def content(page: Page) -> Any:
    """Return what a record says, parts in their order, without the keys of the parts."""
    return without_keys(snapshot(now(page)))


def test_chosen_values_and_what_is_written_anew(sit: Callable[..., Client]) -> None:
    """Field by field; what is not taken is told; rows that both have stand once."""
    kept = put(Person, "吴贻弓", summary="主持创办", date_text="1938年", date_text_en="1938")
    other = put(Person, "吳貽弓", summary="考察电影节", date_text="约1940年", credit="某馆")
    for one in (kept, other):
        one.citations.add(Citation(text="徐汇报", page="1"))
        one.save()
    desk = sit("chen")
    html = desk.get(address(kept, other)).content.decode()
    assert "两边都有，合作一条" in html
    html = press(
        desk,
        kept,
        other,
        **{"f-title": "other", "f-summary": "own", "w-summary": "两句合在一起", "f-date_text": "other"},
    )
    merged = now(kept)
    assert (merged.title, merged.summary, merged.credit) == ("吳貽弓", "两句合在一起", "某馆")
    assert (merged.date_text, merged.date_text_en, merged.date_edtf) == ("约1940年", "", "1940~")
    assert [name.text for name in merged.names.all()] == ["吴贻弓"]
    assert merged.citations.count() == 1
    assert "没有取的还留在删去的那一条里：提要、出处" in html
    assert Removal.objects.get().title.startswith("吳貽弓")


def test_all_that_refers_leads_to_the_kept_one(sit: Callable[..., Client]) -> None:
    """Relations once, copies, stops with their scripts, legs, codes, questions, promoted queries; and back again."""
    kept, other = put(Book, "叶子的路"), put(Book, "葉子的路")
    desk, tour, corner = sit("chen"), put(Tour, "一条路"), put(Station, "一角")
    entry = put(Entry, "记书")
    entry.relations.add(Relation(role="about", target=kept), Relation(role="about", target=other))
    entry.relations.add(Relation(role="mentions", target=other))
    tour.stops.add(Stop(holding=other.holding_ptr))
    corner.copies.add(Copy(work=other, barcode="1"))
    for one in (entry, tour, corner):
        one.save()
        published(one)
    stop = Stop.objects.get()
    script = Script.objects.create(stop=stop, owner=User.objects.get(), text="我的话")
    loose = Stop.objects.create(tour=None, removed_from=tour, holding=other.holding_ptr, sort_order=4)
    Code.objects.filter(stop=stop).update(holding=other.pk)
    asked = Question.objects.create(key="0" * 32, text="为什么？", asked_on="2026-11-01", about=other.holding_ptr)
    Promotion.objects.create(words="叶子", holding=other.pk)
    press(desk, kept, other)
    assert sorted(now(entry).relations.values_list("role", "target")) == [("about", kept.pk), ("mentions", kept.pk)]
    told = now(entry).latest_revision.content["relations"]
    assert sorted((row["role"], row["target"]) for row in told) == [("about", kept.pk), ("mentions", kept.pk)]
    assert set(Stop.objects.values_list("holding", flat=True)) == {kept.pk}
    assert Copy.objects.get().work_id == kept.pk
    assert (Code.objects.get(stop=stop).holding_id, Question.objects.get().about_id) == (kept.pk, kept.pk)
    assert Promotion.objects.get().holding == kept.pk
    assert Script.objects.get().pk == script.pk

    html = undo(desk)
    assert "没有全还原" not in html
    assert sorted(now(entry).relations.values_list("role", "target")) == [
        ("about", kept.pk), ("about", other.pk), ("mentions", other.pk),
    ]  # fmt: skip
    assert set(Stop.objects.values_list("pk", "holding")) == {(stop.pk, other.pk), (loose.pk, other.pk)}
    assert Copy.objects.get().work_id == other.pk
    assert (Code.objects.get(stop=stop).holding_id, Question.objects.get(pk=asked.pk).about_id) == (other.pk, other.pk)
    assert Promotion.objects.get().holding == other.pk
    assert Script.objects.get().text == "我的话"


def test_parts_change_hands_and_back_with_what_is_tied_to_them(sit: Callable[..., Client]) -> None:
    """A copy stays the same copy; what somebody changed on it since stays with her, and is told."""
    book, here, there = put(Book, "叶子的路"), put(Station, "甲角"), put(Station, "甲角（旧）")
    copies = [Copy.objects.create(station=there, work=book, barcode=str(n)) for n in range(2)]
    desk = sit("chen")
    press(desk, here, there)
    assert set(Copy.objects.values_list("pk", "station")) == {(copy.pk, here.pk) for copy in copies}
    undo(desk)
    assert set(Copy.objects.values_list("pk", "station")) == {(copy.pk, there.pk) for copy in copies}

    press(desk, here, there)
    station = now(here)
    mine = station.copies.get(barcode="0")
    mine.barcode = "换过的"
    station.copies.add(mine)
    station.save_revision().publish()
    html = undo(desk)
    assert html.count("后来有人改过") == 2
    assert set(Copy.objects.values_list("station", "barcode")) == {(here.pk, "换过的"), (here.pk, "1")}


def test_ordered_parts_and_what_is_below(sit: Callable[..., Client]) -> None:
    """Stops of another tour come along only when ticked, after those that are there; chapters move with their book."""
    place, kept, other = put(Place, "塔"), put(Tour, "一条路"), put(Tour, "又一条路")
    for tour in (kept, other):
        Stop.objects.create(tour=tour, holding=place.holding_ptr, sort_order=0)
    row = Stop.objects.get(tour=other)
    desk = sit("chen")
    assert "r-stops" not in sent(desk, kept, other)
    press(desk, kept, other, **{"r-stops": [row.pk]})
    assert list(Stop.objects.order_by("sort_order").values_list("pk", "tour", "sort_order"))[1] == (row.pk, kept.pk, 1)

    book, double = put(Work, "某志"), put(Work, "某誌")
    chapters = [put(Chapter, "卷一", one, slug="one") for one in (book, double)]
    old = now(chapters[1]).get_url()
    press(desk, book, double)
    assert {page.pk for page in now(book).get_children()} == {chapter.pk for chapter in chapters}
    assert Client().get(old).url == now(chapters[1]).get_url()
    undo(desk)
    assert now(chapters[1]).get_parent().pk == double.pk
    assert (now(chapters[1]).slug, now(chapters[1]).get_url()) == ("one", old)
    assert Page.find_problems() == ([], [], [], [], [])


def test_drafts_follow_and_stay_drafts(sit: Callable[..., Client]) -> None:
    """What refers to it only in a draft would lose the relation on the day of its publication."""
    kept, other, entry = put(Place, "塔"), put(Place, "塔（重）"), put(Entry, "记塔", summary="旧")
    entry.relations.add(Relation(role="about", target=other))
    entry.summary = "新"
    entry.save_revision()
    desk = sit("chen")
    press(desk, kept, other)
    entry = now(entry)
    assert (entry.summary, entry.has_unpublished_changes, entry.relations.count()) == ("旧", True, 0)
    draft = entry.get_latest_revision_as_object()
    assert (draft.summary, [row.target_id for row in draft.relations.all()]) == ("新", [kept.pk])
    undo(desk)
    draft = now(entry).get_latest_revision_as_object()
    assert (draft.summary, [row.target_id for row in draft.relations.all()]) == ("新", [other.pk])


def test_relations_between_the_two_go_and_come_back(sit: Callable[..., Client]) -> None:
    """Nothing refers to itself; both stand again when it is undone. Themes are put together."""
    kept, other = put(Place, "塔"), put(Place, "塔（重）")
    kept.relations.add(Relation(role="related", target=other))
    other.relations.add(Relation(role="part_of", target=kept))
    other.themes.add(Theme.objects.create(slug="tower", title="塔"))
    for one in (kept, other):
        one.save()
    desk = sit("chen")
    press(desk, kept, other)
    assert (now(kept).relations.count(), now(kept).inbound.count()) == (0, 0)
    assert [theme.slug for theme in now(kept).themes.all()] == ["tower"]
    undo(desk)
    assert set(Relation.objects.values_list("holding", "role", "target")) == {
        (kept.pk, "related", other.pk), (other.pk, "part_of", kept.pk),
    }  # fmt: skip
    assert not now(kept).themes.exists()


def test_who_goes_into_whom_in_a_row(sit: Callable[..., Client]) -> None:
    """The first number still leads to where it ended; and no table makes a record anew under it."""
    first, second, third = put(Place, "塔甲"), put(Place, "塔乙"), put(Place, "塔丙")
    desk, old = sit("chen"), first.get_url()
    press(desk, second, first)
    press(desk, third, second)
    reader = Client()
    assert {reader.get(f"/id/{one.uid}").url for one in (first, second)} == {now(third).get_url()}
    assert reader.get(old).url == now(third).get_url()
    with pytest.raises(Exception, match="已经并入"):
        put(Place, "又来", uid=first.uid)
    undo(desk)
    assert reader.get(f"/id/{first.uid}").url == now(second).get_url()


def test_changed_since_it_was_compared(sit: Callable[..., Client]) -> None:
    """By a field, by a row of a part: nothing is done, and both are shown anew with the reason that was written."""
    kept, other = put(Place, "塔"), put(Place, "塔（重）")
    desk = sit("chen")
    form = sent(desk, kept, other)
    other.names.add(Name(text="后来的名"))
    other.save()
    answer = desk.post(address(kept, other), form)
    html = answer.content.decode()
    assert answer.status_code == CONFLICT
    assert ("有人改过" in html, "后来的名" in html, "繁简两种写法" in html) == (True, True, True)
    assert (Place.objects.count(), Change.objects.count()) == (2, 0)


def test_bad_input_is_told(sit: Callable[..., Client]) -> None:
    """No reason, a row that is none, a value that is none, a title left empty: a clear answer and nothing done."""
    kept, other = put(Place, "塔"), put(Place, "塔（重）", summary="a")
    other.names.add(Name(text="旧名"))
    other.save()
    desk = sit("chen")
    for wrong in (
        {"reason": " "},
        {"r-names": ["99999"]},
        {"r-names": "x"},
        {"f-title": "x"},
        {"f-title": "own", "w-title": ""},
        {"f-title": "own", "w-title": "长" * 300},
        {"seen": ""},
    ):
        answer = desk.post(address(kept, other), sent(desk, kept, other, **wrong))
        assert answer.status_code in (400, CONFLICT), wrong
    assert (Place.objects.count(), Change.objects.count()) == (2, 0)
    assert desk.get(reverse("merge", args=[kept.pk]), {"q": "\0"}).status_code == 200
    assert desk.get(reverse("merge", args=[99999])).status_code == 404


def test_what_stands_in_the_way_is_said(sit: Callable[..., Client], person: Callable[..., User]) -> None:
    """The same record, another kind, unpublished changes, a lock, a draft to go on, and what refers being locked."""
    kept, other = published(put(Place, "塔")), published(put(Place, "塔（重）"))
    desk = sit("chen")

    def said(one: Page, another: Page) -> str:
        answer = desk.get(address(one, another))
        assert answer.status_code == CONFLICT
        return answer.content.decode()

    assert "这是同一条" in said(kept, kept)
    assert "不是同一种" in said(kept, put(Person, "塔工"))
    assert "还没有发布" in said(put(Place, "草稿", live=False), other)
    Place.objects.filter(pk=other.pk).update(locked=True, locked_by=person("zhang"))
    assert "锁定" in said(kept, other)
    Place.objects.filter(pk=other.pk).update(locked=False)
    entry = put(Entry, "记塔")
    entry.relations.add(Relation(role="about", target=other))
    entry.save()
    Entry.objects.filter(pk=entry.pk).update(locked=True, locked_by=User.objects.get(username="zhang"))
    answer = desk.post(address(kept, other), sent(desk, kept, other))
    assert (answer.status_code, "记塔：" in answer.content.decode()) == (CONFLICT, True)
    other.summary = "新"
    other.save_revision()
    assert "没发布的改动" in said(kept, other)
    assert Place.objects.count() == 3


def test_a_draft_that_came_in_twice_goes_into_the_record(sit: Callable[..., Client]) -> None:
    """It was never published, and leads nobody anywhere but by its number."""
    kept, other = put(Place, "塔"), put(Place, "塔（重）", live=False)
    other.save_revision()
    desk = sit("chen")
    press(desk, kept, other)
    assert Client().get(f"/id/{other.uid}").url == now(kept).get_url()
    undo(desk)
    assert not now(other).live


@pytest.mark.parametrize(("group", "status"), [("编目员", 403), ("讲解员", 302), ("编辑", 200)])
def test_who_may(sit: Callable[..., Client], group: str, status: int) -> None:
    """Those who publish; a librarian is told who does, a guide has no admin. The way there is shown to those who may."""
    kept, other = put(Place, "塔"), put(Place, "塔（重）")
    desk = sit("wang", group)
    pages = (
        reverse("merge", args=[kept.pk]),
        address(kept, other),
        reverse("replace_with", args=[kept.pk, other.pk]),
    )
    for page in pages:
        answer = desk.get(page)
        assert answer.status_code == status
        assert ("“编辑”" in answer.content.decode()) == (status == 403)
        if status != 200:
            assert desk.post(page, {"reason": "试"}).status_code == status
    edit = desk.get(reverse("wagtailadmin_pages:edit", args=[kept.pk])).content.decode()
    assert (reverse("merge", args=[kept.pk]) in edit) == (status == 200)
    assert Place.objects.count() == 2


def test_the_second_record_is_proposed_and_found(sit: Callable[..., Client]) -> None:
    """By other characters, by a name, by an old number; from the page of a deletion too, there the other way round."""
    kept, other = put(Place, "徐家匯"), put(Place, "徐家汇", title_en="Zikawei")
    put(Place, "龙华")
    desk = sit("chen")

    def found(**query: str) -> str:
        return desk.get(reverse("merge", args=[kept.pk]), query).content.decode()

    for words in ("徐家汇", "zikawei", other.uid.lower()):
        html = found(q=words)
        assert (address(kept, other) in html, "龙华" in html) == (True, False)
    assert "没有找到" in found(q="无此")
    deletion = desk.get(reverse("wagtailadmin_pages:delete", args=[kept.pk])).content.decode()
    assert f"{reverse('merge', args=[kept.pk])}?into=1" in deletion
    assert address(other, kept) in found(q="徐家汇", into="1")


def test_replacing_what_refers_alone(sit: Callable[..., Client]) -> None:
    """Both stay, with their names and numbers; and it can be undone."""
    old, new, entry = put(Place, "林森路"), put(Place, "淮海中路"), put(Entry, "记路")
    entry.relations.add(Relation(role="at", target=old))
    entry.save()
    published(entry)
    desk, page = sit("chen"), reverse("replace_with", args=[old.pk, new.pk])
    form = fields_of(form_of(desk.get(page).content.decode(), FORM))
    assert desk.post(page, form).status_code == 400
    assert "换好了" in desk.post(page, form | {"reason": "指错了"}, follow=True).content.decode()
    assert (now(entry).relations.get().target_id, now(new).names.count()) == (new.pk, 0)
    assert Client().get(f"/id/{old.uid}").url == old.get_url()
    undo(desk)
    assert now(entry).relations.get().target_id == old.pk


def test_legs_lead_to_the_kept_venue(sit: Callable[..., Client]) -> None:
    """A stay of a travelling exhibition is at the place that was kept."""
    kept, other, show = put(Place, "图书馆"), put(Place, "圖書館"), put(Exhibition, "百年")
    ItineraryLeg.objects.create(exhibition=show, place=other.holding_ptr, sort_order=0)
    press(sit("chen"), kept, other)
    assert ItineraryLeg.objects.get().place_id == kept.pk


@pytest.mark.parametrize("seed", range(10))
def test_killed_anywhere_nothing_is_half_done(person: Callable[..., User], seed: int) -> None:
    """At five random statements each: all is as it was; and going on completes it and doubles nothing."""
    kept, other = put(Place, "塔"), put(Place, "塔（重）", summary="提要")
    entries = [put(Entry, f"记塔{n}") for n in range(3)]
    for entry in entries:
        entry.relations.add(Relation(role="about", target=other))
        entry.save()
        published(entry)
    user, chance = person("chen"), random.Random(seed)
    for _time in range(5):
        try:
            with killed_at(chance.randrange(1, 450)):
                merge(kept.pk, other.pk, Choices(), version(now(kept), now(other)), "试", user)
            break
        except Killed:
            assert set(Relation.objects.values_list("target", flat=True)) == {other.pk}
            assert (now(kept).summary, Change.objects.count(), FormerNumber.objects.count()) == ("", 0, 0)
            assert not Removal.objects.exists()
    else:
        merge(kept.pk, other.pk, Choices(), version(now(kept), now(other)), "试", user)
    assert list(Relation.objects.values_list("target", flat=True)) == [kept.pk] * 3
    assert (now(kept).summary, Change.objects.count(), FormerNumber.objects.count()) == ("提要", 1, 1)


def test_many_referents_take_no_more_statements(person: Callable[..., User]) -> None:
    """As 龙华塔, to which 503 relations led: some statements by the hundred, none by the record, so the transaction is short."""
    user, taken = person("chen"), []
    for count in (2, 30):
        kept, other = put(Place, "塔"), put(Place, "塔（重）")
        shelf = put(Entry, "记塔").get_parent()
        for number in range(count):
            entry = put(Entry, f"记塔{number}", shelf)
            entry.relations.add(Relation(role="about", target=other))
            published(entry)
        seen = version(now(kept), now(other))
        with CaptureQueriesContext(connection) as statements:
            merge(kept.pk, other.pk, Choices(), seen, "试", user)
        assert kept.inbound.count() == count
        taken.append(len(statements))
    assert abs(taken[0] - taken[1]) < 5
