"""Pictures that were decoded before: each takes a process of its own, and tests use the same few again and again."""

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import IO, TypeVar

import pytest

Result = TypeVar("Result")
PLACES = ("media.renditions.reduced", "media.models.reduced", "media.forms.check", "cms.importing.picture_files.check")
"""Where the site asks for a picture to be decoded."""
_known: dict[tuple[str, str, str], object] = {}


def remembering(decode: Callable[..., Result]) -> Callable[..., Result]:
    """Return a function that decodes a picture once in this process, and gives the same result for the same bytes afterwards."""

    @wraps(decode)
    def once(file: IO[bytes], *asked: object) -> Result:
        file.seek(0)
        key = (decode.__name__, hashlib.sha256(file.read()).hexdigest(), repr(asked))
        file.seek(0)
        if key not in _known:
            _known[key] = decode(file, *asked)
        return _known[key]

    return once


def remember(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the site decode no picture twice while a test runs; what is refused is refused anew."""
    from media import sandbox

    for place in PLACES:
        monkeypatch.setattr(place, remembering(getattr(sandbox, place.rpartition(".")[2])))
