"""The worker's loop: whoever holds the lease works, all others wait; a sign of life keeps it, and its end frees it."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic

from django.conf import settings
from django.db import close_old_connections, connections

from cms.worker.clock import Clock
from cms.worker.queue import retake, work_one
from search import outbox
from search.lease import LENGTH, Held, lease
from search.rebuilding import Watch

log = logging.getLogger(__name__)
NAME = "worker"
PAUSE = 1.0
"""Seconds between looks when nothing waits."""
BEAT = 10.0
"""Seconds between signs of life, and between two tries to get the lease."""


class Loop:
    """Works until it is stopped."""

    def __init__(self) -> None:
        self.stopping = threading.Event()
        self.clock, self.watch = Clock(), Watch()

    def run(self) -> None:
        """Work while the lease is ours, else wait for it; a database that is down is outlived."""
        while not self.stopping.is_set():
            try:
                with lease(NAME) as held:
                    if held:
                        self.work(held)
            except Exception:
                log.exception("The worker could not go on; it tries again")
            close_old_connections()
            self.stopping.wait(BEAT)
        connections.close_all()

    def work(self, held: Held) -> None:
        """Do what waits, what is due, and nothing for a moment, again and again."""
        with beating(held) as lost:
            retake()
            while not (lost.is_set() or self.stopping.is_set()):
                close_old_connections()
                self.clock.tick()
                if not (work_one(held.holder) or self.index()):
                    self.stopping.wait(PAUSE)

    def index(self) -> bool:
        """Bring the index up to date where that is the worker's, and purge it; returns whether there was anything."""
        mine = settings.SEARCH_DRAIN != "inline"
        try:
            done = outbox.drain() if mine else 0
            if not done:
                # Much is copied for that, so it is never done while somebody waits.
                outbox.purge()
            if mine:
                self.watch.look()
        except Exception as error:
            log.warning("Changes wait for the index: %r", error)
            return False
        return bool(done)


@contextmanager
def beating(held: Held) -> Iterator[threading.Event]:
    """Give signs of life beside the work; yields what says that the lease was lost all the same."""
    done, lost = threading.Event(), threading.Event()

    def beat() -> None:
        last = monotonic()
        try:
            while not done.wait(BEAT) and not lost.is_set():
                try:
                    if not held.take():
                        lost.set()
                    last = monotonic()
                except Exception:
                    log.exception("The worker could not give a sign of life")
                    if monotonic() - last > LENGTH.total_seconds():
                        lost.set()
        finally:
            connections.close_all()

    thread = threading.Thread(target=beat, name="worker-beat", daemon=True)
    thread.start()
    try:
        yield lost
    finally:
        done.set()
        thread.join()


def finish() -> None:
    """After a command that leaves much to do and ends: where the site works for itself, do it now, unless somebody does."""
    if settings.WORKER != "inside":
        return
    with lease(NAME) as held:
        if held:
            with beating(held) as lost:
                retake()
                while not lost.is_set() and work_one(held.holder):
                    pass
