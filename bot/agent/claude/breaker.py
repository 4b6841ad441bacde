"""Leaves a model alone that fails again and again, and tries it with one call at a time."""

import threading
from collections.abc import Callable

FAILURES = 3
FIRST_REST_S, LONGEST_REST_S = 15.0, 300.0


class Breaker:
    """Closed at first; open for a rest after so many failures in a row; then half open: one call
    probes while all others still count as refused. `lasts` is how long a probe may take, so that
    one whose thread died does not keep everybody out."""

    def __init__(self, clock: Callable[[], float], lasts: float) -> None:
        self._clock = clock
        self._lasts = lasts
        self._lock = threading.Lock()
        self._failures = 0
        self._rests = 0
        self._until = 0.0
        self._probing_until = 0.0

    def wait(self) -> float:
        """Zero where a call may be made now, which then has to be told of; else the seconds that
        are left."""
        with self._lock:
            now = self._clock()
            if self._failures < FAILURES:
                return 0.0
            if now < max(self._until, self._probing_until):
                return max(self._until, self._probing_until) - now
            self._probing_until = now + self._lasts
            return 0.0

    def passed(self) -> None:
        with self._lock:
            self._failures = self._rests = 0
            self._until = self._probing_until = 0.0

    def untried(self) -> None:
        """The call was not made after all, so that the next may probe."""
        with self._lock:
            self._probing_until = 0.0

    def failed(self, retry_after: float | None = None) -> None:
        """`retry_after` is the other side's own word for how long it wants to be left alone."""
        with self._lock:
            self._failures += 1
            self._probing_until = 0.0
            if self._failures >= FAILURES:
                rest = min(LONGEST_REST_S, FIRST_REST_S * 2**self._rests)
                self._rests += 1
                self._until = self._clock() + max(rest, min(LONGEST_REST_S, retry_after or 0.0))
