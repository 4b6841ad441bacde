"""The first result under a key is the result, for a day."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sandbox.payments import problems

DAY = 24 * 60 * 60


@dataclass
class Kept:
    """What stands under a key; `body` is None while the first request is under way."""

    fingerprint: str
    request: str
    at: float
    status: int = 0
    body: dict[str, Any] | None = None


class Keys:
    """Results by idempotency key, with Stripe v1's rules."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._kept: dict[str, Kept] = {}

    def begin(self, key: str | None, fingerprint: str, request: str) -> Kept | None:
        """Return the kept result, or None when this request is the first one under the key.

        Raises:
            Problem: The key is under way, or was used with other parameters.

        """
        if key is None:
            return None
        known = self._kept.get(key)
        if known is None or self._now() - known.at > DAY:
            self._kept[key] = Kept(fingerprint, request, self._now())
            return None
        if known.fingerprint != fingerprint:
            raise problems.key_reused(key)
        if known.body is None:
            raise problems.key_in_use(key)
        return known

    def finish(self, key: str | None, status: int, body: dict[str, Any]) -> None:
        if key is not None and key in self._kept:
            self._kept[key].status = status
            self._kept[key].body = body

    def give_up(self, key: str | None) -> None:
        """Forget a request that never started its work."""
        if key is not None:
            self._kept.pop(key, None)

    def forget_all(self) -> None:
        """Forget every finished key."""
        self._kept = {key: kept for key, kept in self._kept.items() if kept.body is None}
