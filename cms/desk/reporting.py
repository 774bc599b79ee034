"""What the reports for those who may publish have in common: who sees them, and a table a page at a time."""

from typing import Any

from django.contrib.auth.models import AnonymousUser, User
from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest
from wagtail.permissions import page_permission_policy


def may(user: User | AnonymousUser) -> bool:
    """Whether somebody answers for what is published, so that the page is for them."""
    return page_permission_policy.user_has_any_permission(user, ["publish"])


def checked(request: HttpRequest) -> None:
    """Raise PermissionDenied for everybody else."""
    if not may(request.user):
        raise PermissionDenied


def page_of(rows: QuerySet[Any], request: HttpRequest, size: int) -> "Page[Any]":
    """Return the page of a table that is asked for as `p`, the first or last where there is none such."""
    return Paginator(rows, size).get_page(request.GET.get("p"))
