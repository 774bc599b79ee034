"""What readers searched for in vain: the words, how often and on which days, and nothing about who asked."""

from __future__ import annotations

import logging
import re
import threading
from collections import Counter
from time import sleep

from django.conf import settings
from django.db import connections, transaction
from django.db.models import F
from django.utils import timezone

from search.folding import fold
from search.models import Unfound
from search.sounds import plain

MOST = 5_000
"""Rows that are kept; the least asked for and oldest make room."""
LONGEST = 60
"""Characters of words that are worth keeping."""
MOST_WAITING = 500
PAUSE = 2.0
"""Seconds in which words gather before they are written down."""

log = logging.getLogger(__name__)
# An address, a number of six digits or more (telephone, identity card): somebody's, and nothing that a library could lack.
_private = re.compile(r"@|://|\bwww\.|(?:\d[\s.-]?){6,}", re.I)
_letter = re.compile(r"[^\W\d_]")
_waiting: Counter[tuple[str, str]] = Counter()
_lock = threading.Lock()
_writer: threading.Thread | None = None


def worth_keeping(words: str) -> bool:
    """Whether words can tell a librarian what is missing, and nobody who asked."""
    # Folded, so that full-width digits and signs are what they stand for.
    bare = fold(words)
    return len(words) <= LONGEST and bool(_letter.search(bare)) and not _private.search(bare)


def note(words: str) -> None:
    """Remember that these found nothing. They are written down a little later, so that no reader waits for it or pays for it."""
    global _writer
    form = plain(words)[:100]
    if not form or not worth_keeping(words):
        return
    with _lock:
        if len(_waiting) < MOST_WAITING:
            _waiting[form, words] += 1
        if _writer is None and getattr(settings, "SEARCH_REPAIR", "background") == "background":
            _writer = threading.Thread(target=_later, name="search-unfound", daemon=True)
            _writer.start()


def write() -> None:
    """Write down what was noted since the last time."""
    with _lock:
        noted = dict(_waiting)
        _waiting.clear()
    today = timezone.localdate()
    with transaction.atomic():
        for (form, words), times in noted.items():
            row, new = Unfound.objects.get_or_create(plain=form, defaults={"words": words, "times": times})
            if not new:
                # What a librarian let be stays so: what is mended has no row, until it is not found again.
                Unfound.objects.filter(pk=row.pk).update(times=F("times") + times, last=today)
        if (over := Unfound.objects.count() - MOST) > 0:
            least = Unfound.objects.order_by("times", "last").values("pk")[:over]
            Unfound.objects.filter(pk__in=list(least.values_list("pk", flat=True))).delete()


def _later() -> None:
    global _writer
    sleep(PAUSE)
    with _lock:
        _writer = None
    try:
        write()
    except Exception:
        log.exception("What was searched for in vain could not be written down")
    finally:
        connections.close_all()
