"""Where an index lives: a folder with one index a subfolder, and a pointer file that says which one is read.

A new index is built in a subfolder of its own and put in place by replacing the pointer, so a reader never meets half an index and a
process that is killed leaves the old one as it was.
"""

from __future__ import annotations

import fcntl
import os
import re
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from search.hits import EngineDown

POINTER = "current"
NAME = re.compile(r"[0-9a-z]+-[0-9a-f]+")
"""What `new` calls a subfolder; nothing else is ever read or written as one."""


class Place:
    """The folder of an index, by its path."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def current(self) -> Path | None:
        """The subfolder that is read now, if there is one; a pointer that cannot be read, or names none, points to nothing."""
        try:
            name = (self.root / POINTER).read_text("utf-8").strip()
        except (OSError, UnicodeError):
            return None
        if not NAME.fullmatch(name):
            return None
        folder = self.root / name
        return folder if folder.is_dir() else None

    def new(self, fingerprint: str) -> Path:
        """An empty subfolder to build in, named by the chain that it is built with."""
        folder = self.root / f"{fingerprint}-{time.time_ns():x}"
        folder.mkdir(parents=True)
        return folder

    def put(self, folder: Path) -> None:
        """Make the folder the one that is read, safely on disk first, and remove all others."""
        for file in folder.iterdir():
            _sync(file)
        _sync(folder)
        pointer = self.root / f"{POINTER}.new"
        for file in (pointer, self.root / POINTER):
            make_way(file)
        pointer.write_text(folder.name, "utf-8")
        _sync(pointer)
        os.replace(pointer, self.root / POINTER)
        _sync(self.root)
        self.clear(keep=folder)

    def clear(self, keep: Path | None) -> None:
        """Remove every index but one: old ones, and what a killed build left behind."""
        for folder in self.root.iterdir():
            if folder.is_dir() and folder != keep:
                shutil.rmtree(folder, ignore_errors=True)

    @contextmanager
    def lock(self, name: str, within: float | None = None) -> Iterator[None]:
        """Hold a lock between processes; one that dies lets go of it. Raises EngineDown when it is not free within so many seconds."""
        if self.root.exists() and not self.root.is_dir():
            self.root.unlink()
        self.root.mkdir(parents=True, exist_ok=True)
        make_way(self.root / f"{name}.lock")
        with (self.root / f"{name}.lock").open("w") as file:
            if within is None:
                fcntl.flock(file, fcntl.LOCK_EX)
            else:
                _try_lock(file, within)
            yield


def _try_lock(file: IO[str], within: float) -> None:
    end = time.monotonic() + within
    while True:
        try:
            return fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > end:
                raise EngineDown("another process is writing") from None
            time.sleep(0.02)


def make_way(file: Path) -> None:
    """Remove a folder that stands where a file of ours should."""
    if file.is_dir() and not file.is_symlink():
        shutil.rmtree(file)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
