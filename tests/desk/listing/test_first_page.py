"""The desk's first page: what waits with the reviewer's remark in sight, lists with their numbers, what was done, what it costs."""

from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup, Tag
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.log_actions import log, registry
from wagtail.models import GroupPagePermission, PageLogEntry, Workflow

from authorities.models import Place
from chronicle.models import Entry
from cms.models import Change, Citation, Holding, Incoming, SavedView
from search.models import Unfound
from tests.desk.holdings import put
from tests.desk.listing.conftest import Lists

pytestmark = pytest.mark.django_db
MOST = 15


@pytest.fixture
def librarian(at_lists: Callable[..., Lists]) -> Lists:
    """One who writes and sends to review."""
    return at_lists("wang")


@pytest.fixture
def editor(at_lists: Callable[..., Lists]) -> Lists:
    """One who publishes."""
    return at_lists("chen", "编辑")


def page(lists: Lists) -> BeautifulSoup:
    """Return the first page of somebody."""
    answer = lists.client.get("/admin/")
    assert answer.status_code == 200
    return BeautifulSoup(answer.content.decode(), "html.parser")


def waits(lists: Lists) -> list[str]:
    """Return what waits for somebody, a line each."""
    return [" ".join(row.get_text(" ", strip=True).split()) for row in page(lists).select(".waits tbody tr")]


def numbers(lists: Lists) -> dict[str, int]:
    """Return the lists that need work, with their numbers."""
    found = page(lists).select(".strip a")
    return {link.select_one(".t").get_text(): int(link.b.get_text()) for link in found}


def send(holding: Holding, user: User) -> None:
    """Send a draft to review."""
    holding.save_revision(user=user)
    Workflow.objects.get(name="送审").start(holding, user)


@pytest.mark.each_database
def test_what_a_reviewer_sent_back_comes_first_with_the_remark(librarian: Lists, editor: Lists) -> None:
    """It goes from the librarian to the reviewer and back; drafts follow; none sees the others'."""
    place = put(Place, "淮海中路", live=False)
    send(place, librarian.user)
    assert waits(librarian) == []
    (row,) = waits(editor)
    assert ("淮海中路" in row, "等您审" in row, "wang" in row) == (True, True, True)
    place.current_workflow_task.on_action(
        place.current_workflow_task_state, editor.user, "reject", comment="一九四三年叫泰山路，请补出处。"
    )
    put(Entry, "没写完的", live=False).save_revision(user=librarian.user)
    first, second = waits(librarian)
    for words in ("淮海中路", "退回待改", "chen", "一九四三年叫泰山路，请补出处。", "去改"):
        assert words in first
    assert ("没写完的" in second, "没有送审" in second) == (True, True)
    assert waits(editor) == []


@pytest.mark.each_database
def test_an_administrator_reviews_everything(librarian: Lists, at_lists: Callable[..., Lists]) -> None:
    send(put(Place, "甲", live=False), librarian.user)
    assert "等您审" in waits(at_lists("admin", ""))[0]


@pytest.mark.each_database
def test_lists_stand_there_with_their_numbers(librarian: Lists, editor: Lists) -> None:
    """The ready ones, one's own, what colleagues share, and what is open beside; each number is that of its list."""
    Citation.objects.create(holding=put(Place, "甲", unverified=True), text="徐汇报")
    put(Place, "乙", live=False)
    Unfound.objects.create(plain="缆车", words="缆车")
    for name, owner, more in (
        ("我的", librarian, {}), ("大家的", editor, {"shared": True}), ("别人的", editor, {}),
        ("不放的", librarian, {"on_first_page": False}),
    ):  # fmt: skip
        SavedView.objects.create(name=name, owner=owner.user, query="kind=place&state=draft", **more)
    found = numbers(librarian)
    assert {name: found[name] for name in ("没有出处", "待核", "没有英文", "我的", "大家的", "读者没找到")} == {
        "没有出处": 1, "待核": 1, "没有英文": 2, "我的": 1, "大家的": 1, "读者没找到": 1,
    }  # fmt: skip
    assert not {"别人的", "不放的"} & set(found)
    for link in page(librarian).select(".strip a"):
        if link["href"].startswith(reverse("holdings")):
            html = librarian.client.get(link["href"]).content.decode()
            assert f"{link.b.get_text()} 条" in html, link


