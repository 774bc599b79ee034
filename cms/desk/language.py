"""The language of an account at the desk, for answers too that Wagtail gives after it has put that language away."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import activate


class LanguageOfAccount:
    """Speaks to somebody at the desk in the language of their account: refusals and missing pages as all others."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Set the language; the middleware of addresses sets it anew at the next request."""
        if request.path.startswith(reverse("wagtailadmin_home")):
            profile = getattr(request.user, "wagtail_userprofile", None)
            if profile and profile.preferred_language:
                activate(profile.preferred_language)
        return self.get_response(request)
