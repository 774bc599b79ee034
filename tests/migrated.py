"""Where a migrated SQLite database is kept between runs, and how one is copied."""

import hashlib
import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from django.conf import settings

# The modules that put rows into a database after it was migrated.
PUT_UP = ("setup/roles", "catalogue/shelves", "setup/bootstrap", "setup/text_pages")


def migrated(cache: pytest.Cache) -> Path:
    """Return where a migrated SQLite database is kept between runs, under the digest of all that makes one."""
    sources = [
        *settings.ROOT.glob("*/migrations/*.py"),
        *settings.ROOT.glob("collections/*/migrations/*.py"),
        *settings.TEST_SHELF.glob("*/migrations/*.py"),
    ]
    sources += [settings.ROOT / "requirements.txt", *(settings.ROOT / f"cms/{name}.py" for name in PUT_UP)]
    digest = hashlib.sha256(b"".join(source.read_bytes() for source in sorted(sources)))
    return cache.mkdir("migrated") / f"{digest.hexdigest()[:16]}.sqlite3"


def copy_database(source: Path, target: Path) -> None:
    """Copy a database as SQLite does, so that what still stands in its journal comes along, and in one step."""
    half = target.with_suffix(f".{os.getpid()}")
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(half)) as new:
        old.backup(new)
    half.replace(target)
