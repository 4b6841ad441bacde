"""A time is promised only where working hours back it."""

from datetime import UTC, datetime, time

import pytest

from bot.flows.triage.promise import promise
from bot.people import Person, WorkingHours

WEEK = WorkingHours({day: (time(9), time(17)) for day in range(5)})
ANA = Person(id="ana", name="Ana", time_zone="Europe/Berlin", hours=WEEK)
SAM = Person(id="sam", name="Sam", time_zone="America/New_York", hours=WEEK)
NOX = Person(
    id="nox",
    name="Nox",
    time_zone="Europe/Berlin",
    hours=WorkingHours({day: (time(22), time(6)) for day in (4, 5)}),
)
NOBODY = Person(id="bo", name="Bo")


def utc(day: int, hour: int, minute: int = 0, month: int = 3) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("people", "now", "priority", "expected"),
    [
        # Monday 2 March 2026; Berlin is an hour ahead of UTC, New York five behind.
        ((ANA,), utc(2, 9), 2, utc(2, 10)),
        ((ANA,), utc(2, 9, 7), 1, utc(2, 9, 45)),
        ((ANA,), utc(2, 6), 1, utc(2, 8, 30)),
        ((ANA,), utc(2, 15), 3, utc(3, 11)),
        ((ANA,), utc(6, 15, 30), 2, utc(9, 8, 30)),
        ((ANA, SAM), utc(2, 15), 3, utc(2, 19)),
        ((ANA, ANA), utc(2, 15), 3, utc(3, 11)),
        ((NOBODY, ANA), utc(2, 9), 2, utc(2, 10)),
        # The clocks of Berlin go forward on Sunday 29 March.
        ((ANA,), utc(28, 12), 1, utc(30, 7, 30)),
        # Whoever works at night is there until the next morning.
        ((NOX,), utc(7, 3), 2, utc(7, 4)),
        ((NOX,), utc(7, 4, 30), 2, utc(7, 21, 30)),
        ((NOX,), utc(28, 22), 3, utc(29, 2)),
        ((NOBODY,), utc(2, 9), 1, None),
        ((), utc(2, 9), 1, None),
    ],
)
def test_the_promised_time_has_enough_working_time_before_it(
    people: tuple[Person, ...], now: datetime, priority: int, expected: datetime | None
) -> None:
    """Law: hours of all people count once, nights and weekends not at all, quarters are rounded
    up, and without hours there is no time."""
    assert promise(people, now, priority) == expected


def test_hours_that_do_not_suffice_within_a_week_promise_nothing() -> None:
    """Law: rather no time than one that cannot be kept."""
    rare = Person(id="cy", name="Cy", hours=WorkingHours({0: (time(9), time(10))}))

    assert promise((rare,), utc(2, 9), 5) is None


@pytest.mark.parametrize(
    ("now", "is_there"),
    [
        (utc(6, 20, 59), False),
        (utc(6, 21), True),
        (utc(7, 4, 59), True),
        (utc(7, 5), False),
        (utc(8, 4), True),
        (utc(9, 4), False),
    ],
)
def test_a_night_belongs_to_the_day_on_which_it_began(now: datetime, is_there: bool) -> None:
    """Law: Friday's night is over on Saturday at six, by the person's own clock."""
    assert NOX.is_at_work(now) is is_there
