"""NUL in an address: no text has one, and PostgreSQL refuses to look for it."""

import re
from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse

WRITTEN = re.compile("%00|\0")


class NulMiddleware:
    """Leaves it out of parameters before anything reads them; a path that has one leads nowhere."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Hand the request on without it."""
        if "\0" in request.path_info:
            raise Http404
        # `GET` is read from here when it is first asked for.
        request.META["QUERY_STRING"] = WRITTEN.sub("", request.META.get("QUERY_STRING", ""))
        return self.get_response(request)
