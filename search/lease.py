"""One drainer and one rebuilder at a time between processes, on SQLite and PostgreSQL alike, and free again when its holder died."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from time import monotonic, sleep

from django.db.models import BigIntegerField, F, Q, Value
from django.db.models.functions import Greatest
from django.utils import timezone

from search.models import Lease

LENGTH = timedelta(seconds=60)
"""After this time without a sign of life the lease is free."""


class Held:
    """A lease while it is held.

    `turn` grows each time that anybody takes it, and follows the clock, so that it does not fall behind when the database is
    put back from a copy.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.holder = uuid.uuid4().hex
        self.turn = 0

    def take(self) -> bool:
        """Take the lease, or hold it longer; False when someone else has it."""
        now = timezone.now()
        Lease.objects.get_or_create(name=self.name, defaults={"until": now})
        free = Lease.objects.filter(Q(until__lte=now) | Q(holder=self.holder), name=self.name)
        turn = Greatest(F("turn") + 1, Value(int(now.timestamp() * 1000)), output_field=BigIntegerField())
        taken = bool(free.update(holder=self.holder, until=now + LENGTH, turn=turn))
        if taken:
            self.turn = Lease.objects.values_list("turn", flat=True).get(name=self.name)
        return taken

    def let_go(self) -> None:
        """Free it for the next."""
        Lease.objects.filter(name=self.name, holder=self.holder).update(holder="", until=timezone.now())


@contextmanager
def lease(name: str, wait: float = 0.0) -> Iterator[Held | None]:
    """Hold the lease, waiting at most so many seconds; None when it cannot be had."""
    held, end = Held(name), monotonic() + wait
    while not (taken := held.take()) and monotonic() < end:
        sleep(0.1)
    try:
        yield held if taken else None
    finally:
        if taken:
            held.let_go()
