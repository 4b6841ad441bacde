"""What was approved can be taken back for a moment, and runs once that is over."""

import pytest

from bot.steps import Lane
from storage.models import Delivery
from tests.company import APPROVALS, LEA, MAX, NIA
from tests.flows.scenes import DECIDE, audit, refund_asked
from tests.flows.screen import Seen, card, fill, messages, told
from tests.flows.test_one_wish import carry
from tests.world import World

GRACE = {"{grace: 0s,": "{grace: 10s,"}
pytestmark = pytest.mark.app_yaml(GRACE)


def approved(world: World) -> Seen:
    _, seen = refund_asked(world)
    seen.press("Approve")
    return card(world, LEA, APPROVALS)


def test_nothing_leaves_before_the_moment_is_over(world: World) -> None:
    """Law: until then no effect exists that anything could carry out; afterwards there is one."""
    seen = approved(world)
    assert (
        "about to run" in seen.text
        and "10 seconds" in seen.text
        and "Approved by Lea Sand" in seen.text
    )
    assert seen.labels == ["Undo"]
    world.later(seconds=9)
    assert world.refunds == []
    world.later(seconds=2)
    assert [refund["amount"] for refund in world.refunds] == [4900]
    done = card(world, LEA, APPROVALS)
    assert "Done. Receipt" in done.text and done.labels == []


def test_whoever_approved_takes_it_back(world: World) -> None:
    """Law: it waits for a decision as before, and nothing runs when the moment is over."""
    approved(world).press("Undo")
    seen = card(world, LEA, APPROVALS)
    assert "waits for a decision" in seen.text
    assert seen.labels == DECIDE
    world.later(minutes=2)
    assert world.refunds == []
    assert [one.actor for one in audit(world, "approval undone")] == ["lea"]


def test_what_was_taken_back_can_be_approved_again(world: World) -> None:
    """Law: each yes has its whole moment, and money moves once."""
    approved(world).press("Undo")
    world.later(seconds=6)
    card(world, LEA, APPROVALS).press("Approve")
    world.later(seconds=6)
    assert world.refunds == []
    world.later(seconds=6)
    assert len(world.refunds) == 1
    world.later(minutes=1)
    assert len(world.refunds) == 1


def test_nobody_else_takes_it_back(world: World) -> None:
    """Law: an approval is undone by whoever gave it, and others are told so."""
    seen = approved(world)
    seen.press("Undo", by=MAX)
    assert "Whoever approved this can take it back" in told(world, MAX, APPROVALS)
    world.later(seconds=11)
    assert len(world.refunds) == 1


def test_it_is_too_late_once_it_has_left(world: World) -> None:
    """Law: a button that was on screen a moment too long says so, and changes nothing."""
    seen = approved(world)
    world.clock.advance(seconds=11)
    carry(world, Lane.INNER)
    seen.press_only("Undo")
    world.settle()
    assert "too late to take this back" in told(world, LEA, APPROVALS)
    assert len(world.refunds) == 1 and audit(world, "approval undone") == []


def test_of_two_who_agreed_one_is_enough_to_stop_it(world: World) -> None:
    """Law: the other's yes stands, and a second person is needed again."""
    _, seen = refund_asked(world, "big", "Please refund my last payment of 1200.00 USD.")
    seen.press("Approve", by=LEA)
    card(world, LEA, APPROVALS).press("Approve", by=MAX)
    card(world, LEA, APPROVALS).press("Undo", by=LEA)
    seen = card(world, LEA, APPROVALS)
    assert "1 of 2 approvals, by Max Vidal" in seen.text
    world.later(seconds=11)
    assert world.refunds == []
    seen.press("Approve", by=MAX)
    assert "You have approved this already" in told(world, MAX, APPROVALS)
    seen.press("Approve", by=LEA)
    world.later(seconds=11)
    assert [refund["amount"] for refund in world.refunds] == [120000]


def test_meanwhile_nobody_decides_anything_else(world: World) -> None:
    """Law: whoever is slower hears who was first, also while that may still be taken back."""
    _, seen = refund_asked(world)
    view = seen.press("Reject", by=NIA)["view"]
    seen.press_only("Approve", by=LEA)
    seen.press_only("Approve", by=MAX)
    world.settle()
    assert "Lea Sand was faster" in str(fill(world, NIA, view, reason="Not this one."))
    assert "Lea Sand was faster" in told(world, MAX, APPROVALS)
    assert len(audit(world, "approval granted")) == 1


def test_a_copy_of_the_card_takes_nothing_back(world: World) -> None:
    """Law: only the original's buttons do anything."""
    seen = approved(world)
    elsewhere = {"container": {"message_ts": "1790154000.999999"}}
    seen.press("Undo", raw_overrides=elsewhere)
    assert "This is a copy of the card" in told(world, LEA, APPROVALS)
    world.later(seconds=11)
    assert len(world.refunds) == 1


def test_what_is_taken_back_behind_its_deadline_has_expired(world: World) -> None:
    """Law: its time does not begin anew, and the ticket comes to a person."""
    _, seen = refund_asked(world)
    world.later(hours=3, minutes=59, seconds=55)
    seen.press("Approve")
    world.later(seconds=7)
    card(world, LEA, APPROVALS).press("Undo")
    assert "Expired" in card(world, LEA, APPROVALS).text
    assert [one.data["rule"] for one in audit(world, "escalated")] == ["act_expired"]


@pytest.mark.app_yaml({"{grace: 0s,": "{grace: 10m,"})
def test_what_is_taken_back_is_watched_again(world: World) -> None:
    """Law: what was looked at in between, when there was nothing to look after, is looked at on."""
    _, seen = refund_asked(world)
    world.later(minutes=5)
    seen.press("Approve")
    world.later(minutes=8)
    card(world, LEA, APPROVALS).press("Undo")
    with world.looking() as uow:
        waits = {one.step for one in uow.session.query(Delivery) if one.state == "waiting"}
    assert {"watch ground", "remind of approval", "expire approval"} <= waits


def test_a_ticket_that_is_gone_meanwhile_takes_its_act_along(world: World) -> None:
    """Law: what it rests on is watched to the last."""
    ticket, seen = refund_asked(world)
    seen.press("Approve")
    world.work_in_desk(ticket, removed="deleted")
    assert "Withdrawn" in card(world, LEA, APPROVALS).text
    world.later(seconds=11)
    assert world.refunds == []


@pytest.mark.app_yaml(
    {**GRACE, "limits: {refunds_per_customer_day: 2}": "limits: {refunds_per_customer_day: 1}"}
)
def test_what_may_be_taken_back_counts_as_a_refund(world: World) -> None:
    """Law: no daily limit is got round in the moment before money moves."""
    for charge, amount in (("ch_20", 2500), ("ch_12", 1200)):
        world.provider.add_charge(
            amount=amount, currency="usd", customer="cus_sol", charge_id=charge
        )
    world.write("sol", "Please refund my payment of 25.00 USD.", "Money back")
    card(world, LEA, APPROVALS).press("Approve")
    world.write("sol", "Please refund my payment of 12.00 USD.", "Another one")
    assert world.refunds == [] and len(messages(world, LEA, APPROVALS)) == 2


def test_what_needs_nobody_does_not_wait(world: World) -> None:
    """Law: where nobody said yes nobody could take it back."""
    world.write("sol", "Please refund my last payment of 15.00 USD.", "Money back")
    assert len(world.refunds) == 1
