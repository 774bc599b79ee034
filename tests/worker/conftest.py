"""The real thing: tasks that wait in the database, and workers in processes of their own."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import connection

REAL = {
    "default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"},
    "worker": {"BACKEND": "django_tasks_db.DatabaseBackend"},
}


@pytest.fixture(autouse=True)
def real(settings: object, tmp_path: Path) -> None:
    """Let tasks wait in the database, and files lie where another process finds them."""
    settings.TASKS = REAL
    settings.MEDIA_ROOT = tmp_path / "media"


def address() -> str:
    """Return the address of the tests' own database."""
    at = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{at['NAME']}"
    return f"postgres://{at['USER']}:{at['PASSWORD']}@{at['HOST'] or 'localhost'}:{at['PORT'] or 5432}/{at['NAME']}"


@pytest.fixture
def worker(tmp_path: Path, transactional_db: None) -> Iterator[Callable[[], subprocess.Popen]]:
    """Return a function that starts `manage.py worker` over the tests' database."""
    begun = []
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "cms.settings.dev",
        "DATABASE_URL": address(),
        "VAR_DIR": str(tmp_path),
        "WORKER": "apart",
    }

    def begin() -> subprocess.Popen:
        begun.append(subprocess.Popen([sys.executable, "manage.py", "worker"], env=environment))
        return begun[-1]

    yield begin
    for process in begun:
        process.kill()
        process.wait()
