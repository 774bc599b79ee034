"""One import at a time: whoever comes second is told so at once, and not after waiting for the database."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection

from cms.importing.errors import ImportRefused, RowError

KEY = 0x5A48_4944
"""The number of this lock among those of the database."""
BUSY = "另一次导入正在进行。请等它结束，再导入一次；这一次什么都没有保存。"


def busy() -> ImportRefused:
    """Return what the second one is told."""
    return ImportRefused([RowError("", 0, "", BUSY)])


@contextmanager
def turn() -> Iterator[None]:
    """Hold the turn while the block runs; ImportRefused where another import has it. It ends with the process, however that ends."""
    with shared() if connection.vendor == "postgresql" else alone():
        yield


@contextmanager
def shared() -> Iterator[None]:
    """Hold a lock of the database, which several machines may share."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [KEY])
        if not cursor.fetchone()[0]:
            raise busy()
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [KEY])


@contextmanager
def alone() -> Iterator[None]:
    """Hold a lock on a file beside the database of this machine."""
    place = Path(settings.VAR) / "import.lock"
    place.parent.mkdir(parents=True, exist_ok=True)
    with place.open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise busy() from None
        yield
