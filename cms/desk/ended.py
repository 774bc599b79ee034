"""Forms that arrive too late: after the session has ended, or with a token from before the last login."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.csrf import csrf_failure
from wagtail.admin.forms.auth import LoginForm
from wagtail.admin.views.account import password_reset_enabled

from cms.desk import kept
from cms.pages.typed import Word, again, language_of, typed

FORBIDDEN = 403
SHOW_THEMSELVES = {"wagtailadmin_pages:edit", "wagtailadmin_pages:add"}
"""Views that put what was kept into their own form (`cms/desk/editing.py`)."""


class SessionEnded:
    """Keeps what is sent to the admin by somebody whose session has ended, over the login."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a form that would be sent away to the login with a login that carries it."""
        response = self.get_response(request)
        if request.method == "POST" and sent_to_login(response) and request.user.is_anonymous and typed(request):
            return login(request)
        return response

    def process_view(self, request: HttpRequest, view: object, args: list, kwargs: dict) -> HttpResponse | None:
        """Offer what came over a login at the address that it was sent to; once it is sent again it is kept no more."""
        if not request.path.startswith(reverse("wagtailadmin_home")):
            return None
        found = kept.kept_for(request)
        if found is None:
            return None
        if request.method == "POST" or "drop" in request.GET:
            kept.drop(request)
            return None
        if request.resolver_match.view_name in SHOW_THEMSELVES:
            return None
        with translation.override(language_of(request)):
            word = Word(_("您写的还在"), [kept.welcome_back(request)], _("再发一次"))
            return again(request, word, 200, found.fields)


def sent_to_login(response: HttpResponse) -> bool:
    """Whether an answer sends somebody to the admin's login."""
    return response.status_code == 302 and urlsplit(response["Location"]).path == reverse("wagtailadmin_login")


def login(request: HttpRequest) -> HttpResponse:
    """Ask who it is, on a page that carries the form."""
    context = {
        "form": LoginForm(request),
        "next": request.get_full_path(),
        "show_password_reset": password_reset_enabled(),
        "kept": kept.sealed(request),
        "ended": True,
    }
    return render(request, "wagtailadmin/login.html", context, status=FORBIDDEN)


def stale(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form with a stale token: it can be sent again where it came from a page of this site, and from nowhere else."""
    if request.method != "POST" or not from_here(request) or not typed(request):
        return csrf_failure(request, reason)
    with translation.override(language_of(request)):
        says = [_("这一页打开以后您重新登录过，所以没有存下。您写的都还在，请再发一次。选好的文件要重新选。")]
        return again(request, Word(_("请再发一次"), says, _("再发一次")), FORBIDDEN)


def from_here(request: HttpRequest) -> bool:
    """Whether the browser says that a page of this site sent the form."""
    origin = request.headers.get("Origin") or request.headers.get("Referer") or ""
    parts = urlsplit(origin)
    return (parts.scheme, parts.netloc) == (request.scheme, request.get_host())
