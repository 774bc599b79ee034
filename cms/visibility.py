"""What a visitor may see: the one place that decides, called by every surface."""

from dataclasses import dataclass
from typing import TypeVar

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

P = TypeVar("P", bound=Page)


@dataclass(frozen=True)
class Closed:
    """A branch of the tree, by the path of its top, that a restriction closes."""

    path: str
    restriction: PageViewRestriction


def closed(request: HttpRequest | None) -> list[Closed]:
    """Return every branch that a restriction closes, to whomever; read once a request."""
    if request is None:
        return read_closed()
    if not hasattr(request, "_closed"):
        request._closed = read_closed()
    return request._closed


def read_closed() -> list[Closed]:
    """Read the restrictions: each closes the page that it stands on, and whatever is an alias of that or of a page below."""
    found = [Closed(r.page.path, r) for r in PageViewRestriction.objects.select_related("page")]
    aliases = list(Page.objects.filter(alias_of__isnull=False).values_list("path", "alias_of__path")) if found else []
    # An alias below an alias closes in turn, so the list grows while it is read.
    known = {(one.path, one.restriction.pk) for one in found}
    for one in found:
        for path, source in aliases:
            if source.startswith(one.path) and (path, one.restriction.pk) not in known:
                known.add((path, one.restriction.pk))
                found.append(Closed(path, one.restriction))
    return found


def closed_to(request: HttpRequest | None) -> list[str]:
    """Return the paths of the branches that this visitor may not enter."""
    return [one.path for one in closed(request) if request is None or not one.restriction.accept_request(request)]


def condition(model: type[Page], request: HttpRequest | None, use: str = "web") -> Q:
    """Return the condition under which a page is seen: live, in its time, unrestricted, its use allowed."""
    now = timezone.now()
    seen = Q(live=True) & (Q(expire_at__isnull=True) | Q(expire_at__gt=now))
    seen &= Q(go_live_at__isnull=True) | Q(go_live_at__lte=now)
    for path in closed_to(request):
        seen &= ~Q(path__startswith=path)
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
    barred = any(page.path.startswith(path) for path in closed_to(request))
    return in_its_time and not barred and getattr(page, f"use_{use}", True)
