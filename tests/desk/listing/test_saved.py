"""Lists that are kept under a name: one's own or for all, renamed, asked for otherwise, taken away, handed over."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from authorities.models import Place
from cms.desk.listing.asked import parsed
from cms.models import SavedView
from tests.desk.holdings import put
from tests.desk.listing.conftest import Lists

pytestmark = pytest.mark.django_db

QUERY = "kind=place&state=draft&column=uid&column=state&sort=title&size=25"


@pytest.fixture
def librarian(at_lists: Callable[..., Lists]) -> Lists:
    """One who writes and sends to review."""
    return at_lists("wang")


@pytest.fixture
def colleague(at_lists: Callable[..., Lists]) -> Lists:
    """Another."""
    return at_lists("li")


@pytest.fixture
def editor(at_lists: Callable[..., Lists]) -> Lists:
    """One who publishes."""
    return at_lists("chen", "编辑")


def keep(lists: Lists, name: str = "春季补录", **more: str) -> SavedView:
    """Keep a list, and return it."""
    answer = lists.client.post(reverse("holdings_views"), {"name": name, "query": QUERY, **more})
    assert answer.status_code == 302, answer.content.decode()
    return SavedView.objects.latest("pk")


def post(lists: Lists, address: str, view: SavedView, **sent: str) -> int:
    """Send a form about a list; returns the status of the answer."""
    return lists.client.post(reverse(address, args=[view.pk]), sent).status_code


def test_filters_columns_and_order_are_kept_together(librarian: Lists) -> None:
    put(Place, "乙", live=False)
    put(Place, "甲", live=False)
    put(Place, "丙")
    view = keep(librarian)
    assert parsed(view.query) == parsed(QUERY)
    html = librarian.html()
    assert "春季补录" in html
    page = librarian.client.get(f"{reverse('holdings')}?{view.query}&view={view.pk}").content.decode()
    assert ('aria-current="page"' in page, "存进“春季补录”" in page) == (True, True)
    assert librarian.titles(kind="place", state="draft", sort="title") == ["甲", "乙"]


@pytest.mark.parametrize(
    "query", ["", QUERY, "words=%E7%94%B5+%E8%BD%A6", "from=-5&to=1949", "theme=3&theme=none&of-closed=yes", "who=me&state=draft&state=review"]
)  # fmt: skip
def test_an_address_is_read_as_it_is_written(query: str) -> None:
    """The same list has one address, whatever the order in which it was asked."""
    asked = parsed(query)
    assert parsed(asked.query()) == asked
    assert parsed("&".join(reversed(query.split("&")))).query() == asked.query() or "column" in query


def test_what_is_ones_own_nobody_else_sees_or_changes(librarian: Lists, colleague: Lists, editor: Lists) -> None:
    view = keep(librarian)
    for other in (colleague, editor):
        assert "春季补录" not in other.html()
        for address in ("holdings_view", "holdings_view_again", "holdings_view_drop"):
            assert post(other, address, view, name="x") == 404
    assert SavedView.objects.get().name == "春季补录"


def test_what_is_shared_all_open_and_its_owner_and_editors_change(
    librarian: Lists, colleague: Lists, editor: Lists
) -> None:
    """Each sees in it what they may edit."""
    view = keep(librarian, shared="on")
    assert "春季补录" in colleague.html()
    assert "存进" not in colleague.client.get(f"{reverse('holdings')}?{view.query}&view={view.pk}").content.decode()
    for address in ("holdings_view", "holdings_view_again", "holdings_view_drop"):
        assert post(colleague, address, view, name="x") in (302, 403)
    assert SavedView.objects.get().name == "春季补录"
    assert post(editor, "holdings_view", view, name="夏季", query=view.query, shared="on") == 302
    assert (SavedView.objects.get().name, SavedView.objects.get().owner) == ("夏季", librarian.user)
    assert post(editor, "holdings_view_drop", view) == 302
    assert not SavedView.objects.exists()


def test_it_is_renamed_asked_for_otherwise_and_taken_away(librarian: Lists) -> None:
    view = keep(librarian)
    assert post(librarian, "holdings_view", view, name=" 夏季  补录 ", query=view.query) == 302
    assert post(librarian, "holdings_view_again", view, query="source=none&zzz=1") == 302
    kept = SavedView.objects.get()
    assert (kept.name, kept.query, kept.shared, kept.on_first_page) == ("夏季 补录", "source=none", False, False)
    assert post(librarian, "holdings_view_drop", view) == 302
    assert not SavedView.objects.exists()


def test_no_name_is_given_to_two_of_ones_lists(librarian: Lists, colleague: Lists) -> None:
    """And nothing is kept without a name, or longer than there is room for; the page says why."""
    keep(librarian)
    keep(colleague)
    view = keep(librarian, "夏季")
    for sent, said in (
        ({"name": "春季补录"}, "您已经有一张"),
        ({"name": " "}, "必需字段"),
        ({"name": "x" * 61}, "60"),
        ({"name": "长", "query": "&".join(f"theme={at}" for at in range(800))}, "条件太多"),
    ):
        answer = librarian.client.post(reverse("holdings_views"), sent)
        assert (answer.status_code, said in answer.content.decode()) == (400, True), sent
    answer = librarian.client.post(reverse("holdings_view", args=[view.pk]), {"name": "春季补录"})
    assert (answer.status_code, "您已经有一张" in answer.content.decode()) == (400, True)
    assert SavedView.objects.count() == 3


def test_a_list_goes_over_with_the_account(librarian: Lists, sit: Callable[..., Client], colleague: Lists) -> None:
    """Whoever takes over an account finds its lists."""
    keep(librarian, shared="on")
    administrator = sit("admin", "")
    address = reverse("wagtailusers_users:delete", args=[librarian.user.pk])
    assert "存好的清单 1" in administrator.get(address).content.decode()
    assert administrator.post(address, {"heir": colleague.user.pk}).status_code == 302
    assert SavedView.objects.get().owner == colleague.user
    assert not User.objects.filter(pk=librarian.user.pk).exists()
