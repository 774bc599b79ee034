"""Making packs beside the request that asked: claimed in the row, with a heartbeat, taken up again when the maker died."""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from django.db import connection
from django.db.models import Q
from django.utils import timezone

from tours.guiding.packs.files import keep, tidy
from tours.guiding.packs.leaving import Left
from tours.guiding.packs.orders import mark_of, telling_of
from tours.guiding.packs.printing import pdf
from tours.guiding.packs.single import html
from tours.guiding.told import Telling
from tours.models import Pack

log = logging.getLogger(__name__)
MAKERS = {Pack.Form.PRINT: pdf, Pack.Form.OFFLINE: html}
CHANGED, DISK, TOO_LONG, FAULT = "changed", "disk", "long", "fault"
BEAT, DEAD = 5, 30
"""Seconds between signs of life, and without one until somebody else takes a pack up."""
SOON = 1.5
"""Seconds that who asked waits for it: most packs are ready by then."""
OFTEN = 0.3
"""Seconds between notes of progress."""
# One at a time in a process: each takes a core and some hundred megabytes.
_turn = threading.Semaphore(1)


def start(pack: Pack) -> None:
    """Make a pack in a thread, unless somebody does so already; returns when it is ready or after a moment."""
    if claim(pack):
        thread = threading.Thread(target=made_alone, args=(pack.pk,), name=f"pack-{pack.code}", daemon=True)
        thread.start()
        thread.join(SOON)
    pack.refresh_from_db()


def claim(pack: Pack) -> bool:
    """Take a pack that waits, or whose maker gave no sign of life; one of several who try at once gets it."""
    now = timezone.now()
    idle = Q(touched_at=None) | Q(touched_at__lt=now - timedelta(seconds=DEAD))
    free = Pack.objects.filter(idle, pk=pack.pk, state__in=(Pack.State.WAITING, Pack.State.MAKING))
    return free.update(state=Pack.State.MAKING, touched_at=now, done=0) == 1


def made_alone(pk: int) -> None:
    """Make a pack in a thread of its own, which has a connection of its own to give back."""
    try:
        pack = Pack.objects.select_related("tour__owner").get(pk=pk)
        # It lives while it waits for its turn, too.
        with beating(pack), _turn:
            make(pack)
    except Pack.DoesNotExist:
        # Its tour was deleted meanwhile.
        pass
    finally:
        connection.close()


def make(pack: Pack) -> None:
    """Make a pack that was claimed. Whatever goes wrong is kept in the row: never half a file, never a silent end."""
    try:
        telling = telling_of(pack)
        if mark_of(pack, telling) != pack.fingerprint:
            finish(pack, state=Pack.State.FAILED, trouble=CHANGED)
            return
        size, left = write(pack, telling)
        finish(pack, state=Pack.State.READY, size=size, left_out=left, trouble="")
        tidy(pack)
    except OSError:
        log.exception("Pack %s could not be kept", pack.code)
        finish(pack, state=Pack.State.FAILED, trouble=DISK)
    except ValueError:
        log.warning("Pack %s holds more text than a file may", pack.code)
        finish(pack, state=Pack.State.FAILED, trouble=TOO_LONG)
    except Exception:
        log.exception("Pack %s failed", pack.code)
        finish(pack, state=Pack.State.FAILED, trouble=FAULT)


def write(pack: Pack, telling: Telling) -> tuple[int, list[Left]]:
    """Make the file and put it in its place; return its bytes and what was left out."""
    data, left = MAKERS[Pack.Form(pack.form)](telling, pack, progress(pack))
    keep(pack, data)
    return len(data), left


def finish(pack: Pack, **fields: Any) -> None:
    """Note how it ended."""
    Pack.objects.filter(pk=pack.pk).update(**fields, done=pack.total, touched_at=timezone.now())


def progress(pack: Pack) -> Callable[[int], None]:
    """Return what notes the number of stops that are done, not more often than anybody looks."""
    last = 0.0

    def advance(done: int) -> None:
        nonlocal last
        if time.monotonic() - last > OFTEN:
            Pack.objects.filter(pk=pack.pk).update(done=done, touched_at=timezone.now())
            last = time.monotonic()

    return advance


@contextmanager
def beating(pack: Pack) -> Iterator[None]:
    """Give signs of life while the sheet is being set, which goes on for a while without a word."""
    done = threading.Event()

    def beat() -> None:
        try:
            while not done.wait(BEAT):
                Pack.objects.filter(pk=pack.pk).update(touched_at=timezone.now())
        finally:
            connection.close()

    thread = threading.Thread(target=beat, name=f"pack-{pack.code}-beat", daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()
