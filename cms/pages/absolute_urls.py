"""Whole addresses of the site, for those who read them elsewhere: search engines, chats, printed pages."""

from django.conf import settings


def absolute(path: str) -> str:
    """Return a path of the site with the protocol and host that the operator gave it, whatever a request's Host says."""
    return settings.WAGTAILADMIN_BASE_URL.rstrip("/") + path
