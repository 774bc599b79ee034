"""Tries of a password: counted by name and by address, forgotten after a quarter of an hour.

Ten wrong ones close a name and thirty an address. A browser in which that name once logged in keeps a signed cookie and is
not closed out by what others try from elsewhere (OWASP's "device cookies"): nobody can lock an administrator out for good.
The password of a page has no name; ten wrong ones close it to the address that they came from, to nobody else.
"""

import ipaddress
from collections.abc import Callable
from typing import Any

from axes.attempts import get_cool_off_threshold
from axes.handlers.database import AxesDatabaseHandler
from axes.handlers.proxy import AxesProxyHandler
from axes.helpers import get_client_username, get_lockout_response
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.signals import user_logged_in, user_login_failed
from django.core.signing import BadSignature
from django.db.models import QuerySet, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from wagtail.views import authenticate_with_password

NAME_LIMIT = 10
"""Wrong tries of one name; those of one address are limited by AXES_FAILURE_LIMIT."""
PAGE = "page "
"""Begins the name under which tries of a page's password are counted; no account can have a space in its name."""
DEVICE, DEVICE_AGE = "known", 365 * 24 * 3600
"""The cookie of a browser that has been let in, and the seconds for which it is kept."""


def client_address(request: HttpRequest) -> str:
    """Return the address that a request came from, behind as many proxies as the operator says may be believed.

    Each proxy adds the address that it was asked from at the right end of X-Forwarded-For; what stands further left may be
    anybody's invention.
    """
    nearest = request.META.get("REMOTE_ADDR", "")
    if settings.TRUSTED_PROXIES:
        told = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",")]
        nearest = told[-settings.TRUSTED_PROXIES] if len(told) >= settings.TRUSTED_PROXIES else nearest
    try:
        return str(ipaddress.ip_address(nearest))
    except ValueError:
        # A server on a socket has no address; a proxy that is set up wrongly may say anything.
        return "0.0.0.0"  # noqa: S104


def tried_name(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str:
    """Return the name that was tried, as a column of the database takes it."""
    name = (credentials or {}).get("username") or request.POST.get("username", "")
    return str(name).replace("\0", "")[:255]


def known_name(request: HttpRequest) -> str:
    """Return the name that was the last to log in from this very browser; "" where none was."""
    try:
        return request.get_signed_cookie(DEVICE, default="", salt=DEVICE, max_age=DEVICE_AGE) or ""
    except BadSignature:
        return ""


def remember_device(
    sender: type[AbstractBaseUser], request: HttpRequest, user: AbstractBaseUser, **kwargs: Any
) -> None:
    """Let the answer to a login carry the cookie of a known browser."""
    request.known_device_of = user.get_username()  # type: ignore[attr-defined]  # a mark of ours


class LoginThrottle(AxesDatabaseHandler):
    """Counts wrong tries in the database, so that all servers of a site know of them."""

    def get_failures(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> int:
        """Return the wrong tries that count against this one, those of a name weighed as much more as its limit is lower."""
        recent = AccessAttempt.objects.filter(attempt_time__gte=get_cool_off_threshold(request))
        name = get_client_username(request, credentials)
        here = recent.filter(ip_address=request.axes_ip_address)  # type: ignore[attr-defined]  # the mark of axes
        if name.startswith(PAGE):
            of_name = wrong(here.filter(username=name))
        else:
            of_name = 0 if known_name(request) == name else wrong(recent.filter(username=name))
        return max(wrong(here), of_name * settings.AXES_FAILURE_LIMIT // NAME_LIMIT)


def wrong(attempts: "QuerySet[AccessAttempt]") -> int:
    """Return how many wrong tries some rows stand for."""
    return attempts.aggregate(n=Sum("failures_since_start"))["n"] or 0


class KnownDeviceMiddleware:
    """Gives a browser that was let in the cookie by which it is known."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Draw the answer; a login in it is remembered by the browser."""
        response = self.get_response(request)
        if name := getattr(request, "known_device_of", None):
            response.set_signed_cookie(
                DEVICE,
                name,
                salt=DEVICE,
                max_age=DEVICE_AGE,
                secure=settings.SESSION_COOKIE_SECURE,
                httponly=True,
                samesite="Lax",
            )
        return response


def closed_out(
    request: HttpRequest, answer: HttpResponse | None = None, credentials: dict[str, Any] | None = None
) -> HttpResponse:
    """Tell, in both languages, that there were too many tries and when to come again."""
    response = render(request, "cms/closed_out.html", {"minutes": int(settings.AXES_COOLOFF_TIME * 60)}, status=429)
    response["Retry-After"] = str(int(settings.AXES_COOLOFF_TIME * 3600))
    return response


def page_password(request: HttpRequest, page_view_restriction_id: int, page_id: int) -> HttpResponse:
    """Take the password of a page as Wagtail does, and count the wrong ones."""
    credentials = {"username": f"{PAGE}{page_view_restriction_id}"}
    if request.method == "POST" and not AxesProxyHandler.is_allowed(request, credentials):
        return get_lockout_response(request, credentials=credentials)
    answer = authenticate_with_password(request, page_view_restriction_id, page_id)
    # A right one leads on; the form comes back with anything else.
    if request.method == "POST" and answer.status_code == 200:
        user_login_failed.send(sender=__name__, credentials=credentials, request=request)
    return answer


def connect() -> None:
    """Listen to logins."""
    user_logged_in.connect(remember_device, dispatch_uid="cms.pages.throttle")
