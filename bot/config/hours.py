"""Working hours as people write them: `Mon-Fri 09:00-17:30, Sat 22:00-06:00`."""

import re
from datetime import time

from bot.people import WorkingHours

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_PART = re.compile(
    r"([A-Z][a-z]{2})(?:-([A-Z][a-z]{2}))? ([0-9]{2}):([0-9]{2})-([0-9]{2}):([0-9]{2})"
)


def read_hours(text: str) -> WorkingHours:
    """Return the span of each weekday; raise ValueError saying which part is not understood."""
    days: dict[int, tuple[time, time]] = {}
    for part in text.split(","):
        found = _PART.fullmatch(part.strip())
        if not found:
            raise ValueError("must be weekdays and a span, with commas between several")
        span = _span(*(int(number) for number in found.groups()[2:]))
        for day in _weekdays(found[1], found[2] or found[1]):
            if day in days:
                raise ValueError(f"gives {_DAYS[day]} twice")
            days[day] = span
    return WorkingHours(days)


def _span(hour: int, minute: int, end_hour: int, end_minute: int) -> tuple[time, time]:
    if max(hour, end_hour) > 23 or max(minute, end_minute) > 59:
        raise ValueError("names a time that no clock shows")
    start, end = time(hour, minute), time(end_hour, end_minute)
    if start == end:
        raise ValueError("ends when it starts")
    return start, end


def _weekdays(first: str, last: str) -> list[int]:
    for name in (first, last):
        if name not in _DAYS:
            raise ValueError(f"names an unknown day; days are {', '.join(_DAYS)}")
    start, end = _DAYS.index(first), _DAYS.index(last)
    return [(start + step) % 7 for step in range((end - start) % 7 + 1)]
