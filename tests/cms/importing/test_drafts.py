"""An import among people who edit: drafts stay drafts and lose nothing, what is locked or in review is not written into."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.utils import timezone
from wagtail.models import Page, Task, Workflow, WorkflowTask

from authorities.models import Place
from cms.importing import ImportRefused, Report, import_files
from cms.models import Holding, Name
from exhibitions.models import Exhibition, ItineraryLeg
from picturebooks.models import Book, Spread
from stations.models import Copy, Station

pytestmark = pytest.mark.django_db
Write = Callable[..., Path]
Bring = Callable[..., Report]


@pytest.fixture
def bring(write: Write) -> Bring:
    """Return a function that imports one table of a kind or part."""
    return lambda model, text, user=None: import_files([(model, write(text, f"{model.__name__}.csv"))], user=user)


@pytest.fixture
def refused(write: Write) -> Callable[..., str]:
    """Return a function that tells why a table was refused."""

    def tell(model: type, text: str) -> str:
        with pytest.raises(ImportRefused) as fault:
            import_files([(model, write(text, f"{model.__name__}.csv"))])
        return str(fault.value)

    return tell


@pytest.fixture
def road(bring: Bring) -> Place:
    """A published road that a table brought."""
    bring(Place, "编号,题名,英文题名,提要,又名\nXH-PL-000901,甲路,Jia Road,旧提要,老甲路\n")
    return Place.objects.get(uid="XH-PL-000901")


def draft(holding: Holding, **fields: object) -> None:
    """Save a draft with other words, as an editor does."""
    edited = holding.get_latest_revision_as_object()
    for name, value in fields.items():
        setattr(edited, name, value)
    edited.save_revision(clean=False)


def again(holding: Holding) -> tuple[Holding, Holding]:
    """Return a holding as readers see it, and its newest draft."""
    live = type(holding).objects.get(pk=holding.pk)
    return live, live.get_latest_revision_as_object()


@pytest.mark.each_database
def test_an_import_leaves_the_draft_a_draft_and_writes_into_both(road: Place, bring: Bring) -> None:
    draft(road, summary="新提要，还没有发布", names=[Name(text="老甲路"), Name(text="阿甲路")])
    report = bring(Place, "编号,题名,英文题名\nXH-PL-000901,甲路,Jia Avenue\n")
    live, newest = again(road)
    assert (live.title_en, live.summary, [n.text for n in live.names.all()]) == ("Jia Avenue", "旧提要", ["老甲路"])
    assert (newest.title_en, newest.summary) == ("Jia Avenue", "新提要，还没有发布")
    assert [n.text for n in newest.names.all()] == ["老甲路", "阿甲路"]
    assert (live.has_unpublished_changes, live.live_revision_id != live.latest_revision_id) == (True, True)
    assert live.live_revision.as_object().summary == "旧提要"
    assert report.updated == 1
    assert "第 2 行：XH-PL-000901 另有没发布的草稿" in report.notes[0]


def test_the_same_table_again_leaves_what_was_drafted_meanwhile(road: Place, bring: Bring) -> None:
    draft(road, summary="新提要")
    report = bring(Place, "编号,题名,英文题名,提要\nXH-PL-000901,甲路,Jia Road,旧提要\n")
    assert (report.updated, report.unchanged) == (0, 1)
    assert "“提要”" in report.notes[0]
    assert again(road)[1].summary == "新提要"


def test_a_draft_that_went_another_way_is_asked_back_by_row_and_column(road: Place, refused: Callable) -> None:
    draft(road, summary="新提要")
    said = refused(Place, "编号,题名,提要\nXH-PL-000901,甲路,第三种提要\n")
    assert "第 2 行“提要”：没发布的草稿里，这一栏另有改动" in said
    live, newest = again(road)
    assert (live.summary, newest.summary) == ("旧提要", "新提要")


@pytest.mark.each_database
def test_names_relations_and_dates_go_into_the_draft_too(road: Place, bring: Bring) -> None:
    draft(road, summary="新提要")
    table = "编号,题名,又名,关联,时间,允许用途\nXH-PL-000901,甲路,新甲路,属于 | XH-PL-000901,1915年,网页\n"
    bring(Place, table)
    for one in again(road):
        assert [n.text for n in one.names.all()] == ["新甲路"]
        assert [(r.role, r.target_id) for r in one.relations.all()] == [("part_of", road.pk)]
        assert (one.date_text, one.date_edtf, one.use_web, one.use_print) == ("1915年", "1915", True, False)
    assert bring(Place, table).unchanged == 1


def test_a_draft_that_was_never_published_stays_hidden_and_keeps_its_words(road: Place, bring: Bring) -> None:
    road.unpublish()
    draft(Place.objects.get(pk=road.pk), summary="新提要")
    bring(Place, "编号,题名,英文题名\nXH-PL-000901,甲路,Jia Avenue\n")
    live, newest = again(road)
    assert (live.live, newest.summary, newest.title_en) == (False, "新提要", "Jia Avenue")


def lock(page: Page) -> None:
    """Lock a page, as an editor does."""
    editor = User.objects.create(username="bianji")
    Page.objects.filter(pk=page.pk).update(locked=True, locked_by=editor, locked_at=timezone.now())


def review(page: Page) -> None:
    """Send a page to review."""
    flow = Workflow.objects.create(name="三审三校")
    WorkflowTask.objects.create(workflow=flow, task=Task.objects.create(name="初审"), sort_order=1)
    flow.start(page, User.objects.create(username="bianmu"))


def schedule(page: Page) -> None:
    """Let a version be published by the clock tomorrow."""
    page.go_live_at = timezone.now() + timedelta(days=1)
    page.summary = "明天的提要"
    page.save_revision().publish()


def follow(page: Page) -> None:
    """Make a page an alias of another."""
    other = page.get_parent().add_child(instance=Place(title="原来的路"))
    Page.objects.filter(pk=page.pk).update(alias_of=other)


CLOSED = [
    (lock, "由 bianji 锁定"),
    (review, "正在送审（三审三校）"),
    (schedule, "已排定"),
    (follow, "“原来的路”的别名页"),
]


@pytest.mark.once_on_each_database
@pytest.mark.parametrize(("close", "said"), CLOSED)
def test_what_is_closed_is_refused_by_row_and_left_alone(
    road: Place, refused: Callable, close: Callable, said: str
) -> None:
    close(Place.objects.get(pk=road.pk))
    before = Page.objects.filter(pk=road.pk).values().get()
    revisions = road.revisions.count()
    told = refused(Place, "编号,题名,英文题名\nXH-PL-000902,乙路,\nXH-PL-000901,甲路,Jia Avenue\n")
    assert "第 3 行“编号”：《甲路》现在不能改" in told
    assert said in told
    assert Page.objects.filter(pk=road.pk).values().get() == before
    assert (road.revisions.count(), Place.objects.get(pk=road.pk).title_en) == (revisions, "Jia Road")


@pytest.mark.parametrize(("close", "said"), CLOSED[:3])
def test_what_is_closed_but_not_changed_is_no_fault(road: Place, bring: Bring, close: Callable, said: str) -> None:
    close(Place.objects.get(pk=road.pk))
    assert bring(Place, "编号,题名,英文题名\nXH-PL-000901,甲路,Jia Road\n").unchanged == 1


def test_ones_own_lock_keeps_nobody_out(road: Place, bring: Bring) -> None:
    lock(road)
    editor = User.objects.get(username="bianji")
    editor.is_superuser = True
    editor.save()
    assert bring(Place, "编号,题名,英文题名\nXH-PL-000901,甲路,Jia Avenue\n", user=editor).updated == 1


SPREADS = "所属编号,次序,文字,英文文字\nXH-PB-1,1,叶子,{}\nXH-PB-1,2,落了,Down\n"


@pytest.fixture
def book(bring: Bring) -> Book:
    """A picture book with two spreads."""
    bring(Book, "编号,题名\nXH-PB-1,叶\n")
    bring(Spread, SPREADS.format("Leaf"))
    return Book.objects.get()


@pytest.mark.each_database
def test_parts_go_into_the_draft_of_their_owner(book: Book, bring: Bring) -> None:
    edited = book.get_latest_revision_as_object()
    edited.summary = "新提要"
    edited.spreads.all()[1].text = "落下来了"
    second = edited.spreads.all()[1]
    second.text = "落下来了"
    edited.spreads.add(second)
    edited.save_revision()
    report = bring(Spread, SPREADS.format("A leaf") + "XH-PB-1,3,没有了,Gone\n")
    live, newest = again(book)
    assert (report.created, report.updated, report.unchanged) == (1, 1, 1)
    assert [(s.text, s.text_en) for s in live.spreads.all()] == [
        ("叶子", "A leaf"),
        ("落了", "Down"),
        ("没有了", "Gone"),
    ]
    assert [(s.text, s.text_en) for s in newest.spreads.all()] == [
        ("叶子", "A leaf"),
        ("落下来了", "Down"),
        ("没有了", "Gone"),
    ]
    assert (live.summary, newest.summary, live.has_unpublished_changes) == ("", "新提要", True)
    assert "XH-PB-1 另有没发布的草稿" in report.notes[0]
    # Published at last, the draft makes no second row of any spread.
    newest.latest_revision.publish()
    assert [s.text for s in Book.objects.get().spreads.all()] == ["叶子", "落下来了", "没有了"]


def test_a_part_that_the_draft_changed_or_took_away_is_asked_back(book: Book, refused: Callable) -> None:
    edited = book.get_latest_revision_as_object()
    first = edited.spreads.all()[0]
    first.text_en = "My leaf"
    edited.spreads.add(first)
    edited.save_revision()
    assert "第 2 行“英文文字”：没发布的草稿里" in refused(Spread, SPREADS.format("A leaf"))
    edited.spreads.remove(first)
    edited.save_revision()
    assert "草稿里已删去这一条" in refused(Spread, SPREADS.format("A leaf"))
    assert Book.objects.get().spreads.first().text_en == "Leaf"


@pytest.mark.once_on_each_database
@pytest.mark.parametrize(("close", "said"), CLOSED[:3])
def test_parts_of_what_is_closed_are_refused_by_row(book: Book, refused: Callable, close: Callable, said: str) -> None:
    close(Book.objects.get())
    told = refused(Spread, SPREADS.format("A leaf"))
    assert "Spread.csv 第 2 行“所属编号”：XH-PB-1 现在不能改" in told
    assert said in told
    assert Book.objects.get().spreads.first().text_en == "Leaf"


def test_every_kind_of_part_is_refused_where_its_owner_is_locked(bring: Bring, refused: Callable) -> None:
    bring(Exhibition, "编号,题名\nXH-EX-1,展\n")
    bring(Station, "编号,题名,街道镇\nXH-ST-1,一,田林街道\n")
    lock(Exhibition.objects.get())
    Page.objects.filter(pk=Station.objects.get().pk).update(locked=True)
    assert "XH-EX-1 现在不能改" in refused(ItineraryLeg, "所属编号,次序,场地\nXH-EX-1,1,图书馆\n")
    assert "XH-ST-1 现在不能改：已锁定" in refused(Copy, "所属编号,条码,书目编号\nXH-ST-1,B1,XH-EX-1\n")
    assert (ItineraryLeg.objects.count(), Copy.objects.count()) == (0, 0)


@pytest.mark.each_database
def test_a_copy_that_moves_moves_in_both_drafts(bring: Bring) -> None:
    bring(Station, "编号,题名,街道镇\nXH-ST-1,一,田林街道\nXH-ST-2,二,华泾镇\n")
    bring(Copy, "所属编号,条码,书目编号\nXH-ST-1,B1,XH-ST-2\n")
    for station in Station.objects.all():
        draft(station, phone="64000000")
    bring(Copy, "所属编号,条码,书目编号\nXH-ST-2,B1,XH-ST-2\n")
    held = [
        [[c.barcode for c in one.copies.all()] for one in again(station)] for station in Station.objects.order_by("uid")
    ]
    assert held == [[[], []], [["B1"], ["B1"]]]
    assert all(again(station)[1].phone == "64000000" for station in Station.objects.all())
