"""What an answer that is none means: try again, wait, or give up."""

from collections.abc import Mapping
from email.utils import parsedate_to_datetime

import anthropic

from bot.errors import Refused

_LATER = frozenset({"overloaded_error", "rate_limit_error", "api_error", "timeout_error"})
_WAITS = frozenset({408, 409, 425, 429})
# These say that nothing was read, and nothing is paid for.
_UNREAD = frozenset({"overloaded_error", "rate_limit_error"})


class Failed(Exception):
    """Nothing usable came, and it may next time; `retry_after` is in seconds."""

    def __init__(self, why: str, retry_after: float | None = None) -> None:
        super().__init__(why)
        self.retry_after = retry_after


def is_unread(error: anthropic.APIStatusError) -> bool:
    """A definite no, or nobody to read it; after a 500 or a 408 nobody knows."""
    status = error.status_code
    return (400 <= status < 500 and status != 408) or status == 529 or error.type in _UNREAD


def verdict_of(error: anthropic.APIStatusError) -> Failed | Refused:
    """An error within a stream comes with the stream's status, 200, and is told by its type."""
    status, kind = error.status_code, error.type or ""
    if status in _WAITS or status >= 500 or kind in _LATER:
        return Failed(kind or str(status), retry_after(error.response.headers))
    return Refused(kind or f"http_{status}")


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds, told as such or as a date; None for what is neither, or a day and more."""
    told = headers.get("retry-after", "")
    try:
        seconds = float(told)
    except ValueError:
        seconds = _between(headers.get("date", ""), told)
    return seconds if 0 <= seconds < 86_400 else None


def _between(now: str, then: str) -> float:
    """Two dates as HTTP has them, both by the other side's clock; -1 where one is none."""
    try:
        return (parsedate_to_datetime(then) - parsedate_to_datetime(now)).total_seconds()
    except (TypeError, ValueError):
        return -1
