"""What waits for somebody: what a reviewer sent back, with the remark, what is theirs to review, and drafts not handed in."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db.models import BigIntegerField, CharField, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast
from django.utils.translation import gettext as _
from wagtail.models import GroupApprovalTask, Page, TaskState

from cms.desk.first_page.things import Thing, thing_of
from cms.desk.listing.asked import may_edit
from cms.desk.listing.reviews import IN_REVIEW, RETURNED, open_reviews
from cms.models import Holding

MOST = 12
RETURN, REVIEW, DRAFT = range(3)
COLUMNS = ("rank", "key", "content_type_id", "title", "since", "who", "remark")


@dataclass(frozen=True)
class Waiting:
    """One thing that waits: what it is, what became of it, who said what of it, since when, and what to press."""

    thing: Thing
    state: str
    who: str
    remark: str
    since: datetime | None
    act: str
    returned: bool


def waiting(user: User) -> list[Waiting]:
    """Return what waits for somebody, in one query: what was sent back first, then reviews, then drafts, the latest first."""
    read = returned(user).union(to_review(user), drafts(user), all=True).order_by("rank", "-since")[:MOST]
    return [said(row) for row in read if row["title"]]


def reviews(rank: int, since: str, who: str, remark: str) -> "QuerySet[Any]":
    """Return the open reviews with the title of each page, its moment and its remark."""
    page = Page.objects.filter(pk=Cast(OuterRef("object_id"), BigIntegerField()))
    return open_reviews().annotate(
        rank=Value(rank, IntegerField()),
        key=F("object_id"),
        title=Subquery(page.values("draft_title")[:1]),
        since=F(since),
        who=F(who) if who else Value("", CharField()),
        remark=F(remark) if remark else Value("", CharField()),
    )


def returned(user: User) -> "QuerySet[Any, dict[str, Any]]":
    """Return what somebody handed in, or owns, and has to mend."""
    task = "current_task_state__"
    owned = Page.objects.filter(owner=user, pk=Cast(OuterRef("object_id"), BigIntegerField()))
    rows = reviews(RETURN, f"{task}finished_at", f"{task}finished_by__username", f"{task}comment")
    return rows.filter(Q(requested_by=user) | Q(Exists(owned)), status=RETURNED).values(*COLUMNS)


def to_review(user: User) -> "QuerySet[Any, dict[str, Any]]":
    """Return what is somebody's to review: by the groups that a task names, or all for an administrator."""
    rows = reviews(REVIEW, "current_task_state__started_at", "requested_by__username", "")
    rows = rows.filter(status=IN_REVIEW, current_task_state__status=TaskState.STATUS_IN_PROGRESS)
    if not user.is_superuser:
        theirs = GroupApprovalTask.objects.filter(groups__user=user)
        rows = rows.filter(current_task_state__task__in=theirs.values("pk"))
    return rows.values(*COLUMNS)


def drafts(user: User) -> "QuerySet[Any, Any]":
    """Return what somebody wrote last, has not published, and has not handed in."""
    handed_in = open_reviews().annotate(page_key=Cast("object_id", BigIntegerField())).values("page_key")
    rows = Holding.objects.filter(may_edit(user), latest_revision__user=user, has_unpublished_changes=True)
    return (
        rows.exclude(pk__in=handed_in)
        .order_by()
        .annotate(
            rank=Value(DRAFT, IntegerField()),
            key=Cast("pk", CharField()),
            since=F("latest_revision_created_at"),
            who=Value("", CharField()),
            remark=Value("", CharField()),
        )
        .values("rank", "key", "content_type_id", "draft_title", "since", "who", "remark")
    )


def said(row: dict[str, Any]) -> Waiting:
    """Return one thing in words, with the page on which it is dealt with."""
    words = {
        RETURN: (_("退回待改"), _("去改")),
        REVIEW: (_("等您审"), _("去审")),
        DRAFT: (_("草稿，没有送审"), _("接着写")),
    }
    state, act = words[row["rank"]]
    return Waiting(
        thing_of(int(row["key"]), row["content_type_id"], row["title"]),
        state,
        row["who"] or "",
        row["remark"] or "",
        row["since"],
        act,
        row["rank"] == RETURN,
    )
