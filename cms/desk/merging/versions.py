"""Versions of pages that changed in a few of their fields alone, many in a few statements."""

from collections.abc import Callable, Iterator
from typing import Any

from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from wagtail.models import Page, PageLogEntry, Revision

from cms.journal.snapshots import slices

ACTION = "zhihui.merge"


def renewed(keys: list[int], change: Callable[[dict[str, Any]], bool], user: User, title: str) -> None:
    """Keep a new version of each of these pages in which `change` finds something to do; what is published stays so, a draft a draft."""
    for some in slices(keys):
        pages = list(Page.objects.filter(pk__in=some).select_related("latest_revision"))
        versions = list(made(pages, change, user))
        Revision.objects.bulk_create([version for _page, version in versions])
        for page, version in versions:
            page.latest_revision, page.latest_revision_created_at = version, version.created_at
            if page.live and not page.has_unpublished_changes:
                page.live_revision = version
        fields = ["latest_revision", "latest_revision_created_at", "live_revision"]
        Page.objects.bulk_update([page for page, _version in versions], fields)
        PageLogEntry.objects.bulk_create(entries(versions, user, title))


def made(pages: list[Page], change: Callable[[dict[str, Any]], bool], user: User) -> Iterator[tuple[Page, Revision]]:
    """Yield pages with their new versions, not yet saved. A page without a version has nothing to renew."""
    now, base = timezone.now(), ContentType.objects.get_for_model(Page)
    for page in pages:
        latest = page.latest_revision
        if latest is None or not change(latest.content):
            continue
        yield page, Revision(
            base_content_type=base, content_type_id=page.content_type_id, object_id=str(page.pk), created_at=now,
            user=user, object_str=latest.object_str, content=latest.content,
        )  # fmt: skip


def entries(versions: list[tuple[Page, Revision]], user: User, title: str) -> Iterator[PageLogEntry]:
    """Yield the lines of the pages' history."""
    for page, version in versions:
        yield PageLogEntry(
            page_id=page.pk, content_type_id=page.content_type_id, label=page.title, action=ACTION, user=user,
            timestamp=version.created_at, revision=version, content_changed=True, data={"title": title},
        )  # fmt: skip
