"""Wakes as many of a lane's idle threads as there is new work, and one of them now and then."""

import threading
import time


class Bell:
    """`since` is read before a look, so that a ring between the look and the wait is not lost.

    Deliveries come due by themselves, and other processes put some down: so whoever has waited
    for `poll` seconds looks unasked, unless a neighbour has done so meanwhile.
    """

    def __init__(self, poll: float) -> None:
        self._poll = poll
        self._rings = 0
        self._last_look = time.monotonic()
        self._changed = threading.Condition()

    @property
    def since(self) -> int:
        return self._rings

    def ring(self, count: int) -> None:
        with self._changed:
            self._rings += 1
            self._changed.notify(count)

    def wait(self, since: int) -> None:
        """Return when there may be something to do."""
        with self._changed:
            while self._rings == since:
                left = self._last_look + self._poll - time.monotonic()
                if left <= 0:
                    break
                self._changed.wait(left)
            self._last_look = time.monotonic()
