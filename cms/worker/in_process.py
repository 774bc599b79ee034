"""The worker inside the site's own process, where no service runs it: a thread, begun with the first request."""

import os
import threading
from typing import Any

from django.conf import settings
from django.core.signals import request_started

from cms.worker.loop import Loop

_lock = threading.Lock()
_begun = 0


def begin(**_signal: Any) -> None:
    """Begin in this process, once. Not before a request: a server that loads the site and then forks would lose the thread."""
    global _begun
    with _lock:
        if _begun == os.getpid():
            return
        _begun = os.getpid()
    threading.Thread(target=Loop().run, name="worker", daemon=True).start()


def connect() -> None:
    """Begin with the first request, where the operator left the work to the site."""
    if settings.WORKER == "inside":
        request_started.connect(begin, dispatch_uid="cms.worker")
