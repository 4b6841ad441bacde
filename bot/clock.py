"""The time of a running process; tests bring their own."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

# So far it may go back at an adjustment: a tenth of a lease.
SLEWED = timedelta(seconds=1)


class SystemClock:
    def now(self) -> datetime:
        return datetime.now(UTC)


class SteadyClock:
    """The time as `tell` had it last, carried on by ticks that nobody sets.

    Processes that ask one database agree on leases and on what is due, however wrong their
    machines are. A clock that is set back would hold up everything due, so `now` goes back by no
    more than a second at an adjustment; it does jump forward, since the machine may have slept.
    """

    def __init__(
        self, tell: Callable[[], datetime], ticks: Callable[[], float] = time.monotonic
    ) -> None:
        self._tell, self._ticks = tell, ticks
        self._anchor = tell(), ticks()

    def now(self) -> datetime:
        at, ticks = self._anchor
        return at + timedelta(seconds=self._ticks() - ticks)

    def adjust(self) -> None:
        """Ask again; for one thread at a time."""
        told = self._tell()
        self._anchor = max(told, self.now() - SLEWED), self._ticks()
