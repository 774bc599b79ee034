"""Old addresses: a record that was renamed or moved is found where it stood before, by those who may see it.

The old address is noted in the transaction of the change; Wagtail's own way does so after the commit, for each page below
too, and in the language of whoever made the change. Librarians add others in the admin. A redirect to what a reader may not
see would tell its new name, so she is told of none.
"""

from collections.abc import Callable
from typing import Any

from django.db import models
from django.db.models.signals import pre_save
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from cms.pages.language import ENGLISH_PREFIX
from cms.visibility import is_visible

LONGEST = 255
"""Characters of an address that can have been noted."""
DEEPEST = 12
"""Levels of an address that are looked at."""


class RedirectMiddleware:
    """Looks an address up among the old ones where nothing else answers to it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer with the way to the new address, or as if there had been none."""
        response = self.get_response(request)
        if response.status_code != 404 or request.method not in ("GET", "HEAD"):
            return response
        return lead_on(request) or response


def lead_on(request: HttpRequest) -> HttpResponse | None:
    """Return the redirect that an address asks for, if this visitor may follow it."""
    known = {redirect.old_path: redirect for redirect in noted(candidates(request.path))}
    for path, left in candidates(request.path).items():
        if redirect := known.get(path):
            target = target_of(redirect, left, request)
            kind = HttpResponsePermanentRedirect if redirect.is_permanent else HttpResponseRedirect
            return kind(target) if target else None
    return None


def candidates(path: str) -> dict[str, str]:
    """Return the old addresses that could be meant, the longest first, with what is left of the path behind each.

    What was noted for a work holds for the chapters that have moved with it, and for the stops of a tour.
    """
    if "\0" in path or len(path) > LONGEST:
        return {}
    plain = path.removeprefix("/en") if path.startswith(ENGLISH_PREFIX) else path
    steps = plain.strip("/").split("/")
    if len(steps) > DEEPEST:
        return {}
    found: dict[str, str] = {}
    for count in range(len(steps), 0, -1):
        old = "/" + "/".join(steps[:count])
        # A librarian may have added one for the English address alone.
        found |= dict.fromkeys((old, f"/en{old}"), "/".join(steps[count:]))
    return found


def noted(paths: dict[str, str]) -> "list[Redirect]":
    """Return what is noted under any of these addresses, what a librarian added last."""
    return list(Redirect.objects.filter(old_path__in=paths).order_by("-automatically_created")) if paths else []


def target_of(redirect: Redirect, left: str, request: HttpRequest) -> str | None:
    """Return the new address in the language of the old one, the question kept; None where it may not be told."""
    if redirect.redirect_page is None:
        return redirect.redirect_link if redirect.redirect_link and not left else None
    page = redirect.redirect_page.specific
    if not is_visible(page, request):
        return None
    address = (page.get_url(request) or "/") + (f"{left}/" if left else "")
    query = request.GET.urlencode()
    return None if address == request.path else f"{address}?{query}" if query else address


def note_old_address(sender: type[models.Model], instance: models.Model, raw: bool = False, **kwargs: Any) -> None:
    """Before a page that can be read is saved with another address, note the one that it had."""
    fields = kwargs.get("update_fields")
    if (
        raw
        or not isinstance(instance, Page)
        or instance.pk is None
        or (fields is not None and "url_path" not in fields)
    ):
        return
    before = Page.objects.filter(pk=instance.pk, live=True).values_list("url_path", flat=True).first()
    root = next(
        (root.root_path for root in Site.get_site_root_paths() if (before or "").startswith(root.root_path)), None
    )
    if root is None or before in (instance.url_path, root):
        return
    old = Redirect.normalise_path("/" + before.removeprefix(root))
    if len(old) <= LONGEST:
        Redirect.objects.filter(old_path=old, automatically_created=True).delete()
        Redirect.objects.create(old_path=old, redirect_page_id=instance.pk, automatically_created=True)


def connect() -> None:
    """Listen to every page that is saved."""
    pre_save.connect(note_old_address, dispatch_uid="cms.pages.redirects")
