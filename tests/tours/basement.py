"""What the tests of places without signal share: a network that can be made slow, and addresses."""

from collections.abc import Callable
from threading import Event

from django.core.signals import request_started
from playwright.sync_api import Page

from tours.models import Stop, Tour

Seat = Callable[..., Page]
"""A function that opens a page of a phone."""
SLOW = "信号慢，还在等回答……"
NAMES = "caches.keys()"


class Line:
    """A network on which answers come when the test lets them; it counts the requests that were held."""

    def __init__(self) -> None:
        self.held: list[str] = []
        self._holds: Callable[[str, str], bool] = lambda method, address: False
        self._go = Event()
        request_started.connect(self._come)

    def _come(self, environ: dict, **_signal: object) -> None:
        address = environ.get("PATH_INFO", "") + "?" + environ.get("QUERY_STRING", "")
        if "HTTP_X_ZHIHUI_KEEP" in environ or not self._holds(environ.get("REQUEST_METHOD", ""), address):
            return
        self.held.append(address)
        assert self._go.wait(60)

    def hold(self, holds: Callable[[str, str], bool]) -> None:
        """From now on let those requests wait, told by method and address, but for those that are only to keep a page."""
        self._go.clear()
        self._holds = holds

    def let_go(self) -> None:
        """Answer."""
        self._holds = lambda method, address: False
        self._go.set()


def bench_of(tour: Tour) -> str:
    """Return the address of a tour at the bench."""
    return f"/guide/tours/{tour.pk}/"


def code_of(tour: Tour, number: int) -> str:
    """Return the code of a stop by its place."""
    return Stop.objects.filter(tour=tour).order_by("sort_order")[number - 1].sign.code
