"""Tables that were brought in long ago, or never to the end: their rows and files go; what they did stays in the journal."""

import shutil
import time
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from cms.models import Incoming

KEPT_SAVED, KEPT_OPEN = timedelta(days=30), timedelta(days=90)
"""How long an upload is kept after it began: one that is in the library, and one that waits for somebody."""
BEGUN = timedelta(days=1)
"""How long a folder may be there before what it belongs to is in the database."""
State = Incoming.State


def clear() -> int:
    """Delete what is older than that, but nothing that the worker is at; returns how many uploads."""
    now = timezone.now()
    saved = Q(state=State.SAVED, made_at__lt=now - KEPT_SAVED)
    waiting = Q(state__in=[State.ASKING, State.CHECKED, State.REFUSED], made_at__lt=now - KEPT_OPEN)
    old = list(Incoming.objects.filter(saved | waiting))
    for incoming in old:
        folder = incoming.folder
        incoming.delete()
        shutil.rmtree(folder, ignore_errors=True)
    clear_folders()
    return len(old)


def clear_folders() -> None:
    """Delete the folders of which the database knows nothing: somebody pulled the plug between the two."""
    there = Path(settings.VAR) / "incoming"
    known = {str(key) for key in Incoming.objects.values_list("pk", flat=True)}
    for folder in there.iterdir() if there.is_dir() else ():
        if folder.name not in known and folder.stat().st_mtime < time.time() - BEGUN.total_seconds():
            shutil.rmtree(folder, ignore_errors=True)
