"""Forms that arrive too late: after the session has ended, or with a token from before the last login."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import Resolver404, resolve, reverse
from django.utils import translation
from django.utils.cache import add_never_cache_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.csrf import csrf_failure

from cms.pages import resumed_forms
from cms.pages.resubmission import Word, again, language_of, typed, withheld

FORBIDDEN = 403
doors: dict[str, str] = {"wagtailadmin_login": "wagtailadmin_home"}
"""Names of the logins, each with the address below which nobody is without it; a kind with a login of its own adds it."""
SHOW_THEMSELVES = {"wagtailadmin_pages:edit", "wagtailadmin_pages:add"}
"""Views that put what was kept into their own form (`cms/desk/editing.py`)."""
FOR_READERS = {"wagtailcore_login", "wagtailcore_authenticate_with_password"}
"""Forms in which readers write a password: as those of the doors they are drawn anew, since without it they are nothing."""


class SessionEnded:
    """Keeps what is sent behind a door by somebody whose session has ended, over the login."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a form that would be sent away to a login with a login that carries it."""
        response = self.get_response(request)
        if request.method == "POST" and (door := led_to(response)) and request.user.is_anonymous and typed(request):
            return login(request, door)
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: list[Any], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Offer what came over a login at the address that it was sent to; once it is sent again it is kept no more."""
        if not request.path.startswith(tuple(reverse(home) for home in doors.values())):
            return None
        found = resumed_forms.kept_for(request)
        if found is None:
            return None
        if request.method == "POST" or "drop" in request.GET:
            resumed_forms.drop(request)
            return None
        if (at := request.resolver_match) and at.view_name in SHOW_THEMSELVES:
            return None
        with translation.override(language_of(request)):
            says = [resumed_forms.welcome_back(request), *password_lacks(found.withheld)]
            return again(request, Word(_("您写的还在"), says, _("再发一次")), 200, found.fields, opened=True)


def led_to(response: HttpResponse) -> str:
    """Return the name of the login that an answer sends somebody to; "" where it sends nobody to one."""
    if response.status_code != 302:
        return ""
    try:
        name = resolve(urlsplit(response["Location"]).path).view_name
    except Resolver404:
        return ""
    return name if name in doors else ""


def login(request: HttpRequest, door: str) -> HttpResponse:
    """Ask who it is, by the page of that login, on a page that carries the form."""
    match = resolve(reverse(door))
    made: Any = match.func  # with the class on it, as `as_view` leaves it
    view = made.view_class(**made.view_initkwargs)
    view.setup(request)
    context = view.get_context_data(form=view.get_form_class()(request))
    context |= {"next": request.get_full_path(), "kept": resumed_forms.sealed(request), "ended": True}
    response = render(request, view.get_template_names(), context, status=FORBIDDEN)
    add_never_cache_headers(response)
    return response


def password_lacks(lacks: bool) -> list[str]:
    """Return the sentence for a form of which a password was a part."""
    return [_("口令不会留下：发了以后，请在下一页重新写。")] if lacks else []


def stale(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form with a stale token: it can be sent again where it came from a page of this site, and from nowhere else."""
    if request.method != "POST" or not from_here(request) or not typed(request):
        return csrf_failure(request, reason)
    with translation.override(language_of(request)):
        if (at := request.resolver_match) and at.view_name in {*doors, *FOR_READERS}:
            says = [_("这一页打开以后您重新登录过，口令没有收下。还要登录的话，会再请您写一次。")]
            return again(request, Word(_("请再打开一次"), says, _("打开")), FORBIDDEN, [], address=leading_to(request))
        says = [_("这一页打开以后您重新登录过，所以没有存下。您写的都还在，请再发一次。选好的文件要重新选。")]
        says += password_lacks(withheld(request))
        return again(request, Word(_("请再发一次"), says, _("再发一次")), FORBIDDEN)


def leading_to(request: HttpRequest) -> str:
    """Return the address on this site to which a form with a password would have led, or its own."""
    wanted = request.POST.get("next") or request.POST.get("return_url") or ""
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if safe else request.get_full_path()


def from_here(request: HttpRequest) -> bool:
    """Whether the browser says that a page of this site sent the form."""
    origin = request.headers.get("Origin") or request.headers.get("Referer") or ""
    parts = urlsplit(origin)
    return (parts.scheme, parts.netloc) == (request.scheme, request.get_host())
