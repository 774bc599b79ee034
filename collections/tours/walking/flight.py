"""The script that keeps pages for flight mode, served where it may look after the whole site's tours."""

from functools import cache
from pathlib import Path

from django.http import HttpRequest, HttpResponse

SCRIPT = Path(__file__).with_name("worker.js")


@cache
def script() -> str:
    """Return the worker's text; a new one comes with a new process."""
    return SCRIPT.read_text("utf-8")


def worker(request: HttpRequest) -> HttpResponse:
    """Serve it with leave for any scope: pages ask for those of the bench and of tours alone."""
    answer = HttpResponse(script(), content_type="text/javascript; charset=utf-8")
    answer["Service-Worker-Allowed"] = "/"
    answer["Cache-Control"] = "no-cache"
    return answer
