"""What an erasure leaves in force, and what it does to whoever has or had the same ticket."""

from dataclasses import replace

from sqlalchemy import select

from bot.commands import ReceiveTicket
from bot.ports import DeskCustomer, DeskMessage, DeskTicket
from storage import erasure
from storage.models import Approval, Message
from tests.company import APPROVALS, LEA
from tests.flows.scenes import REFUND, audit, refund_asked
from tests.flows.screen import card
from tests.flows.test_every_word import EXPORT
from tests.flows.test_other_requester import SOL, payer
from tests.world import World

NEW = "new@shop.example"
# Another assignee has the whole ticket asked for.
COLLEAGUE = "petra@helpdesk.example"
PART = "Please refund 5.00 USD of my payment of 15.00 USD, charge ch_sol."


def erase(world: World, customer: int) -> None:
    world.backstop.writer.run(lambda uow: erasure.erase(uow, customer, world.clock.now()))
    world.clock.advance(minutes=1)


def customer_of(world: World, ticket: int = 1) -> int:
    with world.looking() as uow:
        return uow.tickets.get(ticket).customer_id


def said(world: World) -> list[tuple[int, str]]:
    """By whose words they are, what customers said in the first ticket."""
    with world.looking() as uow:
        found = uow.session.scalars(select(Message).order_by(Message.id))
        return [(one.customer_id, one.body) for one in found if one.author.is_outside]


def approvals(world: World) -> list[Approval]:
    with world.looking() as uow:
        return list(uow.session.scalars(select(Approval).order_by(Approval.id)))


def test_after_an_erasure_a_second_refund_of_a_charge_still_takes_a_person(world: World) -> None:
    """Law: what was paid out of a charge is not forgotten with whoever it was paid to."""
    world.write("sol", PART, "Money back")
    assert [one["amount"] for one in world.refunds] == [500]
    second = world.write("sol", EXPORT, "Export")
    erase(world, customer_of(world))
    world.write("sol", PART, ticket=second)
    assert [one["amount"] for one in world.refunds] == [500]
    seen = card(world, LEA, APPROVALS)
    assert "Earlier: Refund for ticket #1, of the same charge" in seen.text.replace("\n", "")
    assert "Approve" in seen.labels


def test_what_was_asked_for_another_on_the_same_ticket_stays_whole(world: World) -> None:
    """Law: erasing Joy takes nothing of what was approved for Sol, whose ticket it is now."""
    ticket, seen = refund_asked(world)
    seen.press("Approve", by=LEA)
    world.clock.advance(minutes=1)
    world.work_in_desk(ticket, requester=SOL)
    world.write("sol", PART, ticket=ticket)
    [joys, sols] = approvals(world)
    erase(world, joys.customer_id)
    [joys, sols] = approvals(world)
    assert (joys.payload, joys.digest, joys.about) == ("", "", "charge:ch_joy")
    assert sols.about == "charge:ch_sol" and sols.digest
    assert "500" in sols.payload


def test_a_ticket_of_an_erased_customer_that_is_given_to_another_is_theirs(world: World) -> None:
    """Law: Sol's words are stored as Sol's and looked at with Sol's charges; and what the help desk
    tells again of the one before stays erased."""
    ticket = world.write("joy", EXPORT, "Export")
    joy = customer_of(world)
    erase(world, joy)
    world.work_in_desk(ticket, requester=SOL)
    world.write("sol", REFUND, ticket=ticket)
    world.later(minutes=1)
    assert payer(world) == "cus_sol"
    assert said(world) == [(customer_of(world), REFUND)]
    assert customer_of(world) != joy
    assert len(audit(world, "requester changed")) == 1


def test_an_erased_customer_who_is_told_again_stays_erased(world: World) -> None:
    ticket = world.write("joy", EXPORT, "Export")
    joy = customer_of(world)
    erase(world, joy)
    world.work_in_desk(ticket, assignee=COLLEAGUE)
    world.write("joy", "Hello again", ticket=ticket)
    assert said(world) == [(joy, "Hello again")]
    assert audit(world, "requester changed") == []


def test_words_that_were_erased_from_anothers_ticket_are_not_heard_again(world: World) -> None:
    """Law: whole tickets are told again and again, also after the one before has been erased."""
    ticket = world.write("joy", EXPORT, "Export")
    joy = customer_of(world)
    world.clock.advance(minutes=1)
    world.work_in_desk(ticket, requester=SOL)
    erase(world, joy)
    world.work_in_desk(ticket, assignee=COLLEAGUE)
    world.write("sol", "Which rota?", ticket=ticket)
    assert said(world) == [(customer_of(world), "Which rota?")]


def test_an_address_that_was_erased_does_not_come_back_with_the_next_telling(world: World) -> None:
    """Law: whoever is known by their address alone is not told from another by it any more."""
    told = DeskTicket(
        id="9",
        subject="Export",
        status="open",
        updated=world.clock.now(),
        customer=DeskCustomer(id=NEW, email=NEW),
        messages=(DeskMessage("1", "customer", EXPORT, True, world.clock.now()),),
    )
    world.backstop.bus.handle(ReceiveTicket("shop", told))
    erase(world, customer_of(world))
    world.backstop.bus.handle(ReceiveTicket("shop", replace(told, updated=world.clock.now())))
    assert said(world) == []
    with world.looking() as uow:
        assert uow.tickets.get(1).requester == ""
        assert uow.customers.by_ref("shop", NEW) is None
