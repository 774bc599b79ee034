"""What may be kept for flight mode: the worker asks for pages to keep in its own way, and gets what rights allow offline."""

from django.http import HttpRequest

HEADER = "X-Zhihui-Keep"
"""Set by guiding/walking/worker/keeping.js when it fetches a page that it will show without a network."""


def use_of(request: HttpRequest) -> str:
    """Return the use for which a page is drawn: to be kept, or to be looked at."""
    return "offline" if HEADER in request.headers else "web"
