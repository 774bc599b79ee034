"""Waiting for what another process or a server does, without a word on how long it may take."""

import time
from collections.abc import Callable

PATIENCE = 300
"""Seconds until a test gives up waiting; nothing is said by how long it took."""


def until(condition: Callable[[], object]) -> None:
    """Wait for a condition."""
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, "it did not come"
        time.sleep(0.05)
