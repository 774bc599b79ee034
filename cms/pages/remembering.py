"""What pages for anybody are drawn from, kept as long as nothing is written: the same for every visitor without a session."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.http import HttpRequest

T = TypeVar("T")
_kept: dict[str, tuple[str, Any]] = {}


def note_edition(request: HttpRequest, known: str | None) -> None:
    """Note the edition that a request of a visitor without a session is answered from; none for any other request."""
    vars(request)["_edition"] = known


def is_remembered(request: HttpRequest) -> bool:
    """Whether what is read for a request will be kept for others."""
    return bool(vars(request).get("_edition"))


def remembered(name: str, request: HttpRequest, read: Callable[[], T]) -> T:
    """Return what `read` does, or did in this edition; it must ask `visible()` for nobody else than this visitor."""
    known = vars(request).get("_edition")
    if not known:
        return read()
    edition, value = _kept.get(name, ("", None))
    if edition != known:
        # Read after its edition was: a write in between makes another edition, which reads anew.
        value = read()
        _kept[name] = known, value
    return value


def forget() -> None:
    """Forget all of it, as tests do whose editions are counted anew."""
    _kept.clear()
