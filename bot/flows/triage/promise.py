"""By when a person will answer, said only where working hours back it."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.people import Person

# How much working time a person is given for a first answer, by priority.
_WORK = {
    1: timedelta(minutes=30),
    2: timedelta(hours=1),
    3: timedelta(hours=4),
    4: timedelta(hours=8),
    5: timedelta(hours=16),
}
_LOOK_AHEAD = 7
_QUARTER = timedelta(minutes=15)


def promise(people: Sequence[Person], now: datetime, priority: int) -> datetime | None:
    """The UTC moment, on a quarter of an hour, by which enough working time has passed.

    Hours count once however many people work in them. None when nobody states hours, or when
    they do not suffice within a week: then the customer is told no time.
    """
    left = _WORK[priority]
    for begins, ends in _merged(sorted(_spans(people, now))):
        begins = max(begins, now)
        if ends - begins >= left:
            return _rounded_up(begins + left)
        left -= max(ends - begins, timedelta())
    return None


def _spans(people: Sequence[Person], now: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Working hours from the days before to a week ahead, in UTC: somewhere today has begun
    already, and a night that began yesterday is not over."""
    utc = ZoneInfo("UTC")
    for person in people:
        zone = ZoneInfo(person.time_zone)
        first = now.astimezone(zone).date() - timedelta(days=2)
        for begins, ends in person.hours.spans(first, _LOOK_AHEAD + 3):
            yield (
                begins.replace(tzinfo=zone).astimezone(utc),
                ends.replace(tzinfo=zone).astimezone(utc),
            )


def _merged(
    spans: Sequence[tuple[datetime, datetime]],
) -> Iterator[tuple[datetime, datetime]]:
    """Spans in order, without the parts that an earlier one covers."""
    covered: datetime | None = None
    for begins, ends in spans:
        start = begins if covered is None else max(begins, covered)
        if ends > start:
            yield start, ends
            covered = ends


def _rounded_up(moment: datetime) -> datetime:
    past = timedelta(
        minutes=moment.minute % 15, seconds=moment.second, microseconds=moment.microsecond
    )
    return moment + (_QUARTER - past if past else timedelta())
