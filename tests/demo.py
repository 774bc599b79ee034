"""Libraries that are made once and put back wherever a test asks for one: the demo, as the importer brings it in."""

import fcntl
import hashlib
import pickle
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import override_settings

from tests import rows

ROOMS = ("cms", "collections", "media", "search")
SUFFIXES = (".py", ".csv", ".txt", ".md", ".png", ".jpg", ".jpeg", ".svg", ".webp")


class Kept:
    """Where the rows and files of a library are kept, for one state of all that makes it.

    `make` makes it, in a transaction that is rolled back; `sources` are files of the tests that it is made by.
    """

    def __init__(self, cache: pytest.Cache, name: str, make: Callable[[], object], *sources: Path) -> None:
        self.make = make
        self.place = cache.mkdir(name) / f"{digest(*sources)}-{connection.vendor}"
        self.rows = self.place / "rows.pickle"
        self.files = self.place / "media"

    def keep(self) -> None:
        """Make it, unless that was done; one process does while the others wait."""
        with locked(self.place.with_suffix(".lock")):
            if self.rows.exists():
                return
            for old in self.place.parent.glob(f"*-{connection.vendor}"):
                shutil.rmtree(old)
            self.files.mkdir(parents=True)
            with override_settings(MEDIA_ROOT=self.files), transaction.atomic():
                self.make()
                self.rows.write_bytes(pickle.dumps(rows.take()))
                transaction.set_rollback(True)

    def put(self) -> None:
        """Put it into the database, in the place of all that stands there, and among the files; the index is not told."""
        rows.put_back(pickle.loads(self.rows.read_bytes()))
        shutil.copytree(self.files, settings.MEDIA_ROOT, dirs_exist_ok=True)


def bring_in() -> None:
    """Import the demo, and make the sizes of its pictures."""
    from cms.importing import import_files
    from cms.importing.sheets import demo_files
    from media import renditions
    from media.models import Image

    import_files(demo_files())
    renditions.make(Image.objects.all())


def digest(*sources: Path) -> str:
    """Return the digest of the code and the tables that a library is made by."""
    found = hashlib.blake2b(digest_size=8)
    folders = [*(settings.ROOT / room for room in ROOMS), settings.TEST_SHELF]
    made_by = [path for folder in folders for path in sorted(folder.rglob("*")) if path.suffix in SUFFIXES]
    for path in (*made_by, settings.ROOT / "requirements.txt", *sources):
        found.update(path.read_bytes())
    return found.hexdigest()


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Let one process at a time do what follows."""
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
