"""The two ways the workspace says no."""

from typing import Any


class ApiError(Exception):
    """A Web API refusal: Slack's error code and whatever stands beside it in the answer."""

    def __init__(self, error: str, **extra: Any) -> None:
        super().__init__(error)
        self.error = error
        self.extra = extra


class SeatError(Exception):
    """What a person at a Slack client reads when something cannot be done."""
