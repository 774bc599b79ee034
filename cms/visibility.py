"""What a visitor may see: the one place that decides, called by every surface."""

from collections import defaultdict
from typing import TypeVar

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Substr
from django.db.models.lookups import In
from django.http import HttpRequest
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

P = TypeVar("P", bound=Page)


def closing(request: HttpRequest | None) -> list[Page]:
    """Return the pages that can close what stands under them, with their restrictions; read once a request.

    They are those with a restriction, and those with pages under them that are not shown themselves: a chapter of a
    book that is no longer published is no longer published either.
    """
    if request is None:
        return read_closing()
    if not hasattr(request, "_closing"):
        request._closing = read_closing()
    return request._closing


def read_closing() -> list[Page]:
    """Read those pages: one query, and one more where there are any."""
    now = timezone.now()
    unseen = Q(live=False) | Q(expire_at__lte=now) | Q(go_live_at__gt=now) | Q(holding__use_web=False)
    restricted = Q(pk__in=PageViewRestriction.objects.values("page"))
    pages = Page.objects.filter(restricted | (Q(numchild__gt=0) & unseen))
    columns = ("path", "live", "expire_at", "go_live_at")
    return list(pages.only(*columns).annotate(_use_web=F("holding__use_web")).prefetch_related("view_restrictions"))


def restrictions(request: HttpRequest | None) -> list[PageViewRestriction]:
    """Return every restriction with its page; read once a request."""
    return [restriction for page in closing(request) for restriction in page.view_restrictions.all()]


def restrictions_against(request: HttpRequest | None) -> list[PageViewRestriction]:
    """Return the restrictions that this visitor has not passed."""
    return [r for r in restrictions(request) if request is None or not r.accept_request(request)]


def closed_paths(request: HttpRequest | None) -> list[str]:
    """Return the paths of the branches that are closed to this visitor, without those inside another."""
    against = {restriction.page_id for restriction in restrictions_against(request)}
    shut = [p.path for p in closing(request) if p.pk in against or p._use_web is False or not in_its_time(p)]
    outermost: list[str] = []
    for path in sorted(shut):
        if not (outermost and path.startswith(outermost[-1])):
            outermost.append(path)
    return outermost


def in_its_time(page: Page) -> bool:
    """Tell whether a page is live now, neither expired nor to come."""
    now = timezone.now()
    over = page.expire_at is not None and page.expire_at <= now
    to_come = page.go_live_at is not None and page.go_live_at > now
    return page.live and not over and not to_come


def outside(paths: list[str]) -> Q:
    """Return the condition of standing in none of these branches; as short for a thousand as for one."""
    by_length: dict[int, list[str]] = defaultdict(list)
    for path in paths:
        by_length[len(path)].append(path)
    found = Q()
    for length, alike in by_length.items():
        found &= ~Q(In(Substr("path", 1, length), alike))
    return found


def condition(model: type[Page], request: HttpRequest | None, use: str = "web") -> Q:
    """Return the condition under which a page is seen: live, in its time, in no closed branch, its use allowed."""
    now = timezone.now()
    seen = Q(live=True) & (Q(expire_at__isnull=True) | Q(expire_at__gt=now))
    seen &= Q(go_live_at__isnull=True) | Q(go_live_at__lte=now)
    seen &= outside(closed_paths(request))
    # Pages of the site itself have no rights that could forbid a use.
    if hasattr(model, "use_web"):
        seen &= Q(**{f"use_{use}": True})
    return seen


def visible(queryset: "QuerySet[P]", request: HttpRequest | None, use: str = "web") -> "QuerySet[P]":
    """Return what of the pages this visitor may see for a use: web, print, offline or api.

    With no request the visitor is nobody in particular. What closes an ancestor counts.
    """
    return queryset.filter(condition(queryset.model, request, use))


def hidden(queryset: "QuerySet[P]", request: HttpRequest | None) -> "QuerySet[P]":
    """Return the pages that this visitor may not see, which a search must not even count."""
    return queryset.exclude(condition(queryset.model, request))


def is_visible(page: Page, request: HttpRequest | None, use: str = "web") -> bool:
    """Say of one page just read what `visible()` says of many; a preview is decided by the admin that asked for it."""
    if request is not None and getattr(request, "is_preview", False):
        return True
    closed = any(page.path.startswith(path) for path in closed_paths(request))
    return in_its_time(page) and not closed and getattr(page, f"use_{use}", True)
