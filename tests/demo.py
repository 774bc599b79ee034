"""The demo library, brought in once by the importer and put back wherever a test asks for it."""

import fcntl
import hashlib
import pickle
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import override_settings

from tests import rows

ROOMS = ("cms", "collections", "media", "search")
SUFFIXES = (".py", ".csv", ".txt", ".md", ".png", ".jpg", ".jpeg", ".svg", ".webp")


class Demo:
    """Where the demo's rows and files are kept, for one state of all that makes them."""

    def __init__(self, cache: pytest.Cache) -> None:
        self.place = cache.mkdir("demo") / f"{digest()}-{connection.vendor}"
        self.rows = self.place / "rows.pickle"
        self.files = self.place / "media"

    def make(self) -> None:
        """Bring it in, unless that was done; one process does while the others wait."""
        with locked(self.place.with_suffix(".lock")):
            if self.rows.exists():
                return
            for old in self.place.parent.glob(f"*-{connection.vendor}"):
                shutil.rmtree(old)
            self.files.mkdir(parents=True)
            with override_settings(MEDIA_ROOT=self.files), transaction.atomic():
                bring_in()
                self.rows.write_bytes(pickle.dumps(rows.take()))
                transaction.set_rollback(True)

    def put(self) -> None:
        """Put it into the database and among the files."""
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


def digest() -> str:
    """Return the digest of the code and the tables that the demo is made by."""
    found = hashlib.blake2b(digest_size=8)
    for room in ROOMS:
        for path in sorted((settings.ROOT / room).rglob("*")):
            if path.suffix in SUFFIXES:
                found.update(path.read_bytes())
    return found.hexdigest()


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Let one process at a time do what follows."""
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
