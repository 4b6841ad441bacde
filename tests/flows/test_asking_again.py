"""A customer who writes again, and consequences that must not reach somebody else."""

import pytest

from bot.errors import Refused
from bot.flows.approval.calling import Call, Systems, carry_out
from storage.models import Approval, Certainty
from tests.company import APPROVALS, LEA
from tests.flows.scenes import refund_asked
from tests.world import World


def approvals(world: World) -> list[Approval]:
    with world.looking() as uow:
        return uow.session.query(Approval).order_by(Approval.id).all()


def test_a_word_of_thanks_pays_nothing_again(world: World) -> None:
    """
    What was granted on a ticket is not granted by the customer's next mail.
    """
    ticket, seen = refund_asked(world)
    seen.press("Approve", by=LEA)
    assert len(world.refunds) == 1

    world.write("joy", "Thank you! I wait for the money.", ticket=ticket)
    world.write("joy", "Please refund my last payment of 49.00 USD.", ticket=ticket)

    assert len(world.refunds) == 1
    assert len(approvals(world)) == 1


def test_a_second_wish_for_the_same_goes_to_a_person(world: World) -> None:
    """
    A repeated wish is escalated, naming the approval before it.
    """
    ticket, seen = refund_asked(world)
    seen.press("Approve", by=LEA)

    world.write("joy", "Please refund my last payment of 49.00 USD.", ticket=ticket)

    with world.looking() as uow:
        found = uow.tickets.by_ref("zendesk", str(ticket))
        assert found is not None
        escalation = uow.escalations.open_of(found.id)
    assert escalation is not None
    assert len(world.refunds) == 1


def test_while_an_act_waits_the_next_words_stand_in_its_thread(world: World) -> None:
    """
    Whoever decides reads what the customer added, and no second card appears.
    """
    ticket, seen = refund_asked(world)

    world.write("joy", "Any news about my refund?", ticket=ticket)

    assert len(approvals(world)) == 1
    thread = world.see(LEA, APPROVALS, thread=seen.ts)
    assert any("Any news about my refund?" in str(message["blocks"]) for message in thread[1:])


def test_all_news_of_a_ticket_share_one_triage(world: World) -> None:
    """
    Two triages of one ticket at a time would answer, or pay, twice.
    """
    ticket, _ = refund_asked(world)

    world.write("joy", "Hello?", ticket=ticket)

    with world.looking() as uow:
        triages = [d for d in uow.deliveries.listed(None, 100) if d.step == "triage"]
    assert triages
    assert all(d.key == f"triage:{d.payload['ticket']}/triage" for d in triages)


def test_a_charge_of_nobody_is_not_refunded_to_anybody(world: World) -> None:
    """
    A customer the provider does not know does not match a charge without a customer.
    """
    made = world.server.http.post(
        "/sandbox/payments/charge", json={"amount": 1000, "currency": "usd"}
    ).json()
    payments = world.backstop.outside.payments
    call = Call(
        effect=1,
        kind="refund",
        key="k:1",
        payload={"charge": made["id"], "amount": 100, "currency": "USD"},
        source="zendesk",
        ticket_ref="1",
        payment_ref=None,
        text="",
        certainty=Certainty.NEVER_SENT,
        looks_first=False,
        since=world.clock.now(),
    )

    with pytest.raises(Refused, match="charge_of_another_customer"):
        carry_out(call, Systems(payments, None, None))

    assert world.refunds == []


def test_another_sources_ticket_of_the_same_number_is_not_written_to(world: World) -> None:
    """
    The connected desk's ticket with that number belongs to somebody else.
    """
    desk = world.backstop.outside.help_desk
    call = Call(
        effect=1,
        kind="reply",
        key="k:1",
        payload={},
        source="webform",
        ticket_ref=str(world.write("joy", "Where is the rota?", "Hello")),
        payment_ref=None,
        text="For somebody else",
        certainty=Certainty.NEVER_SENT,
        looks_first=False,
        since=world.clock.now(),
    )

    with pytest.raises(Refused, match="not_connected"):
        carry_out(call, Systems(None, desk, None))
