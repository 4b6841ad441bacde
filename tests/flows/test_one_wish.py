"""One wish is granted once, however often, where and at what moment it is told."""

from typing import Any

import pytest

from bot.steps import Lane
from storage.models import Approval, ApprovalState, Decision, Escalation, Ticket
from tests.company import APPROVALS, LEA
from tests.flows.scenes import REFUND, audit, refund_asked
from tests.flows.screen import card, messages
from tests.world import World

PART = "Please refund 20.00 USD of my payment of 49.00 USD, charge ch_joy."
REST = "Please refund 29.00 USD of my payment of 49.00 USD, charge ch_joy."


def rows(world: World, model: type[Any]) -> list[Any]:
    with world.looking() as uow:
        return uow.session.query(model).order_by(model.id).all()


def carry(world: World, *lanes: Lane) -> None:
    """What these lanes have to do, while the others are busy elsewhere."""
    while sum(world.backstop.worker.run_due(lane) for lane in lanes):
        pass


def reasons(world: World, ticket: int) -> str:
    """Why the ticket of that number at the help desk is before a person; empty when it is not."""
    found = {one.id: one for one in rows(world, Ticket)}
    return " ".join(
        " ".join(one.reasons)
        for one in rows(world, Escalation)
        if found[one.ticket_id].ref == str(ticket)
    )


def approve_all(world: World) -> None:
    for seen in messages(world, LEA, APPROVALS):
        if "Approve" in seen.labels:
            seen.press("Approve")


def test_a_wish_that_is_told_again_before_its_card_is_there_gets_one_card(world: World) -> None:
    """Law: what waits already is not put up again, and is paid once."""
    ticket = world.write_only("joy", PART, "Money back")
    carry(world, Lane.DESK, Lane.MODEL)
    world.clock.advance(seconds=2)
    world.write_only("joy", f"Hello? {PART}", ticket=ticket)
    carry(world, Lane.DESK, Lane.MODEL)
    assert len(rows(world, Decision)) == 2
    world.settle()
    assert len(rows(world, Approval)) == 1
    assert len(audit(world, "act repeated")) == 1
    assert "Hello?" in card(world, LEA, APPROVALS).text
    approve_all(world)
    assert [one["amount"] for one in world.refunds] == [2000]
    assert reasons(world, ticket) == ""


def test_while_an_act_about_a_charge_waits_another_tickets_goes_to_a_person(world: World) -> None:
    """Law: nobody approves what a card beside theirs asks for as well."""
    world.write("joy", PART, "Money back")
    other = world.write("joy", PART, "Money back, again")
    assert [one.state for one in rows(world, Approval)] == [ApprovalState.PENDING]
    assert "on ticket #1" in reasons(world, other)
    approve_all(world)
    assert len(world.refunds) == 1


def test_an_earlier_refund_of_the_charge_stands_on_the_card(world: World) -> None:
    """Law: whoever decides knows what was granted about the same, and to whom how often."""
    world.write("joy", PART, "Money back")
    approve_all(world)
    world.write("joy", PART, "Money back, again")
    seen = card(world, LEA, APPROVALS)
    assert "Earlier: Refund 20.00 USD for ticket #1" in seen.text
    assert "of the same charge, approved by Lea Sand" in seen.text
    assert "refunds in the last 90 days: 1" in seen.text
    seen.press("Approve")
    assert len(world.refunds) == 2


def test_a_second_refund_of_a_charge_is_never_automatic(world: World) -> None:
    """Law: two small parts of one payment are asked for as what they add up to."""
    words = "Please refund {} USD of my payment of 15.00 USD, charge ch_sol."
    world.write("sol", words.format("7.00"), "Money back")
    assert len(world.refunds) == 1
    world.write("sol", words.format("6.00"), "Money back, again")
    assert len(world.refunds) == 1
    assert "Earlier: Refund 7.00 USD for ticket #1" in card(world, LEA, APPROVALS).text


def test_what_is_approved_on_a_ticket_is_not_added_to_there(world: World) -> None:
    """Law: another amount of the same charge is for a person to judge."""
    ticket, seen = refund_asked(world, words=PART)
    seen.press("Approve")
    world.write("joy", REST, ticket=ticket)
    assert len(rows(world, Approval)) == 1
    assert "on ticket #1" in reasons(world, ticket)


def test_another_change_on_the_same_ticket_is_no_repetition(world: World) -> None:
    """Law: what is repeated is the act, not its kind."""
    ticket = world.write("joy", "Please change the plan to premium.", "Plan")
    approve_all(world)
    world.write("joy", "Please add 3 more seats to our plan.", ticket=ticket)
    approve_all(world)
    assert [one["change"]["change"] for one in world.account_changes] == ["plan", "seats"]
    assert reasons(world, ticket) == ""


def test_after_an_expiry_the_same_may_be_asked_for_on_another_ticket(world: World) -> None:
    """Law: only what waits or was granted is in the way."""
    refund_asked(world)
    world.later(hours=5)
    world.write("joy", REFUND, "Once more")
    assert [one.state.value for one in rows(world, Approval)] == ["expired", "pending"]


@pytest.mark.app_yaml({"  approvals: C0APPROVALS\n": "", "  admin: C0ADMIN\n": ""})
def test_an_act_that_nobody_can_be_asked_about_goes_to_a_person_at_once(world: World) -> None:
    """Law: without a channel for approvals nobody would see the card, and time would run out."""
    ticket = world.write("joy", REFUND, "Money back")
    assert rows(world, Approval) == []
    assert "no channel to ask in" in reasons(world, ticket)
