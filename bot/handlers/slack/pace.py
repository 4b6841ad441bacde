"""Keeps our calls within Slack's quotas, so that 429 stays the exception.

Nobody sleeps here: who may not call yet is told how long to wait, and reschedules. Every process
has its own pacer; several of them on one workspace share what Slack allows through its 429s.
Figures: https://docs.slack.dev/apis/web-api/rate-limits. A bucket of `burst` that refills at
`rate` lets through at most burst + 60 * rate a minute, which stays below the tier.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from typing import Literal

Kind = Literal["post", "update", "whisper", "find", "open", "home", "people"]

LONGEST_WAIT_S = 20.0


@dataclass(frozen=True)
class Quota:
    """`rate` per second; the last `reserve` of the burst is for urgent calls only."""

    rate: float
    burst: float
    reserve: float = 0.0


_FIFTY_A_MINUTE = Quota(rate=38 / 60, burst=10)
_HUNDRED_A_MINUTE = Quota(rate=85 / 60, burst=12)
# Posting: a message a second in a channel, some hundreds a minute in all. Our second is longer,
# since one call may take less time on its way than the one before it.
CHANNEL_POSTS = Quota(rate=0.9, burst=1)
QUOTAS: dict[Kind, Quota] = {
    "post": Quota(rate=4.0, burst=40),
    "update": Quota(rate=38 / 60, burst=10, reserve=4),
    "find": _FIFTY_A_MINUTE,
    "open": _FIFTY_A_MINUTE,
    "whisper": _HUNDRED_A_MINUTE,
    "home": _HUNDRED_A_MINUTE,
    "people": _HUNDRED_A_MINUTE,
}


class _Bucket:
    def __init__(self, quota: Quota, scale: float, now: float) -> None:
        self.rate = quota.rate * scale
        self.burst = max(quota.burst * scale, 1 + quota.reserve)
        self.reserve = quota.reserve
        self._level, self._at = self.burst, now
        self._promised = self._held_until = now

    def wait(self, now: float, urgent: bool) -> float:
        self._level = min(self.burst, self._level + (now - self._at) * self.rate)
        self._at = now
        floor = 1.0 if urgent else 1.0 + self.reserve
        missing = (floor - self._level) / self.rate
        # A refilled bucket may miss its mark by a rounding error; nobody waits for that.
        return max(missing if missing > 1e-9 else 0.0, self._held_until - now)

    def take(self) -> None:
        self._level -= 1

    def queue(self, now: float, wait: float) -> float:
        """A later turn for each one who is refused, else all would come back at once."""
        turn = max(now + wait, self._promised)
        self._promised = min(turn, now + LONGEST_WAIT_S) + 1 / self.rate
        return max(wait, min(turn - now, LONGEST_WAIT_S))

    def hold(self, until: float) -> None:
        self._held_until = max(self._held_until, until)


class Pacer:
    """Thread-safe. `scale` multiplies every quota, for workspaces whose quotas are scaled."""

    def __init__(self, scale: float = 1.0, clock: Callable[[], float] = time.monotonic) -> None:
        self._scale, self._clock, self._lock = scale, clock, Lock()
        self._buckets: dict[tuple[Kind, str], _Bucket] = {}

    def acquire(self, kind: Kind, channel: str = "", urgent: bool = False) -> float:
        """0 when the call may be made, and is counted; else the seconds to wait."""
        with self._lock:
            now = self._clock()
            buckets = self._asked(kind, channel, now)
            waits = [bucket.wait(now, urgent) for bucket in buckets]
            if max(waits) <= 0:
                for bucket in buckets:
                    bucket.take()
                return 0.0
            narrow = buckets[waits.index(max(waits))]
            return max(waits) if urgent else narrow.queue(now, max(waits))

    def hold(self, kind: Kind, channel: str, seconds: float) -> None:
        """Slack itself said to wait: nothing of the kind (for posts: in the channel) until then."""
        with self._lock:
            now = self._clock()
            self._asked(kind, channel, now)[-1].hold(now + seconds)

    def _asked(self, kind: Kind, channel: str, now: float) -> list[_Bucket]:
        asked = [self._bucket(kind, "", QUOTAS[kind], now)]
        if kind == "post":
            asked.append(self._bucket(kind, channel, CHANNEL_POSTS, now))
        return asked

    def _bucket(self, kind: Kind, channel: str, quota: Quota, now: float) -> _Bucket:
        bucket = self._buckets.get((kind, channel))
        if bucket is None:
            bucket = self._buckets[kind, channel] = _Bucket(quota, self._scale, now)
        return bucket
