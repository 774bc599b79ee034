"""What the three ways of asking say of one page is the same: of many, of one just read, and of what must not be counted."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import AnonymousUser, User
from django.http import HttpRequest
from django.test import RequestFactory
from wagtail.actions.create_alias import CreatePageAliasAction
from wagtail.models import Page, PageViewRestriction

from authorities.models import Place
from chronicle.models import Chapter, Entry, Work
from cms.models import Holding, Shelf
from cms.visibility import hidden, is_visible, visible
from tests.cms.hiding import HIDING, restrict

pytestmark = pytest.mark.each_database

USES = ("web", "print", "offline", "api")


def asked(user: User | None = None, passed: PageViewRestriction | None = None) -> HttpRequest:
    """Return a request of somebody, or of nobody, who gave the password of a restriction."""
    request = RequestFactory().get("/")
    request.user = user or AnonymousUser()
    request.session = {PageViewRestriction.passed_view_restrictions_session_key: [passed.pk]} if passed else {}
    return request


def answers(page: Page, request: HttpRequest | None, use: str = "web") -> set[bool]:
    """Return what each way of asking says; one value where they agree."""
    one = Holding.objects.filter(pk=page.pk)
    said = {visible(one, request, use).exists(), visible(type(page).objects.filter(pk=page.pk), request, use).exists()}
    # What is deleted is in no table to be asked of.
    said |= {is_visible(row, request, use) for row in one} or {False}
    return said | ({not hidden(one, request).exists()} if use == "web" and one.exists() else set())


@pytest.mark.parametrize("way", HIDING)
def test_they_agree_whatever_hides_a_page(put: Callable[..., Holding], way: str) -> None:
    """And say that it is hidden, to nobody and to a visitor."""
    entry = put(Entry, "条目", slug="entry")
    assert answers(entry, None) == answers(entry, asked()) == {True}
    HIDING[way](Entry.objects.get(pk=entry.pk))
    assert answers(entry, None) == answers(entry, asked()) == {False}


@pytest.mark.parametrize("forbidden", USES)
def test_each_use_is_allowed_by_itself(put: Callable[..., Holding], forbidden: str) -> None:
    """What must not be printed is still read; what must not be read is nowhere."""
    place = put(Place, "甲路", **{f"use_{forbidden}": False})
    for use in USES:
        assert answers(place, None, use) == {use != forbidden}, use


def test_whoever_passes_what_closes_a_branch_sees_all_in_it(put: Callable[..., Holding]) -> None:
    """By the password of the branch, by being logged in; the password of another branch opens nothing."""
    work, other = put(Work, "志", slug="one"), put(Work, "别志", slug="two")
    chapter = work.add_child(instance=Chapter(title="卷一"))
    restrict(work), restrict(other)
    mine, its = (PageViewRestriction.objects.get(page=page) for page in (work, other))
    reader = User.objects.create_user("reader")
    assert answers(chapter, asked(passed=mine)) == {True}
    assert answers(chapter, asked(passed=its)) == answers(chapter, asked(reader)) == answers(chapter, None) == {False}
    PageViewRestriction.objects.filter(pk=mine.pk).update(restriction_type=PageViewRestriction.LOGIN)
    assert answers(chapter, asked(reader)) == {True}
    assert answers(chapter, asked()) == answers(chapter, None) == {False}


def test_branches_closed_at_different_depths_are_all_closed(put: Callable[..., Holding]) -> None:
    """A whole book, a chapter of another, a shelf: none opens another."""
    one, two = put(Work, "志", slug="one"), put(Work, "别志", slug="two")
    chapters = [work.add_child(instance=Chapter(title="卷一")) for work in (one, two)]
    entries = [chapter.add_child(instance=Entry(title="条目")) for chapter in chapters]
    open_chapter = two.add_child(instance=Chapter(title="卷二"))
    place = put(Place, "甲路")
    one.unpublish(), restrict(chapters[1]), Shelf.objects.get(slug="places").unpublish()
    assert [answers(page, None) for page in (*chapters, *entries, place)] == [{False}] * 5
    assert answers(open_chapter, None) == {True}


def alias(page: Page, slug: str, parent: Page | None = None) -> Page:
    """Put an alias of a page under another, or on the shelf of entries, which is open."""
    above = parent or Shelf.objects.get(slug="chronicle")
    made = CreatePageAliasAction(page, parent=above, update_slug=slug, user=None).execute(skip_permission_checks=True)
    return made.specific


@pytest.mark.parametrize("way", [way for way in HIDING if way not in ("delete", "move under a closed parent")])
def test_an_alias_is_hidden_with_its_source(put: Callable[..., Holding], way: str) -> None:
    """Whatever hides the source, or the book that it stands in, also before a worker has looked at the clock."""
    entry = put(Work, "志", slug="one").add_child(instance=Entry(title="条目", slug="inside"))
    first = alias(entry, "first")
    second = alias(first, "second")
    assert answers(first, None) == answers(second, None) == {True}
    HIDING[way](Entry.objects.get(pk=entry.pk))
    assert answers(first, None) == answers(second, None) == {False}


def test_an_alias_elsewhere_is_closed_with_the_branch_of_its_source(put: Callable[..., Holding]) -> None:
    """Also one of an alias; an alias of what stands outside the branch stays open."""
    work, outside = put(Work, "志", slug="one"), put(Entry, "外面的", slug="outside")
    entry = work.add_child(instance=Chapter(title="卷一")).add_child(instance=Entry(title="条目", slug="inside"))
    # One of an alias may be read before that.
    first = alias(entry, "first", put(Work, "别志", slug="two"))
    second, free = alias(first, "second"), alias(outside, "free")
    assert second.path < first.path
    assert [answers(page, None) for page in (entry, first, second, free)] == [{True}] * 4
    restrict(work)
    assert [answers(page, None) for page in (entry, first, second, free)] == [{False}] * 3 + [{True}]
    mine = PageViewRestriction.objects.get()
    assert [answers(page, asked(passed=mine)) for page in (entry, first, second)] == [{True}] * 3
