"""Files made of books: whole or not there, the newest of each book and language, beside what the site serves."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings


def place(form: str, uid: str, lang: str, fingerprint: str) -> Path:
    """Return where a book's file of a form (`epub`, `pdf`) is, or will be."""
    return Path(settings.VAR) / "books" / f"{uid}.{lang}.{fingerprint}.{form}"


@contextmanager
def whole(path: Path) -> Iterator[Path]:
    """Yield where to write; the file is put in its place all at once, and those of the same book before it go.

    OSError, as when the disk is full, leaves nothing behind.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".")
    os.close(handle)
    scratch = Path(name)
    try:
        yield scratch
        os.replace(scratch, path)
    except BaseException:
        scratch.unlink(missing_ok=True)
        raise
    stem = ".".join(path.name.rsplit(".", 2)[:1])
    for old in path.parent.glob(f"{stem}.*{path.suffix}"):
        if old != path:
            old.unlink(missing_ok=True)