def test_numbers_are_of_what_somebody_may_edit(librarian: Lists) -> None:
    """Who may edit nothing any more counts nothing."""
    put(Place, "甲")
    assert numbers(librarian)["没有出处"] == 1
    GroupPagePermission.objects.filter(group__name="编目员").update(page=put(Place, "乙").page_ptr_id)
    assert numbers(librarian)["没有出处"] == 1
    assert librarian.titles() == ["乙"]


@pytest.mark.each_database
def test_what_was_done_last_is_there_with_its_way_on(editor: Lists, librarian: Lists) -> None:
    """Records, batches with their undo, tables on their way in; of each the latest; nobody else's."""
    place, gone = put(Place, "甲"), put(Place, "乙")
    for holding in (place, gone):
        for title in ("一稿", "二稿"):
            holding.title = title + holding.uid
            holding.save_revision(user=editor.user, log_action=True)
    gone.delete()
    change = Change.objects.create(action="batch", title="主题加上“电影”", made_by=editor.user)
    incoming = Incoming.objects.create(made_by=editor.user, source="place.csv")
    links = [link["href"] for link in page(editor).select(".done li > a")]
    assert sorted(links) == sorted(
        [
            reverse("wagtailadmin_pages:edit", args=[place.pk]),
            reverse("change", args=[change.pk]),
            reverse("incoming_one", args=[incoming.pk]),
        ]
    )
    assert page(librarian).select(".done") == []


def test_it_opens_in_a_process_that_has_just_started(editor: Lists, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whose first page is this one: Wagtail has not gathered its names of acts yet. One that has no name is a change."""
    place = put(Place, "甲")
    log(place, "zhihui.take_down", user=editor.user)
    other = put(Place, "乙")
    log(other, "zhihui.undo", user=editor.user)
    PageLogEntry.objects.filter(page=other.pk).update(action="gone.act")
    for name, empty in (("formatters", {}), ("choices", []), ("has_scanned_for_actions", False)):
        monkeypatch.setattr(registry, name, empty)
    assert {line.select("span")[1].get_text() for line in page(editor).select(".done li")} == {"下架", "改动"}


def test_each_kind_can_be_added_where_somebody_may(librarian: Lists) -> None:
    """Every address leads to a form."""
    links: list[Tag] = page(librarian).select(".add ul a")
    assert {"人物", "地方", "条目"} <= {link.get_text() for link in links}
    for link in links:
        assert librarian.client.get(link["href"]).status_code == 200, link


@pytest.mark.each_database
def test_the_first_hour_is_ticked_by_itself_and_put_away(librarian: Lists) -> None:
    assert len(page(librarian).select(".hour li")) == 5
    assert page(librarian).select(".hour .good") == []
    send(put(Place, "甲", live=False), librarian.user)
    assert len(page(librarian).select(".hour .good")) == 1
    assert librarian.client.get(reverse("first_hour_over")).status_code == 405
    assert librarian.client.post(reverse("first_hour_over")).status_code == 302
    assert page(librarian).select(".hour") == []


def test_others_are_led_elsewhere(at_lists: Callable[..., Lists], client: Client) -> None:
    """Readers to the login; who works in the admin and looks after no holdings, to the menu."""
    assert client.get("/admin/").status_code == 302
    assert at_lists("lin", "讲解员").client.get("/admin/").status_code == 302
    keeper = at_lists("zhou")
    keeper.user.groups.get().page_permissions.all().delete()
    assert (page(keeper).select(".part"), "左边的菜单" in page(keeper).get_text()) == ([], True)


def test_it_asks_as_much_with_ten_as_with_a_hundred(librarian: Lists, editor: Lists) -> None:
    """However many lists stand there, and no more than so many questions."""
    counts = []
    for size in (1, 12):
        for at in range(size):
            place = put(Place, f"路{size}-{at}", live=False)
            send(place, librarian.user)
            place.current_workflow_task.on_action(
                place.current_workflow_task_state, editor.user, "reject", comment="补"
            )
            SavedView.objects.create(name=f"{size}-{at}", owner=librarian.user, query=f"kind=place&words={at}")
        page(librarian)
        with CaptureQueriesContext(connection) as queries:
            page(librarian)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= MOST
