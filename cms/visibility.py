"""What a visitor may see: the one place that decides, called by every surface."""

from typing import TypeVar

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

P = TypeVar("P", bound=Page)


def restrictions(request: HttpRequest | None) -> list[PageViewRestriction]:
    """Return every restriction with its page; read once a request."""
    if request is None:
        return list(PageViewRestriction.objects.select_related("page"))
    if not hasattr(request, "_restrictions"):
        request._restrictions = list(PageViewRestriction.objects.select_related("page"))
    return request._restrictions


def restrictions_against(request: HttpRequest | None) -> list[PageViewRestriction]:
    """Return the restrictions that this visitor has not passed."""
    return [r for r in restrictions(request) if request is None or not r.accept_request(request)]


def condition(model: type[Page], request: HttpRequest | None, use: str = "web") -> Q:
    """Return the condition under which a page is seen: live, in its time, unrestricted, its use allowed."""
    now = timezone.now()
    seen = Q(live=True) & (Q(expire_at__isnull=True) | Q(expire_at__gt=now))
    seen &= Q(go_live_at__isnull=True) | Q(go_live_at__lte=now)
    for restriction in restrictions_against(request):
        page = restriction.page
        seen &= ~Q(path__startswith=page.path)
    # Pages of the site itself have no rights that could forbid a use.
    if hasattr(model, "use_web"):
        seen &= Q(**{f"use_{use}": True})
    return seen


def visible(queryset: "QuerySet[P]", request: HttpRequest | None, use: str = "web") -> "QuerySet[P]":
    """Return what of the pages this visitor may see for a use: web, print, offline or api.

    With no request the visitor is nobody in particular. Restrictions of an ancestor count.
    """
    return queryset.filter(condition(queryset.model, request, use))


def hidden(queryset: "QuerySet[P]", request: HttpRequest | None) -> "QuerySet[P]":
    """Return the pages that this visitor may not see, which a search must not even count."""
    return queryset.exclude(condition(queryset.model, request))


def is_visible(page: Page, request: HttpRequest | None, use: str = "web") -> bool:
    """Say of one page just read what `visible()` says of many; a preview is decided by the admin that asked for it."""
    if request is not None and getattr(request, "is_preview", False):
        return True
    now = timezone.now()
    in_its_time = page.live and not (
        (page.expire_at and page.expire_at <= now) or (page.go_live_at and page.go_live_at > now)
    )
    closed = any(page.path.startswith(r.page.path) for r in restrictions_against(request))
    return in_its_time and not closed and getattr(page, f"use_{use}", True)
