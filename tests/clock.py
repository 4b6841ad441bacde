"""A clock that stands still until a test moves it."""

from datetime import UTC, datetime, timedelta

# A Wednesday forenoon, inside everybody's working hours in Europe.
START = datetime(2026, 9, 23, 9, 0, tzinfo=UTC)


class SteerableClock:
    """A `bot.ports.Clock`."""

    def __init__(self, at: datetime = START) -> None:
        self._at = at

    def now(self) -> datetime:
        return self._at

    def advance(self, **by: float) -> None:
        """`advance(minutes=5)`: as for `timedelta`."""
        self._at += timedelta(**by)

    def set(self, at: datetime) -> None:
        self._at = at
