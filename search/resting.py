"""Leaving alone for a while what just failed, so that not everybody who comes by waits for it, or wears it out."""

import threading
from time import monotonic


class Rest:
    """Grows by `step` seconds with each failure in a row, up to `longest`; safe for threads."""

    def __init__(self, step: float, longest: float) -> None:
        self.step, self.longest = step, longest
        self._until, self._failures = 0.0, 0
        self._lock = threading.Lock()

    @property
    def on(self) -> bool:
        """Whether it goes on."""
        return monotonic() < self._until

    def begin(self) -> float:
        """After a failure; its seconds. 0 while one goes on: several waited at once, and that is one failure."""
        with self._lock:
            if self.on:
                return 0.0
            self._failures += 1
            seconds = min(self.longest, self.step * self._failures)
            self._until = monotonic() + seconds
            return seconds

    def end(self) -> None:
        """After a success."""
        with self._lock:
            self._until, self._failures = 0.0, 0
