"""What an import may not write into: what is locked, in review, to be published by the clock, or a copy of another page."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.utils import timezone
from wagtail.models import Page, Revision, WorkflowState

AT_ONCE = 500
"""Rows asked for in one query; SQLite takes no list of any length."""


def closed(ids: Iterable[int], user: User | None) -> dict[int, str]:
    """Return why pages cannot be changed now, by id; those that can are left out."""
    reasons: dict[int, str] = {}
    wanted = sorted(set(ids))
    for start in range(0, len(wanted), AT_ONCE):
        some = wanted[start : start + AT_ONCE]
        # The last reason wins: a lock says by whom, and is the one to be lifted first.
        reasons.update(scheduled(some))
        reasons.update(in_review(some))
        reasons.update(locked(some, user))
    return reasons


def scheduled(ids: list[int]) -> dict[int, str]:
    """Return the pages of which a version waits to be published by the clock."""
    rows = Revision.page_revisions.filter(object_id__in=list(map(str, ids)), approved_go_live_at__isnull=False)
    return {
        int(pk): f"已排定 {timezone.localtime(at):%Y-%m-%d %H:%M} 发布另一个版本，请先取消排定，或等它发布。"
        for pk, at in rows.values_list("object_id", "approved_go_live_at")
    }


def in_review(ids: list[int]) -> dict[int, str]:
    """Return the pages that somebody reviews, or was asked to change by a reviewer."""
    found = WorkflowState.objects.active().filter(
        base_content_type__app_label="wagtailcore", base_content_type__model="page", object_id__in=list(map(str, ids))
    )
    return {
        int(state.object_id): f"正在送审（{state.workflow.name}），请等审完，或先撤回送审。"
        for state in found.select_related("workflow")
    }


def locked(ids: list[int], user: User | None) -> dict[int, str]:
    """Return the pages that are locked for this user, and those that follow another page."""
    reasons = {}
    for page in Page.objects.filter(pk__in=ids).select_related("locked_by", "alias_of"):
        if page.alias_of:
            reasons[page.pk] = f"这是“{page.alias_of.title}”的别名页，内容跟着那一页走；请改那一页。"
        elif page.locked and not own_lock(page, user):
            whom = f"由 {page.locked_by} 锁定" if page.locked_by else "已锁定"
            reasons[page.pk] = f"{whom}，请先解锁。"
    return reasons


def own_lock(page: Any, user: User | None) -> bool:
    """Tell whether a lock keeps others out, but not this user; the rule is Wagtail's."""
    everybody = getattr(settings, "WAGTAILADMIN_GLOBAL_EDIT_LOCK", False)
    return user is not None and page.locked_by_id == user.pk and not everybody
