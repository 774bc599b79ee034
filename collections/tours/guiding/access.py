"""Who may work at the guide's bench, and with which tours: their own alone."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import AnonymousUser, Group, Permission, User
from django.contrib.auth.views import redirect_to_login
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache

from cms.pages.edition import edition, stamp
from cms.pages.resumed_forms import put_by
from tours.flight import use_of
from tours.models import OneTimePassword, Tour

GUIDES = "讲解员"
RIGHT = "tours.add_tour"
ACCOUNT = "guide_account"
"""Name of the address where a guide changes the password."""


class GuideRequest(HttpRequest):
    """A request that `for_guides` has let through: somebody is logged in."""

    user: User


def put_up_guides(**kwargs: Any) -> None:
    """After `migrate`: the group of guides, with the right to make tours and none to enter the admin."""
    # Django makes permissions in a receiver of the same signal, which may come after this one.
    create_permissions(kwargs["app_config"], verbosity=0)
    group, made = Group.objects.get_or_create(name=GUIDES)
    if made:
        group.permissions.add(Permission.objects.get(content_type__app_label="tours", codename="add_tour"))


def may_guide(user: User | AnonymousUser) -> bool:
    """Whether somebody works at the bench: guides, and whoever may do everything."""
    return user.is_active and user.has_perm(RIGHT)


def for_guides(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Show a page to guides; send others to the bench's login, and say 404 to those logged in without the right.

    No cache between keeps it: a shared computer must not show it again after the guide has left.
    """

    @never_cache
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path(), reverse("guide_login"))
        if not may_guide(request.user):
            raise Http404
        at = request.resolver_match
        if must_change_password(request.user) and (at is None or at.url_name != ACCOUNT):
            put_by(request)
            return redirect(ACCOUNT)
        known = edition() if use_of(request) == "offline" else ""
        answer = view(request, *args, **kwargs)
        if known:
            stamp(answer, known)
        return answer

    return guarded


def for_forms(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Take a form from guides; whoever comes without one, by Back, from a login or in the other language, is led to its page."""

    @for_guides
    @wraps(view)
    def taken(request: GuideRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "POST":
            return view(request, *args, **kwargs)
        return redirect("guide_tour", own_tour(request.user, kwargs["pk"]).pk) if "pk" in kwargs else redirect("guide")

    return taken


def must_change_password(user: User) -> bool:
    """Whether somebody else chose this account's password, so that it opens nothing but the page where it is changed."""
    return OneTimePassword.objects.filter(user=user).exists()


def own_tours(user: User) -> QuerySet[Tour]:
    """Return the tours of a guide; whoever else asks for one of them gets 404, as for one that does not exist."""
    return Tour.objects.filter(owner=user)


def own_tour(user: User, pk: int) -> Tour:
    """Return one of a guide's own tours; Http404 for any other."""
    found = own_tours(user).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
