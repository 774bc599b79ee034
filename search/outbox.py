"""Changes on their way to the index: enqueued in the transaction of the change, drained after it, at least once.

Draining reads the holding anew, so an event done twice, late or out of order still leaves the index right.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterable
from contextlib import suppress
from datetime import timedelta
from time import monotonic

from django.conf import settings
from django.db import connections, transaction
from django.utils import timezone

from search import rebuilding, records
from search.engines import engine
from search.hits import EngineDown, IndexBroken, IndexMissing
from search.lease import Held, lease
from search.models import Outbox
from search.resting import Rest
from search.source import source

BATCH, HURRIED = 200, 50
"""Events at a time; fewer when somebody waits, who is let go between two batches."""
PATIENCE = 0.5
"""Seconds that somebody who publishes waits for the index at most; then the change waits for the next drain."""
SHORTEST = 0.1
PERIOD = 10.0
"""Seconds after which a site without a worker looks again whether changes wait."""
REST, LONGEST_REST = 1.0, 3.0
"""Seconds in which publications leave the index alone after one could not reach it; longer after each in a row.

An import publishes hundreds of holdings in one transaction: each would wait, and send a busy server the same batch again.
"""
PROMPT = 200
"""Documents that may be copied at once so that what was withdrawn leaves the disk; more waits for somebody who has the time."""
LEISURE = 10
"""A purge that took a second is followed by none for ten."""
KEPT = timedelta(days=1)
"""How long done events are kept: a rebuild asks for those done since it began."""

log = logging.getLogger(__name__)
rest = Rest(REST, LONGEST_REST)
_looked = float("-inf")
_purged_until = float("-inf")
_outdated = threading.Event()
"""This process changed the index, or has not looked at it yet: some words of before may stand in its files."""
_outdated.set()
_withdrawn = threading.Event()
"""Something went that was in the index: its words should leave the disk soon, sooner than those of a text that was corrected."""


def enqueue(ids: Iterable[int]) -> None:
    """Say that these changed, came or went. Call it in the transaction of the change."""
    Outbox.objects.bulk_create([Outbox(holding=identity) for identity in dict.fromkeys(ids)], BATCH)
    if settings.SEARCH_DRAIN == "inline":
        transaction.on_commit(_drain_inline)


def waiting() -> int:
    """The number of events not done yet."""
    return Outbox.objects.filter(done=None).count()


def drain(limit: int | None = None, within: float | None = None) -> int:
    """Bring the index up to date; the number of events done. Returns at once when another process is draining.

    Raises IndexMissing, IndexBroken or EngineDown when the index cannot be written now; the events wait. `within` are the
    seconds that the caller has in all: what is not done by then waits too.
    """
    total, tried = 0, 0
    end = None if within is None else monotonic() + within
    while Outbox.objects.filter(done=None).exists():
        try:
            with lease("drain") as held:
                done = _drain_held(held, limit, end) if held else 0
        except (IndexMissing, IndexBroken):
            tried += 1
            if tried > 2 or not rebuilding.repair(still=tried == 2):
                raise
            continue
        total += done
        if done:
            rest.end()
        # Looked at once more after letting go: an event that came while we held the lease found it taken.
        if not done or limit is not None:
            break
    return total


def purge(most: int | None = None) -> int:
    """Take what was withdrawn out of the index's files, once nothing waits; the number of documents copied for that.

    Does nothing while another process drains, while the index cannot be written, and without `most` for a while after it
    took long.
    """
    global _purged_until
    if not _outdated.is_set() or (most is None and monotonic() < _purged_until) or waiting():
        return 0
    started, copied = monotonic(), 0
    with lease("drain") as held:
        if not held:
            return 0
        try:
            copied = engine().purge(most)
        except (IndexMissing, IndexBroken, EngineDown) as error:
            log.info("The index cannot be purged yet (%r)", error)
            _purged_until = monotonic() + PERIOD
            return 0
        _withdrawn.clear()
        if most is None:
            _outdated.clear()
    ended = monotonic()
    _purged_until = ended + LEISURE * (ended - started)
    return copied


def _drain_inline() -> None:
    """After a commit. A search that cannot be written to never makes a publication fail; the events wait."""
    if rest.on:
        return
    try:
        drain(within=PATIENCE)
        if _withdrawn.is_set():
            purge(PROMPT)
    except (IndexMissing, IndexBroken, EngineDown) as error:
        rest.begin()
        log.warning("The index cannot be written yet (%r); %s events wait", error, waiting())
    except Exception:
        rest.begin()
        log.exception("The index could not be updated; %s events wait for `manage.py search drain`", waiting())


def finish() -> None:
    """After a command that publishes much and ends: what is left waits for nobody's search, where no worker takes it."""
    if settings.SEARCH_DRAIN == "inline":
        rest.end()
        with suppress(IndexMissing, IndexBroken, EngineDown):
            drain()
            purge()


def catch_up() -> None:
    """Where no worker is, work off what waits since a process died or a server was away; whoever searches calls it, at no cost."""
    global _looked
    background = getattr(settings, "SEARCH_REPAIR", "background") == "background"
    if settings.SEARCH_DRAIN == "inline" and background and monotonic() - _looked > PERIOD:
        _looked = monotonic()
        threading.Thread(target=_caught_up, name="search-catch-up", daemon=True).start()


def _caught_up() -> None:
    try:
        drain()
        purge()
    except (IndexMissing, IndexBroken, EngineDown) as error:
        log.info("The index cannot be written yet (%r)", error)
    except Exception:
        log.exception("The index could not be updated")
    finally:
        connections.close_all()


def _drain_held(held: Held, limit: int | None, end: float | None) -> int:
    total, size = 0, BATCH if end is None else HURRIED
    while (limit is None or total < limit) and (end is None or monotonic() < end):
        batch = list(Outbox.objects.filter(done=None).order_by("id")[: min(size, (limit or size + total) - total)])
        if not batch or not held.take():
            break
        _apply(list(dict.fromkeys(event.holding for event in batch)), end, held.turn)
        Outbox.objects.filter(id__in=[event.id for event in batch]).update(done=timezone.now())
        total += len(batch)
    if total:
        Outbox.objects.filter(done__lt=timezone.now() - KEPT).delete()
    return total


def _apply(ids: list[int], end: float | None, turn: int) -> None:
    """Make the index say of these what the source says now; those that speak of them, or stand in them, follow.

    Whoever follows is enqueued before the records change, so that a process killed in between begins again from the same.
    """
    documents = list(source().documents(ids))
    gone = set(ids) - {document.id for document in documents}
    engine().change(documents, gone, None if end is None else max(SHORTEST, end - monotonic()), turn=turn)
    turnout = records.turnout(documents, gone)
    following = {*source().tied(turnout.renamed), *source().under(turnout.came + turnout.went)} - set(ids)
    if following:
        following -= set(Outbox.objects.filter(done=None).values_list("holding", flat=True))
        Outbox.objects.bulk_create([Outbox(holding=identity) for identity in sorted(following)], BATCH)
    records.keep(documents)
    records.drop(gone)
    _outdated.set()
    if turnout.went:
        _withdrawn.set()
