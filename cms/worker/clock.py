"""What comes round: scheduled publishing, pictures that lack their sizes, files and tasks that are left over."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic

from cms.worker import deleted_files, left_uploads, scheduled
from cms.worker.queue import ask_once, prune
from media import repair
from media.renditions import make_by_id

log = logging.getLogger(__name__)


def mend_pictures() -> int:
    """Ask for the sizes of every picture that lacks one; returns how many were asked for."""
    return sum(ask_once(make_by_id, number) for number in repair.lacking())


def clear_files() -> None:
    """Remove what is long done with: sizes that no picture has, files of pictures deleted long ago, tables brought in long ago.

    Uploads that no picture has are left to `manage.py pictures tidy`.
    """
    repair.remove(repair.surplus(repair.SIZES))
    deleted_files.clear()
    left_uploads.clear()


# Seconds between two times, and what is done; all of it when a worker begins, too.
ROUNDS: tuple[tuple[float, Callable[[], int | None]], ...] = (
    (20, scheduled.look),
    (600, mend_pictures),
    (3600, prune),
    (86400, clear_files),
)


@dataclass
class Clock:
    """Knows when each round is due."""

    due: dict[int, float] = field(default_factory=dict)

    def tick(self) -> None:
        """Do what is due; what fails is logged, and comes round again."""
        for number, (every, round_of) in enumerate(ROUNDS):
            if monotonic() < self.due.get(number, 0.0):
                continue
            self.due[number] = monotonic() + every
            try:
                round_of()
            except Exception:
                log.exception("%s failed", round_of.__name__)
