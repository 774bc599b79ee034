"""What a person typed, taken from a request and laid into a page from which it can be sent again."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils import translation

FORM_STAMP = "csrfmiddlewaretoken"
LONG = 20
"""Characters from which a text is shown on the page, so that it can be read and copied there."""

Fields = list[tuple[str, str]]


def typed(request: HttpRequest) -> Fields:
    """Return what a form sent, field by field, without its token, passwords and files."""
    if request.method != "POST":
        return []
    return [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name != FORM_STAMP and not secret(name)
    ]


def secret(name: str) -> bool:
    """Whether a field of this name holds a password."""
    return "password" in name


def withheld(request: HttpRequest) -> bool:
    """Whether a form had a password in it, which `typed` leaves out."""
    return any(secret(name) for name in request.POST)


@dataclass(frozen=True)
class Word:
    """What a page says: its heading, its sentences, and what is written on the button that sends the form again."""

    heading: str
    says: Iterable[str]
    button: str


def again(request: HttpRequest, word: Word, status: int, fields: Fields | None = None, **more: Any) -> HttpResponse:
    """Answer with a page that holds the form, to be sent again by a button, in the language that is set.

    It asks the database for nothing, so that it can be drawn when the database is what is in the way.
    """
    fields = typed(request) if fields is None else fields
    context = {
        "word": word,
        "address": request.get_full_path(),
        "fields": fields,
        "texts": [value for _name, value in fields if len(value) > LONG and not value.startswith(("{", "["))],
        "token": get_token(request) if fields else "",
        "token_name": FORM_STAMP,
        "language": "en" if (translation.get_language() or "").startswith("en") else "zh-Hans",
        **more,
    }
    return HttpResponse(render_to_string("cms/again.html", context), status=status)


def language_of(request: HttpRequest) -> str:
    """Return the language of the person who asked, without asking the database: of the address, or of a user read before."""
    if request.path.startswith("/en/"):
        return "en"
    user = getattr(request, "_cached_user", None)
    profile = user._state.fields_cache.get("wagtail_userprofile") if user is not None and user.pk else None
    return (profile and profile.preferred_language) or settings.LANGUAGE_CODE
