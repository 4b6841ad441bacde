"""What happens in the help desk and here at the same time, told late, in another order or never."""

from typing import Any

import httpx
import pytest

from sandbox.helpdesk import ZendeskHook
from sandbox.helpdesk.records import DeskEvent
from storage.models import DeliveryState
from tests.company import ANA, LEA, SECRETS
from tests.flows.scenes import HUMAN, audit, claimed, escalated, refund_asked
from tests.flows.screen import fill
from tests.flows.test_every_word import EXPORT, TWO_FACTOR
from tests.world import World


def is_before_a_person(world: World) -> bool:
    with world.looking() as uow:
        return uow.escalations.open_of(1) is not None


def hook_of(world: World) -> ZendeskHook:
    return ZendeskHook(f"{world.server.url}/hooks/zendesk", SECRETS["ZENDESK_WEBHOOK_SECRET"])


def told(world: World, ticket: int, **changed: Any) -> dict[str, Any]:
    """What a hook about a change of status says now."""
    there, now = world.desk.tickets[ticket], world.clock.now().timestamp()
    body = hook_of(world).body(
        DeskEvent("status_changed", there, there.requester, now, None, "open", there.status)
    )
    assert body is not None
    return body | changed


def arrives_only(world: World, body: dict[str, Any]) -> None:
    hook = hook_of(world)
    content, headers = hook.request(body, 1, world.clock.now().timestamp())
    assert httpx.post(hook.url, content=content, headers=headers).status_code == 200


def arrives(world: World, body: dict[str, Any]) -> None:
    arrives_only(world, body)
    world.settle()


def test_a_telling_of_a_solving_that_is_over_closes_nothing(world: World) -> None:
    """Law: hooks come late; before work ends here the help desk is asked what is so now."""
    ticket, _ = claimed(world)
    there = world.desk.tickets[ticket]
    world.clock.advance(minutes=1)
    was, there.status, there.updated = there.status, "solved", world.clock.now().timestamp()
    late = told(world, ticket)
    there.status = was
    arrives(world, late)
    assert is_before_a_person(world)


def test_what_a_colleague_solves_there_after_us_stays_solved(world: World) -> None:
    """Law: only words that our own solving has overtaken open a ticket again; what the customer's
    later words opened, somebody there may solve."""
    ticket, seen = claimed(world)
    assert fill(world, ANA, seen.press("Resolve")["view"], verdict="rightly")["ok"]
    world.later(hours=1)
    world.write("joy", HUMAN, ticket=ticket)
    assert is_before_a_person(world)
    world.later(hours=1)
    world.work_in_desk(ticket, status="solved")
    world.later(minutes=5)
    assert world.desk.tickets[ticket].status == "solved"
    assert not is_before_a_person(world)


@pytest.mark.parametrize("kind", ["soft_deleted", "marked_as_spam"])
def test_a_ticket_that_is_deleted_there_is_nobodys_task_here(world: World, kind: str) -> None:
    """Law: it cannot be asked for any more, and neither an escalation nor a dead letter stays."""
    ticket, _ = escalated(world)
    body = told(world, ticket, type=f"zen:event-type:ticket.{kind}")
    del world.desk.tickets[ticket]
    arrives(world, body)
    assert not is_before_a_person(world)
    assert [entry.subject for entry in audit(world, "ticket gone")] == ["ticket:1"]
    with world.looking() as uow:
        assert uow.deliveries.listed(DeliveryState.DEAD, 9) == []


def test_a_ticket_that_is_not_there_when_it_is_asked_for_is_nobodys_task(world: World) -> None:
    """Law: the hook that told of the deletion may be lost."""
    ticket, _ = escalated(world)
    body = told(world, ticket, type="zen:event-type:ticket.merged")
    del world.desk.tickets[ticket]
    arrives(world, body)
    assert not is_before_a_person(world)


def test_words_that_a_colleague_had_not_seen_are_not_taken_for_answered(world: World) -> None:
    """Law: a reply answers what stood above it, however late it is told."""
    ticket = world.write("joy", EXPORT, "Export")
    world.later(minutes=1)
    world.desk.faults.hook_lose = 1.0
    world.work_in_desk(ticket, comment="I look into it.", public=True)
    world.desk.faults.hook_lose = 0.0
    arrives_only(world, told(world, ticket, type="zen:event-type:ticket.merged"))
    world.clock.advance(minutes=1)
    world.write_only("joy", TWO_FACTOR, ticket=ticket)
    world.settle()
    assert is_before_a_person(world)


def test_a_colleague_who_speaks_with_the_customer_is_not_talked_over(world: World) -> None:
    """Law: also when an approver says no to what the agent had proposed before."""
    ticket, seen = refund_asked(world)
    world.work_in_desk(ticket, comment="I look into it myself.", public=True)
    said = world.customer_reads(ticket)
    view = seen.press("Reject", by=LEA)["view"]
    assert fill(world, LEA, view, reason="Not our fault at all.")["ok"]
    world.later(minutes=5)
    assert is_before_a_person(world)
    assert world.customer_reads(ticket) == said


def test_an_older_state_of_the_same_second_opens_nothing_again(world: World) -> None:
    """Law: help desks count in seconds, and within one their hooks come in any order."""
    ticket, _ = claimed(world)
    older = told(world, ticket)
    world.work_in_desk(ticket, status="solved")
    arrives(world, older)
    world.later(minutes=5)
    assert audit(world, "escalation reopened") == []
    assert not is_before_a_person(world)
