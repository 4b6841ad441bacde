"""A ticket that the help desk gives to another customer is that customer's, here too."""

import pytest

from bot.steps import Lane
from storage import erasure
from storage.models import Customer, EffectState, Ticket
from tests.company import APPROVALS, BILLING, LEA
from tests.flows.scenes import REFUND, audit, effects, refund_asked
from tests.flows.screen import card, direct
from tests.flows.test_every_word import EXPORT, decisions, escalations
from tests.flows.test_one_wish import carry
from tests.world import World

SOL = "sol@small.example"
WHY = "the ticket was given to another customer in the help desk"


def payer(world: World, ticket: int = 1) -> str | None:
    with world.looking() as uow:
        return uow.customers.get(uow.tickets.get(ticket).customer_id).payment_ref


def test_nobody_pays_on_behalf_of_the_customer_before(world: World) -> None:
    """Law: what waits is withdrawn, the ticket is the other's, and a person hears of it."""
    ticket, _ = refund_asked(world)
    world.work_in_desk(ticket, requester=SOL)
    seen = card(world, LEA, APPROVALS)
    assert WHY in seen.text
    assert "Approve" not in seen.labels
    assert escalations(world) == ["requester_changed"]
    assert "Sol Diaz" in card(world, LEA, BILLING).text
    assert payer(world) == "cus_sol"
    [entry] = audit(world, "requester changed")
    assert entry.subject == "ticket:1"
    assert sorted(entry.data) == ["from", "to"]


def test_what_was_granted_for_the_customer_before_is_not_carried_out(world: World) -> None:
    _, seen = refund_asked(world)
    seen.press_only("Approve", by=LEA)
    world.backstop.writer.run(_given_to_sol)
    world.settle()
    assert world.refunds == []
    assert [(one.state, one.trouble) for one in effects(world)] == [
        (EffectState.REFUSED, "requester_changed")
    ]
    assert WHY in direct(world, LEA)[-1].text


def test_what_was_done_for_the_customer_before_is_not_told_to_the_other(world: World) -> None:
    ticket, seen = refund_asked(world)
    seen.press_only("Approve", by=LEA)
    carry(world, Lane.EFFECTS)
    world.backstop.writer.run(_given_to_sol)
    world.settle()
    assert len(world.refunds) == 1
    assert [one for one in world.customer_reads(ticket) if "refunded" in one] == []


def _given_to_sol(uow: object) -> None:
    session = uow.session  # type: ignore[attr-defined]  # whatever a writer's job is given
    sol = session.query(Customer).filter(Customer.ref == "cus_sol").one()
    session.query(Ticket).one().customer_id = sol.id


@pytest.mark.parametrize("told", ["the change", "the words"])
def test_the_other_customers_words_are_theirs(world: World, told: str) -> None:
    """Law: whichever hook comes first, their wish is looked at with their own charges."""
    ticket = world.write("joy", EXPORT, "Export")
    world.later(minutes=1)
    if told == "the words":
        world.desk.faults.hook_lose_next = 1
    world.work_in_desk(ticket, requester=SOL)
    world.write("sol", REFUND, ticket=ticket)
    world.later(minutes=1)
    assert payer(world) == "cus_sol"
    assert escalations(world) == ["requester_changed"]
    assert decisions(world) == ["answer"]


def test_the_same_customer_told_again_changes_nothing(world: World) -> None:
    ticket, _ = refund_asked(world)
    world.work_in_desk(ticket, requester="joy@oak.example", priority="high")
    world.later(minutes=1)
    assert audit(world, "requester changed") == []
    assert "Approve" in card(world, LEA, APPROVALS).labels


def test_a_solved_ticket_that_is_given_away_asks_nobody(world: World) -> None:
    ticket = world.write("joy", EXPORT, "Export")
    world.work_in_desk(ticket, status="solved")
    world.clock.advance(minutes=1)
    world.work_in_desk(ticket, requester=SOL)
    assert payer(world) == "cus_sol"
    assert escalations(world) == []


def test_whoever_had_a_ticket_before_is_erased_from_it(world: World) -> None:
    """Law: their words stand in it and on its cards, whoever has it now."""
    ticket = world.write("joy", EXPORT, "Export")
    world.later(minutes=1)
    with world.looking() as uow:
        joy = uow.tickets.get(1).customer_id
    world.work_in_desk(ticket, requester=SOL)
    erased = world.backstop.writer.run(lambda uow: erasure.erase(uow, joy, world.clock.now()))
    assert erased.tickets == 1
    assert erased.messages > 0
    with world.looking() as uow:
        assert EXPORT not in [message.body for message in uow.tickets.conversation(1)]
