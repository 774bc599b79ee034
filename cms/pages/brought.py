"""What kinds bring to the pages of other kinds: where to borrow a book, and the like."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest

from cms.models import Holding
from cms.pages.home import Part

Read = Callable[[Holding, HttpRequest], Any]
_parts: dict[str, tuple[Read, bool]] = {}


def on_holdings(template: str, by_the_minute: bool = False) -> Callable[[Read], Read]:
    """Put a part on the pages of holdings, from a kind's `contexts.py`: a function of page and request, and a template.

    The template finds what the function returns as `part`; where that is None, nothing is shown. It asks `visible()` itself.
    With `by_the_minute` browsers ask each time for a page that has the part.
    """

    def put(read: Read) -> Read:
        _parts[template] = read, by_the_minute
        return read

    return put


def brought(page: Holding, request: HttpRequest) -> list[Part]:
    """Return what kinds put on the page of a holding, in the order of their apps."""
    found = []
    for template, (read, by_the_minute) in _parts.items():
        if (shown := read(page, request)) is not None:
            found.append(Part(template, shown))
            if by_the_minute:
                # Of this page alone, not of its kind.
                page.__dict__["changes_by_the_minute"] = True
    return found
