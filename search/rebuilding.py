"""Building the index anew from the source while the old one answers, and mending one that is missing or broken."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from time import monotonic

from django.conf import settings
from django.db import connection, connections
from django.utils import timezone

from search import records
from search.engines import engine
from search.hits import Health
from search.lease import lease
from search.models import Heading, Lease, Outbox, Record
from search.source import source

WAIT = 90.0
"""Seconds: longer than a lease, so that a dead holder cannot keep us out."""

LOST_AFTER = 60.0
"""Seconds after which an index on no node is taken for lost."""

DOUBTED_FOR = 600.0
"""Seconds in which an index that is said to be broken, and to health seems whole, is not rebuilt again by a thread."""

log = logging.getLogger(__name__)
_mending = threading.Lock()
_doubted = -DOUBTED_FOR
"""When that was last."""


def rebuild(progress: Callable[[int], None] | None = None) -> int | None:
    """Build anew and swap; the number of documents, or None when another process is at it.

    What was edited meanwhile went to the old index, so it is enqueued once more.
    """
    with lease("rebuild") as held:
        if held is None:
            return None

        def alive(count: int) -> None:
            held.take()
            if progress:
                progress(count)

        started, seen = timezone.now(), set[int]()
        turn = Lease.objects.filter(name="drain").values_list("turn", flat=True).first() or 1
        count = engine().rebuild(records.keeping(source().documents(), seen), alive, turn=turn)
        with lease("drain", wait=WAIT):
            missed = list(Outbox.objects.filter(done__gte=started).values_list("holding", flat=True).distinct())
            Outbox.objects.bulk_create([Outbox(holding=identity) for identity in missed])
            records.drop_all_but(seen)
        _survey()
    return count


def _survey() -> None:
    """Let PostgreSQL look at the tables that were filled: what it took for empty it would read row by row for each question."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for model in (Heading, Record):
                cursor.execute(f"ANALYZE {connection.ops.quote_name(model._meta.db_table)}")


def needed(health: Health) -> bool:
    """Whether only a rebuild helps; a server that is down must come back first."""
    return health.state not in ("ok", "down")


def repair(still: bool = False) -> bool:
    """Mend a missing or broken index as settings.SEARCH_REPAIR says; True when it can be read now.

    `inline` rebuilds at once, `background` (the default) in a thread of this process, `off` leaves it to the operator. Health
    looks at what it can see at once, so that damage may be met where it found none: with `still` it is rebuilt whatever
    health says.
    """
    mode = getattr(settings, "SEARCH_REPAIR", "background")
    engine().close()  # what is open may be whole still when the files no longer are
    if mode == "inline":
        return not (still or needed(engine().health())) or rebuild() is not None
    if mode == "background" and _mending.acquire(blocking=False):
        log.warning("The search index is %s; it is being rebuilt", engine().health().state)
        threading.Thread(target=_mend, name="search-repair", daemon=True).start()
    return False


class Watch:
    """Looks after the index for a worker: rebuilds one that is missing, and one that a server has lost for good.

    A server says "lost" also while a node restarts, so that is believed only when it has been so for a while.
    """

    def __init__(self, every: float = 10.0, lost_after: float = LOST_AFTER) -> None:
        self.every, self.lost_after = every, lost_after
        self._next = 0.0
        self._since: float | None = None

    def look(self) -> None:
        """Look at the index; call it as often as you like, it asks every few seconds only."""
        now = monotonic()
        if now < self._next:
            return
        self._next = now + self.every
        state = engine().health().state
        if state != "broken":
            self._since = None
        elif self._since is None:
            self._since = now
        if state == "missing" or (self._since is not None and now - self._since >= self.lost_after):
            log.warning("The search index is %s; it is being rebuilt", state)
            rebuild()
            self._since = None


def _mend() -> None:
    global _doubted
    try:
        if needed(engine().health()):
            rebuild()
        elif monotonic() - _doubted > DOUBTED_FOR:
            # Somebody met damage where health sees none.
            _doubted = monotonic()
            rebuild()
    except Exception:
        log.exception("The search index could not be rebuilt")
    finally:
        connections.close_all()
        _mending.release()
