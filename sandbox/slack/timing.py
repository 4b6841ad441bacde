"""How long Slack waits, and a clock that never gives the same timestamp twice."""

import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass
class Timing:
    """Slack's own figures in seconds; a test or a load run may compress them."""

    ack_s: float = 3.0
    retry_delays_s: tuple[float, ...] = (0.0, 60.0, 300.0)
    trigger_s: float = 3.0
    response_url_s: float = 1800.0
    ticket_s: float = 30.0
    # How long a reordered delivery waits for another one to overtake it.
    overtake_s: float = 0.25
    # From the warning on a connection to its end.
    warning_s: float = 10.0


class Stamps:
    """Message timestamps: seconds with six decimals, unique and rising in the workspace."""

    def __init__(self, now: Callable[[], float] = time.time) -> None:
        self._now, self._last = now, 0

    def next(self) -> str:
        self._last = max(self._last + 1, int(self._now() * 1_000_000))
        seconds, micros = divmod(self._last, 1_000_000)
        return f"{seconds}.{micros:06d}"


def comparable(ts: str) -> str:
    """A timestamp as a client may write it ("0", "17.5"), so that strings compare as numbers."""
    seconds, _, fraction = ts.partition(".")
    return f"{seconds.zfill(10)}.{fraction.ljust(6, '0')[:6]}"
