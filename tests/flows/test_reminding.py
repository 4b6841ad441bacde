"""Whoever may decide is reminded before the time to decide is over."""

import pytest
from sqlalchemy import select

from storage.models import Delivery, DeliveryState
from tests.company import DEE, LEA, MAX, NIA
from tests.flows.scenes import audit, refund_asked
from tests.flows.screen import direct
from tests.world import World

# At this hour nobody of theirs is at work.
NIGHT = 'hours: "Mon-Fri 22:00-23:00"'
ASLEEP = {f"slack: {who}, limits": f"slack: {who}, {NIGHT}, limits" for who in (LEA, MAX, NIA)} | {
    f"admin], slack: {who}}}": f"admin], slack: {who}, {NIGHT}}}" for who in (DEE, "U0GIL", "U0ZAP")
}
BACKED = ASLEEP | {f"slack: {LEA}, limits": f"slack: {LEA}, backup: max, {NIGHT}, limits"}


def words_to(world: World, who: str) -> list[str]:
    return [one.text for one in direct(world, who) if "still waits for a decision" in one.text]


def test_at_half_and_at_three_quarters_whoever_may_decide_is_told(world: World) -> None:
    """Law: what, for which ticket and how long still; nobody before, and nobody else."""
    refund_asked(world)
    world.later(hours=1, minutes=59)
    assert words_to(world, NIA) == []
    world.later(minutes=1)
    [told] = words_to(world, NIA)
    assert "Refund 49.00 USD still waits" in told and "for 2 h." in told
    world.later(hours=1)
    for who in (LEA, MAX, NIA):
        assert len(words_to(world, who)) == 2
    assert "for 1 h." in words_to(world, LEA)[-1]
    [half, last] = audit(world, "approval reminded")
    assert (half.data["quarters"], last.data["quarters"]) == (2, 3)
    assert "lea" in half.data["told"] and "ana" not in half.data["told"]


def test_what_is_decided_reminds_nobody(world: World) -> None:
    """Law: a timer looks before it speaks."""
    _, seen = refund_asked(world)
    seen.press("Approve")
    world.later(hours=5)
    assert audit(world, "approval reminded") == []


def test_whoever_approved_is_not_reminded_of_the_other(world: World) -> None:
    """Law: of two who must agree the one that is missing is asked."""
    _, seen = refund_asked(world, "big", "Please refund my last payment of 1200.00 USD.")
    seen.press("Approve", by=LEA)
    world.later(hours=2)
    assert words_to(world, LEA) == [] and len(words_to(world, MAX)) == 1


@pytest.mark.app_yaml(ASLEEP)
def test_nobody_is_woken_before_the_last_time(world: World) -> None:
    """Law: by each one's own clock; where all sleep the last reminder goes to everybody."""
    refund_asked(world)
    world.later(hours=2)
    assert words_to(world, LEA) == words_to(world, MAX) == []
    world.later(hours=1)
    assert len(words_to(world, LEA)) == len(words_to(world, MAX)) == 1


@pytest.mark.app_yaml(BACKED)
def test_a_backup_is_asked_at_any_hour(world: World) -> None:
    """Law: so that the others may sleep."""
    refund_asked(world)
    world.later(hours=3)
    assert len(words_to(world, MAX)) == 2
    assert words_to(world, LEA) == words_to(world, NIA) == []


def test_a_reminder_says_how_to_the_card(world: World) -> None:
    """Law: whoever is reminded knows what it is about, and finds the card."""
    refund_asked(world)
    world.later(hours=2)
    told = words_to(world, NIA)[-1]
    assert "Money back" in told and "brings the card" in " ".join(told.split())


def test_a_bot_that_is_listed_is_told_nothing_and_nothing_gives_up(world: World) -> None:
    """Law: whoever reads nothing is no dead letter."""
    refund_asked(world)
    world.later(hours=3)
    assert len(words_to(world, NIA)) == 2
    with world.looking() as uow:
        dead = uow.session.scalars(
            select(Delivery).where(Delivery.state == DeliveryState.DEAD)
        ).all()
    assert [one.error for one in dead] == []
