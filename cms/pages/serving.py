"""Pages served as Wagtail serves them, one query sooner, and not drawn at all where the reader has them already."""

import hashlib
from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control
from wagtail import views
from wagtail.models import Site

from cms.pages.edition import edition, stamp
from cms.pages.remembering import note_edition, remembered
from cms.visibility import keep_closed, read_closed

OWN = "X-Zhihui-"
"""Begins the names of the headers that scripts of the site send."""


def serve(request: HttpRequest, path: str) -> HttpResponse:
    """Answer with the page at an address, or with 304 when it is still what the reader's browser keeps.

    Http404 where there is no page. Wagtail reads the site, and the whole home page, on the way to every other; here the
    site is remembered as long as nothing is written, with only what finding the way takes of its home page.
    """
    known = edition() if is_anybodys(request) else None
    note_edition(request, known)
    tag = entity_tag(request, known) if known else None
    if tag and (unchanged := get_conditional_response(request, etag=tag)):
        return unchanged
    if known:
        site = site_of(known, request.get_host(), request.get_port())
        request._wagtail_site = site  # type: ignore[attr-defined]  # Wagtail's mark
        keep_closed(request, remembered("closed", request, read_closed))
        vars(request)["_ways"] = remembered("ways", request, dict)
    else:
        found_site(request)
    answer = views.serve(request, path)
    page = (getattr(answer, "context_data", None) or {}).get("page")
    if tag and page is not None and not page.changes_by_the_minute:
        answer["ETag"] = tag
    if known and own_headers(request):
        stamp(answer, known)
    # Kept by whoever likes, and asked about each time: what is hidden is gone with the next request.
    patch_cache_control(answer, no_cache=True)
    return answer


def is_anybodys(request: HttpRequest) -> bool:
    """Tell whether what is asked for comes out the same for anybody without a session."""
    personal = settings.SESSION_COOKIE_NAME in request.COOKIES or "messages" in request.COOKIES
    return not (settings.DEBUG or personal) and request.method in ("GET", "HEAD")


def entity_tag(request: HttpRequest, known: str) -> str:
    """Return the tag of what anybody without a session would get at this address in this edition."""
    spares = getattr(request, "save_data", False)
    # A page may come out otherwise for the site's own scripts, and on another day: the leaf of the day, what is on.
    said = (
        f"{known} {timezone.localdate()} {request.get_host()} {request.get_full_path()} {spares} {own_headers(request)}"
    )
    return f'"{hashlib.blake2b(said.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()}"'


def own_headers(request: HttpRequest) -> list[tuple[str, str]]:
    """Return what the site's own scripts say of what they ask for."""
    return sorted((name, value) for name, value in request.headers.items() if name.startswith(OWN))


@lru_cache(maxsize=8)
def site_of(known: str, host: str, port: str) -> Site | None:
    """Return the site that answers for a host in an edition, as Wagtail finds it."""
    asked = HttpRequest()
    asked.META = {"HTTP_HOST": host, "SERVER_PORT": port}
    return found_site(asked)


def found_site(request: HttpRequest) -> Site | None:
    """Return the site that answers a request, which keeps it, with only what finding the way takes of its home page."""
    if site := Site.find_for_request(request):
        site.root_page = site.root_page.specific_deferred
    return site
