"""Slack's rate limits, per method and, for posting, per channel.

Tiers are those of docs.slack.dev/apis/web-api/rate-limits: calls per minute for a method in a
workspace. Posting is special: one message a second in a channel, and several hundred a minute in
the workspace. Slack may let a short burst pass and promises none, so none passes here.
"""

import math
import time
from collections import Counter, deque

TIERS = {1: 1, 2: 20, 3: 50, 4: 100}
# Opening the ten connections Socket Mode allows must work, though the tier says one a minute.
TIER_BURST = {1: 10}
SPECIAL_PER_MINUTE = 600
POSTS_PER_SECOND = 1.0
POST_BURST = 1
POSTS_PER_MINUTE = 300
MINUTE = 60.0


class Window:
    """At most `limit` calls in any sixty seconds."""

    def __init__(self) -> None:
        self._calls: deque[float] = deque()

    def wait(self, limit: int, now: float) -> float:
        """Seconds until a call is allowed; 0 means it is allowed, and counted."""
        calls = self._calls
        while calls and calls[0] <= now - MINUTE:
            calls.popleft()
        if len(calls) >= limit:
            return calls[0] + MINUTE - now
        calls.append(now)
        return 0.0


class Bucket:
    """A steady rate with a short burst."""

    def __init__(self, burst: float, now: float) -> None:
        self._level, self._at = burst, now

    def wait(self, rate: float, burst: float, now: float) -> float:
        self._level = min(burst, self._level + (now - self._at) * rate)
        self._at = now
        if self._level < 1:
            return (1 - self._level) / rate
        self._level -= 1
        return 0.0


class Quotas:
    """Counts calls. `scale` multiplies every limit; 1.0 is the real Slack."""

    def __init__(self, scale: float = 1.0) -> None:
        self.scale = scale
        self.refused: Counter[str] = Counter()
        self._windows: dict[str, Window] = {}
        self._channels: dict[str, Bucket] = {}

    def wait_for(self, method: str, tier: int | None) -> int:
        """Whole seconds for Retry-After, or 0 when the call may go on. No tier is "special"."""
        per_minute = SPECIAL_PER_MINUTE if tier is None else TIER_BURST.get(tier, TIERS[tier])
        window = self._windows.get(method)
        if window is None:
            window = self._windows[method] = Window()
        seconds = window.wait(max(1, int(per_minute * self.scale)), time.monotonic())
        return self._refuse(method, seconds)

    def wait_to_post(self, channel: str) -> int:
        """As `wait_for`, for one more message in `channel`."""
        now, scale = time.monotonic(), self.scale
        bucket = self._channels.get(channel)
        if bucket is None:
            bucket = self._channels[channel] = Bucket(POST_BURST * scale, now)
        seconds = bucket.wait(POSTS_PER_SECOND * scale, max(1.0, POST_BURST * scale), now)
        if not seconds:
            window = self._windows.setdefault("posts", Window())
            seconds = window.wait(max(1, int(POSTS_PER_MINUTE * scale)), now)
        return self._refuse("chat.postMessage", seconds)

    def _refuse(self, method: str, seconds: float) -> int:
        if not seconds:
            return 0
        self.refused[method] += 1
        return max(1, math.ceil(seconds))
