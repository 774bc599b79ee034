"""A large table that comes in by the worker while others are at work, for `writers.py`."""

import time

from django.contrib.auth.models import User
from django.db import transaction

from cms.desk.incoming import working
from cms.models import Incoming

PATIENCE = 3600
"""Seconds until it is given up."""
State = Incoming.State


class Arriving:
    """An upload of so many new places, put where the page puts it."""

    def __init__(self, rows: int) -> None:
        user = User.objects.create_superuser("arriving")
        self.rows = rows
        self.incoming = Incoming.objects.create(made_by=user, source="place.csv", become="published")
        self.incoming.folder.mkdir(parents=True)
        lines = (f"XH-PL-{500_000 + n},示例地方{n},Sample place {n},示例 {n} 的提要,老地方{n}" for n in range(rows))
        path = self.incoming.folder / "place.csv"
        path.write_text("\n".join(["编号,题名,英文题名,提要,又名", *lines]), "utf-8")
        Incoming.objects.filter(pk=self.incoming.pk).update(tables=[{"file": path.name}])

    def bring(self) -> str:
        """Have it checked and saved by the worker of the site that is served, and wait for it; what came of it, in a line."""
        took = {}
        for task, begin, end in (
            (working.check, State.CHECKING, State.CHECKED),
            (working.bring_in, State.SAVING, State.SAVED),
        ):
            start = time.monotonic()
            with transaction.atomic():
                Incoming.objects.filter(pk=self.incoming.pk).update(state=begin)
                task.enqueue(self.incoming.pk)
            self.wait(begin, end)
            took[end] = time.monotonic() - start
        counts = Incoming.objects.get(pk=self.incoming.pk).counts()
        return (
            f"{self.rows} rows checked in {took[State.CHECKED]:.0f} s and saved in {took[State.SAVED]:.0f} s meanwhile: "
            f"{counts['saved']} in, {counts['left'] + counts['wrong']} left"
        )

    def wait(self, begin: str, end: str) -> None:
        """Wait until the worker has done a step; RuntimeError where it came to something else, or to nothing."""
        for _second in range(PATIENCE):
            state = Incoming.objects.values_list("state", flat=True).get(pk=self.incoming.pk)
            if state == end:
                return
            if state != begin:
                break
            time.sleep(1)
        raise RuntimeError(f"{begin} came to {state}")
