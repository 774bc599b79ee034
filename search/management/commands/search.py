"""`manage.py search rebuild|check|status|drain|expected`: the index from the terminal."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import close_old_connections

from search import expecting, outbox, rebuilding
from search.checking import compare
from search.engines import engine
from search.hits import EngineDown
from search.models import Heading

PAUSE = 1.0
"""Seconds between looks into an empty outbox."""


class Command(BaseCommand):
    """Rebuild, check, show and drain."""

    help = "Rebuild, check or show the search index, bring it up to date, or check what it must find."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One action and its switches."""
        parser.add_argument("action", choices=["rebuild", "check", "status", "drain", "expected"])
        parser.add_argument(
            "--if-needed", action="store_true", help="rebuild: only when the index is not as it should be"
        )
        parser.add_argument("--forever", action="store_true", help="drain: go on until stopped")
        parser.add_argument("--file", type=Path, default=expecting.TABLE, help="expected: the table to check")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do what was asked."""
        action = getattr(self, f"_{options['action']}")
        action(**options)

    def _rebuild(self, *, if_needed: bool, **_: Any) -> None:
        if if_needed and not rebuilding.needed(engine().health()) and compare().same:
            self.stdout.write("The index is as it should be.")
            return
        started = time.monotonic()
        try:
            count = rebuilding.rebuild(lambda number: self.stdout.write(f"{number} documents"))
            if count is None:
                raise CommandError("Another process is rebuilding the index.")
            outbox.drain()
        except EngineDown as error:
            raise CommandError(f"The search server does not answer; the old index stays: {error}") from error
        self.stdout.write(f"{count} documents in {time.monotonic() - started:.1f} s")

    def _check(self, **_: Any) -> None:
        health, difference = engine().health(), compare()
        self.stdout.write(f"{health.state}: {health.documents} documents {health.detail}".rstrip())
        for line in difference.lines():
            self.stdout.write(line)
        if rebuilding.needed(health) or not difference.same:
            raise CommandError("The index is not what the library says: run `manage.py search rebuild`.")

    def _status(self, **_: Any) -> None:
        health = engine().health()
        self.stdout.write(f"engine: {settings.SEARCH_URL.partition(':')[0]}")
        self.stdout.write(f"index: {health.state}, {health.documents} documents {health.detail}".rstrip())
        called = Heading.objects.values("holding").distinct().count()
        self.stdout.write(f"headings: {called} holdings can be found by name")
        self.stdout.write(f"waiting: {outbox.waiting()} changes")

    def _expected(self, *, file: Path, **_: Any) -> None:
        try:
            rows = expecting.read(file)
        except (OSError, ValueError) as error:
            raise CommandError(str(error)) from error
        failed = 0
        for row, found in expecting.failing(rows):
            failed += 1
            self.stdout.write(
                f"{row.query}: {';'.join(row.expected)} expected ({row.why}), found {';'.join(found) or '-'}"
            )
        self.stdout.write(f"{len(rows) - failed} of {len(rows)} hold")
        if failed:
            raise CommandError(f"{failed} do not hold")

    def _drain(self, *, forever: bool, **_: Any) -> None:
        watch = rebuilding.Watch()
        while True:
            done = self._drained(watch, forever=forever)
            if done or not forever:
                self.stdout.write(f"{done} changes")
            if not forever:
                return
            time.sleep(0 if done else PAUSE)

    def _drained(self, watch: rebuilding.Watch, *, forever: bool) -> int:
        """Drain once; a worker outlives an index that is being mended, an engine or a database that is down."""
        done = 0
        try:
            done = outbox.drain()
            if not done or not forever:
                outbox.purge()
        except Exception as error:
            if not forever:
                raise CommandError(f"The index cannot be written: {error!r}") from error
            self.stderr.write(f"Changes wait: {error!r}")
        try:
            if forever:
                watch.look()
        except Exception as error:
            self.stderr.write(f"The index cannot be rebuilt: {error!r}")
            close_old_connections()
        return done
