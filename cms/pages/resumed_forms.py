"""A form that was sent after the session had ended: carried through the login, and offered again to who logged in."""

import json
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.contrib.auth.signals import user_logged_in
from django.core import signing
from django.http import HttpRequest, QueryDict
from django.utils.html import format_html
from django.utils.translation import gettext as _

from cms.pages.resubmission import Fields, typed, withheld
from cms.pages.throttle import known_name

SALT = "cms.pages.kept"
FIELD = "kept"
"""The name of the hidden field of the login form, and of the entry of the session."""
LONGEST = 2_000_000
"""Characters, signed; a longer form is not carried."""
FRESH = 24 * 60 * 60
"""Seconds after which nobody is offered it any more."""


@dataclass(frozen=True)
class Kept:
    """What was sent, where to, from the browser of whom ("" where that is not known), and whether it had a password in it."""

    path: str
    fields: Fields
    who: str
    withheld: bool

    @property
    def data(self) -> QueryDict:
        """Return the fields as a form wants them."""
        data = QueryDict(mutable=True)
        for name, value in self.fields:
            data.appendlist(name, value)
        return data


def sealed(request: HttpRequest) -> str:
    """Return what a request sent as a text that only this site could have written; empty where it is too long."""
    sent = {
        "path": request.get_full_path(),
        "fields": typed(request),
        "who": known_name(request),
        "withheld": withheld(request),
    }
    text = signing.dumps(sent, salt=SALT, compress=True)
    return text if len(text) <= LONGEST else ""


def opened(text: str | None) -> Kept | None:
    """Return what was sealed, if it is ours and not stale."""
    try:
        found = signing.loads(str(text), salt=SALT, max_age=FRESH)
    except (signing.BadSignature, ValueError, json.JSONDecodeError):
        return None
    fields = [(name, value) for name, value in found["fields"]]
    return Kept(found["path"], fields, found["who"], found["withheld"])


def take_over(sender: type[User], request: HttpRequest, user: User, **kwargs: Any) -> None:
    """After a login that carried a form, keep it with the new session, so that nobody else is offered it.

    On a computer that several use, another may be the first to log in: what a guide writes for herself is not for him.
    """
    text = request.POST.get(FIELD, "") if request is not None else ""
    found = opened(text) if text and len(text) <= LONGEST else None
    if found and found.who in ("", user.get_username()):
        request.session[FIELD] = text


def put_by(request: HttpRequest) -> None:
    """Keep what a request sent with the session, while something else has to be done first."""
    if typed(request):
        request.session[FIELD] = sealed(request)


def waiting(request: HttpRequest) -> Kept | None:
    """Return the form that waits for somebody, if one does."""
    text = request.session.get(FIELD) if request.user.is_authenticated else None
    return opened(text) if text else None


def kept_for(request: HttpRequest) -> Kept | None:
    """Return the form that waits for this address, if one does."""
    found = waiting(request)
    return found if found and found.path.partition("?")[0] == request.path else None


def drop(request: HttpRequest) -> None:
    """Offer it no more."""
    request.session.pop(FIELD, None)


def welcome_back(request: HttpRequest) -> str:
    """Return what is said above a form that came through a login, with the way to let it go."""
    said = _("登录已经过期，所以刚才没有存下。您写的都在下面，请看一遍，再按一次保存。选好的文件要重新选。")
    return format_html('{} <a href="{}?drop">{}</a>', said, request.path, _("不要了，看存下的样子"))


def connect() -> None:
    """Listen to logins."""
    user_logged_in.connect(take_over, dispatch_uid="cms.pages.resumed_forms")
