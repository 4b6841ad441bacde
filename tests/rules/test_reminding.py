"""Who is reminded of an approval; pure."""

from datetime import UTC, datetime, time

from hypothesis import given
from hypothesis import strategies as st

from bot.flows.approval.reminding import whom
from bot.people import Person, WorkingHours

NOW = datetime(2026, 9, 23, 9, tzinfo=UTC)
DAY = {day: (time(8), time(18)) for day in range(7)}
NIGHT = {day: (time(20), time(22)) for day in range(7)}
IDS = ("ana", "ben", "lea", "max")

people = st.lists(
    st.builds(
        lambda ident, hours, backup: Person(ident, ident, hours=WorkingHours(hours), backup=backup),
        st.sampled_from(IDS),
        st.sampled_from([DAY, NIGHT, {}]),
        st.sampled_from([None, *IDS]),
    ),
    unique_by=lambda person: person.id,
)


@given(people, st.booleans())
def test_only_who_may_decide_is_asked_and_at_the_last_time_somebody(
    able: list[Person], is_last: bool
) -> None:
    """Law: a backup who may not decide is no backup here, and nobody is asked twice."""
    asked = whom(able, NOW, is_last=is_last)
    assert {person.id for person in asked} <= {person.id for person in able}
    assert len({person.id for person in asked}) == len(asked)
    assert asked or not (is_last and able)


@given(people, st.booleans())
def test_whoever_sleeps_is_asked_as_a_backup_or_when_nobody_else_is(
    able: list[Person], is_last: bool
) -> None:
    """Law: quiet hours hold for everybody else."""
    asked = whom(able, NOW, is_last=is_last)
    backups = {person.backup for person in able}
    asleep = [person for person in asked if not person.is_at_work(NOW)]
    alone = is_last and not any(person.is_at_work(NOW) or person.id in backups for person in able)
    assert alone or all(person.id in backups for person in asleep)
