"""Pages served as Wagtail serves them, one query sooner, and not drawn at all where the reader has them already."""

import hashlib

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_cache_control
from wagtail import views
from wagtail.models import Site

from cms.pages.edition import edition

OWN = "X-Zhihui-"
"""Begins the names of the headers that scripts of the site send."""


def serve(request: HttpRequest, path: str) -> HttpResponse:
    """Answer with the page at an address, or with 304 when it is still what the reader's browser keeps.

    Http404 where there is no page. Wagtail reads the whole home page on the way to every other; here only what finding
    the way takes is known of it.
    """
    tag = entity_tag(request)
    if tag and (unchanged := get_conditional_response(request, etag=tag)):
        return unchanged
    if site := Site.find_for_request(request):
        site.root_page = site.root_page.specific_deferred
    answer = views.serve(request, path)
    page = (getattr(answer, "context_data", None) or {}).get("page")
    if tag and page is not None and not page.changes_by_the_minute:
        answer["ETag"] = tag
    # Kept by whoever likes, and asked about each time: what is hidden is gone with the next request.
    patch_cache_control(answer, no_cache=True)
    return answer


def entity_tag(request: HttpRequest) -> str | None:
    """Return the tag of what anybody without a session would get at this address now; None for all others."""
    personal = settings.SESSION_COOKIE_NAME in request.COOKIES or "messages" in request.COOKIES
    if settings.DEBUG or personal or request.method not in ("GET", "HEAD"):
        return None
    # A page may come out otherwise for the site's own scripts, which say so in headers of ours.
    asked = sorted((name, value) for name, value in request.headers.items() if name.startswith(OWN))
    said = f"{edition()} {request.get_host()} {request.get_full_path()} {request.save_data} {asked}"
    return f'"{hashlib.blake2b(said.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()}"'
