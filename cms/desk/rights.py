"""Who may do what at the desk, beyond what Wagtail asks itself."""

from django.contrib.auth.models import AnonymousUser, User
from django.http import HttpRequest
from wagtail.permissions import page_permission_policy

KEEPING = ("change", "publish")


class DeskRequest(HttpRequest):
    """A request to the admin, which lets in nobody who is not logged in."""

    user: User


def may_publish(user: User | AnonymousUser) -> bool:
    """Whether somebody may change what readers see; whatever does so at once asks this."""
    return page_permission_policy.user_has_permission(user, "publish")


def may_edit(user: User | AnonymousUser) -> bool:
    """Whether somebody looks after holdings anywhere, so that the lists of what readers asked and missed are for them."""
    return page_permission_policy.user_has_any_permission(user, KEEPING)
