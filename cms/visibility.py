"""What a visitor may see: the one place that decides, called by every surface."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

from django.apps import apps
from django.db.models import BooleanField, ExpressionWrapper, F, Q, QuerySet
from django.db.models.functions import Substr
from django.db.models.lookups import In
from django.http import HttpRequest
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

P = TypeVar("P", bound=Page)


@dataclass(frozen=True)
class Closed:
    """A branch of the tree, by the path of its top, that a restriction closes, or that is closed to all without one."""

    path: str
    restriction: PageViewRestriction | None


def closed(request: HttpRequest | None) -> list[Closed]:
    """Return every branch that is closed, to whomever; read once a request.

    Its top has a restriction, or is not shown itself and has pages under it or aliases: a chapter of a book that is no
    longer published is no longer published either, wherever else it stands.
    """
    if request is None:
        return read_closed()
    kept: dict[str, Any] = vars(request)
    if "_closed" not in kept:
        kept["_closed"] = read_closed()
    return kept["_closed"]


def keep_closed(request: HttpRequest, found: list[Closed]) -> None:
    """Let a request know what is closed, as it was read in the edition of the library that the request has just read."""
    vars(request)["_closed"] = found


def read_closed() -> list[Closed]:
    """Read them: one query, and two more where there are any."""
    now = timezone.now()
    unseen = Q(live=False) | Q(expire_at__lte=now) | Q(go_live_at__gt=now) | Q(holding__use_web=False)
    restricted = Q(pk__in=PageViewRestriction.objects.values("page"))
    taken = Q(pk__in=taken_down())
    # What hides a page alone, with nothing below it and no alias, is in its own row.
    followed = Q(numchild__gt=0) | Q(pk__in=Page.objects.filter(alias_of__isnull=False).values("alias_of"))
    pages = Page.objects.filter(restricted | taken | (followed & unseen))
    columns = ("path", "live", "expire_at", "go_live_at")
    found: list[Closed] = []
    told = {"_use_web": F("holding__use_web"), "_taken": ExpressionWrapper(taken, BooleanField())}
    for page in pages.only(*columns).annotate(**told).prefetch_related("view_restrictions"):
        found += [Closed(page.path, restriction) for restriction in page.view_restrictions.all()]
        if page._taken or page._use_web is False or not in_its_time(page):
            found.append(Closed(page.path, None))
    return with_aliases(found)


def taken_down() -> "QuerySet[Any, Any]":
    """Return the keys of the pages that somebody took down, whatever their own state is; all below them is down too."""
    return apps.get_model("cms", "TakeDown").objects.filter(in_force=True, page__isnull=False).values("page")


def is_taken_down(page: Page) -> bool:
    """Whether being taken down is what hides a page that readers knew, so that they may be told that it is gone."""
    above = [page.path[:end] for end in range(Page.steplen, len(page.path) + 1, Page.steplen)]
    if not in_its_time(page) or PageViewRestriction.objects.filter(page__path__in=above).exists():
        return False
    return Page.objects.filter(path__in=above, pk__in=taken_down()).exists()


def with_aliases(found: list[Closed]) -> list[Closed]:
    """Add what is closed besides: whatever is an alias of a page in such a branch, and all below it."""
    aliases = list(Page.objects.filter(alias_of__isnull=False).values_list("path", "alias_of__path")) if found else []
    by_path: dict[str, dict[int | None, Closed]] = defaultdict(dict)
    for one in found:
        by_path[one.path][one.restriction and one.restriction.pk] = one
    # An alias below an alias, or of one, closes in turn.
    grown = bool(aliases)
    while grown:
        grown = False
        for path, source in aliases:
            for key, one in list(inherited(by_path, source)):
                if key not in by_path[path]:
                    by_path[path][key] = Closed(path, one.restriction)
                    grown = True
    return [one for alike in by_path.values() for one in alike.values()]


def inherited(by_path: dict[str, dict[int | None, Closed]], path: str) -> Iterator[tuple[int | None, Closed]]:
    """Yield what closes a page, on itself or above it."""
    for end in range(Page.steplen, len(path) + 1, Page.steplen):
        yield from by_path.get(path[:end], {}).items()


def closed_to(request: HttpRequest | None) -> list[str]:
    """Return the paths of the branches that this visitor may not enter, without those inside another."""
    shut = [one.path for one in closed(request) if not passes(one.restriction, request)]
    outermost: list[str] = []
    for path in sorted(shut):
        if not (outermost and path.startswith(outermost[-1])):
            outermost.append(path)
    return outermost


def passes(restriction: PageViewRestriction | None, request: HttpRequest | None) -> bool:
    """Tell whether this visitor has passed a restriction; nobody in particular passes none, and nobody what has none."""
    return restriction is not None and request is not None and restriction.accept_request(request)


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
    seen &= outside(closed_to(request))
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
    barred = any(page.path.startswith(path) for path in closed_to(request))
    return in_its_time(page) and not barred and getattr(page, f"use_{use}", True)
