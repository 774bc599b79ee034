"""An account is removed: what its bearer wrote is listed, handed to a colleague, and never gone in silence."""

import uuid
from collections.abc import Callable

import pytest
from django.contrib.auth.models import Group, User
from django.db.models import CASCADE, PROTECT, ProtectedError
from django.test import Client
from django.urls import reverse
from wagtail.models import Comment, CommentReply

from authorities.models import Place
from cms.desk.handover import keys, left_by
from cms.desk.usage import references
from tests.desk.forms import fields_of, form_of
from tests.desk.holdings import put
from tours.models import OneTimePassword, Question, Run, Script, Sending, Stop, Tour

GUIDES = "讲解员"
OF_THE_ACCOUNT = {
    "tours.OneTimePassword", "tours.Sending", "wagtailusers.UserProfile", "wagtailadmin.EditingSession",
    "wagtailadmin.FormState", "wagtailcore.APIToken", "wagtailcore.PageSubscription", "admin.LogEntry",
    "auth.User_groups", "auth.User_user_permissions", "cms.HeadingChoice", "cms.NameChoice",
}  # fmt: skip
"""What is about an account and nothing that somebody wrote: it goes with it."""


def test_every_model_that_points_to_a_person_keeps_what_was_written(db: None) -> None:
    """A new one that would be deleted along with its author is either known here to be the account's own, or fails."""
    handed = {(key.model, key.name) for key in keys()}
    lost = {
        key.model._meta.label
        for key in references(User)
        if key.remote_field.on_delete is CASCADE and (key.model, key.name) not in handed
    }
    assert lost == OF_THE_ACCOUNT
    assert {(Script, "owner"), (Comment, "user"), (CommentReply, "user")} <= handed
    assert Script._meta.get_field("owner").remote_field.on_delete is PROTECT


@pytest.fixture
def guide(person: Callable[..., User]) -> User:
    """A guide with a tour: a stop with a script, a run, a question; a remark in a margin with an answer."""
    user = person("lin", GUIDES)
    place = put(Place, "龙华塔")
    tour = put(Tour, "第一条", owner=user)
    stop = Stop.objects.create(tour=tour, sort_order=0, holding=place.holding_ptr)
    Script.objects.create(stop=stop, owner=user, text="先问孩子。")
    Run.objects.create(
        key=uuid.uuid4(), tour=tour, audience="general", language="zh-hans", began_at="2026-05-18T02:00Z"
    )
    Question.objects.create(key=uuid.uuid4(), tour=tour, stop=stop, text="多高？", asked_on="2026-05-18")
    remark = Comment.objects.create(page=place.page_ptr, user=user, text="待核", contentpath="summary")
    CommentReply.objects.create(comment=remark, user=user, text="已核")
    OneTimePassword.objects.create(user=user)
    Sending.objects.create(owner=user, key="x")
    return user


def counts() -> list[int]:
    """Return how many there are of everything that was written."""
    return [model.objects.count() for model in (Tour, Stop, Script, Run, Question, Comment, CommentReply)]


def page_of(user: User) -> str:
    """Return the address where an account is deleted."""
    return reverse("wagtailusers_users:delete", args=[user.pk])


@pytest.mark.each_database
def test_it_is_listed_and_handed_to_a_colleague(
    guide: User, sit: Callable[..., Client], person: Callable[..., User]
) -> None:
    administrator, colleague, before = sit("admin", ""), person("chen", GUIDES), counts()
    person("editor", "编辑")
    html = administrator.get(page_of(guide)).content.decode()
    for word in ("导览 1", "我的讲稿 1", "交给"):
        assert word in html
    form = form_of(html, f"form[action='{page_of(guide)}']")
    offered = {option["value"] for option in form.select("option")} - {""}
    assert offered == {str(user.pk) for user in User.objects.filter(username__in=["admin", "chen"])}
    # Nobody chosen: nothing is done.
    assert administrator.post(page_of(guide), fields_of(form) | {"heir": ""}).status_code == 409
    assert User.objects.filter(pk=guide.pk).exists()
    answer = administrator.post(page_of(guide), fields_of(form) | {"heir": colleague.pk})
    assert answer.status_code == 302
    assert not User.objects.filter(pk=guide.pk).exists()
    assert counts() == before
    assert (Tour.objects.get().owner, Script.objects.get().owner) == (colleague, colleague)
    assert (Comment.objects.get().user, CommentReply.objects.get().user) == (colleague, colleague)
    # She finds it at the bench, the script with it.
    bench = Client()
    bench.force_login(colleague)
    assert "先问孩子。" in bench.get(reverse("guide_tour", args=[Tour.objects.get().pk])).content.decode()


@pytest.mark.each_database
def test_of_two_scripts_at_one_stop_both_are_kept(
    guide: User, sit: Callable[..., Client], person: Callable[..., User]
) -> None:
    colleague = person("chen", GUIDES)
    Script.objects.create(stop=Stop.objects.get(), owner=colleague, text="先看塔。")
    assert sit("admin", "").post(page_of(guide), {"heir": colleague.pk}).status_code == 302
    assert (Script.objects.get().owner, Script.objects.get().text) == (colleague, "先看塔。\n\n先问孩子。")


@pytest.mark.each_database
def test_without_anybody_to_take_it_the_account_stays(guide: User, sit: Callable[..., Client]) -> None:
    """By a forged form as well, to somebody who works in no such group; and never by a line of a program."""
    editor = User.objects.create_user("editor")
    editor.groups.add(Group.objects.get(name="编辑"))
    administrator, before = sit("admin", ""), counts()
    assert administrator.post(page_of(guide), {"heir": editor.pk}).status_code == 409
    with pytest.raises(ProtectedError):
        guide.delete()
    assert (counts(), User.objects.filter(pk=guide.pk).exists()) == (before, True)


def test_in_bulk_it_is_refused(guide: User, sit: Callable[..., Client], person: Callable[..., User]) -> None:
    """Both or neither; each who left nothing can be deleted so."""
    administrator, other, before = sit("admin", ""), person("wang", "编目员"), counts()
    address = reverse("wagtail_bulk_action", args=["auth", "user", "delete"])
    answer = administrator.post(f"{address}?id={guide.pk}&id={other.pk}")
    assert (answer.status_code, page_of(guide) in answer.content.decode()) == (409, True)
    assert (counts(), User.objects.filter(pk__in=[guide.pk, other.pk]).count()) == (before, 2)
    assert administrator.post(f"{address}?id={other.pk}").status_code == 302
    assert not User.objects.filter(pk=other.pk).exists()


def test_who_left_nothing_is_deleted_at_once(sit: Callable[..., Client], person: Callable[..., User]) -> None:
    administrator, other = sit("admin", ""), person("wang", "编目员")
    html = administrator.get(page_of(other)).content.decode()
    assert (
        administrator.post(page_of(other), fields_of(form_of(html, f"form[action='{page_of(other)}']"))).status_code
        == 302
    )
    assert left_by(other) == []
    assert not User.objects.filter(pk=other.pk).exists()
