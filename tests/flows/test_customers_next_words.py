"""The customer goes on writing, and the help desk changes, while people work on it."""

import httpx
import pytest

from sandbox.helpdesk import ZendeskHook
from sandbox.helpdesk.records import DeskEvent
from storage.models import Message
from tests.company import ANA, BEN, ESCALATIONS, SECRETS
from tests.flows.scenes import audit, claimed, escalated, reply
from tests.flows.screen import card, direct, messages, thread, typed
from tests.world import World


def test_the_customers_next_message_lands_in_the_thread_and_mentions_the_owner_alone(
    world: World,
) -> None:
    """Law: one person is notified, and the channel is not."""
    ticket, seen = claimed(world)
    world.write("joy", "One more thing: @here it also prints <!channel> twice.", ticket=ticket)
    [said] = thread(world, BEN, seen)
    assert "it also prints <!channel> twice." in said.text
    assert "The customer wrote" in said.text
    mentions = world.workspace.channels[ESCALATIONS].mentions
    assert {user: count for user, count in mentions.items() if count} == {ANA: 1}
    assert direct(world, ANA) == []
    assert len(messages(world, BEN, ESCALATIONS)) == 1


def test_without_an_owner_nobody_is_mentioned(world: World) -> None:
    ticket, _ = escalated(world)
    world.write("joy", "Anybody there?", ticket=ticket)
    assert not any(world.workspace.channels[ESCALATIONS].mentions.values())


def test_the_card_quotes_the_customers_last_words(world: World) -> None:
    ticket, _ = escalated(world)
    world.write("joy", "Now it is on fire.", ticket=ticket)
    assert "Now it is on fire." in card(world, ANA, ESCALATIONS).text


def test_the_agent_is_silent_while_a_person_owns_the_ticket(world: World) -> None:
    """Law: also a question that an article answers is the owner's to answer."""
    ticket, _ = claimed(world)
    told = len(world.customer_reads(ticket))
    world.write("joy", "How do I export the roster as a CSV file?", ticket=ticket)
    assert len(world.customer_reads(ticket)) == told


def test_an_internal_note_in_the_help_desk_stays_inside(world: World) -> None:
    ticket, _ = claimed(world)
    told = world.customer_reads(ticket)
    world.work_in_desk(ticket, comment="Careful, they are a big account.", public=False)
    assert world.customer_reads(ticket) == told


def test_a_colleague_answering_in_the_help_desk_is_known_here(world: World) -> None:
    """Law: nobody answers twice because half of the conversation is elsewhere."""
    ticket, seen = claimed(world)
    world.work_in_desk(ticket, comment="I have answered by mail.", public=True)
    view = card(world, ANA, ESCALATIONS).press("Show the conversation")["view"]
    assert "I have answered by mail." in str(view["blocks"])
    assert seen.ts == card(world, ANA, ESCALATIONS).ts


def test_a_change_in_the_help_desk_redraws_the_card(world: World) -> None:
    ticket, _ = claimed(world)
    world.work_in_desk(ticket, status="pending")
    assert "waiting for the customer" in card(world, ANA, ESCALATIONS).text
    world.work_in_desk(ticket, status="open")
    assert "waiting for the customer" not in card(world, ANA, ESCALATIONS).text


@pytest.mark.parametrize("fault", ["hook_duplicate", "hook_reorder"])
def test_repeated_and_reordered_webhooks_change_nothing(world: World, fault: str) -> None:
    """Law: each of the customer's messages is known once, and a newer state stays."""
    world.desk.faults.hook_delay_seconds = 0.05
    setattr(world.desk.faults, fault, 1.0)
    ticket, seen = claimed(world)
    for words in ("First.", "Second.", "Third."):
        world.write("joy", words, ticket=ticket)
    reply(world, seen, "Understood.")
    with world.looking() as uow:
        said = uow.session.query(Message).filter(Message.draft.is_(False)).all()
    bodies = sorted(message.body for message in said)
    assert len(bodies) == len(set(bodies)) == 6
    assert len(thread(world, ANA, seen)) == 4
    assert len(messages(world, ANA, ESCALATIONS)) == 1


def test_an_older_state_never_overwrites_a_newer_one(world: World) -> None:
    """Law: what the help desk told last counts, not what arrived last."""
    ticket, _ = claimed(world)
    told = world.desk.tickets[ticket]
    hook = ZendeskHook(f"{world.server.url}/hooks/zendesk", SECRETS["ZENDESK_WEBHOOK_SECRET"])
    old = hook.body(
        DeskEvent("status_changed", told, told.requester, told.updated, None, "open", "pending")
    )
    assert old is not None
    world.clock.advance(minutes=1)
    world.work_in_desk(ticket, status="pending")
    world.work_in_desk(ticket, status="open")
    content, headers = hook.request(old, 1, world.clock.now().timestamp())
    answer = httpx.post(hook.url, content=content, headers=headers)
    assert answer.status_code == 200
    world.settle()
    assert "waiting for the customer" not in card(world, ANA, ESCALATIONS).text


def test_words_that_cross_with_the_resolving_open_the_ticket_again_for_a_person(
    world: World,
) -> None:
    """Law: what was resolved before its last words were read is not resolved, there or here, and
    the help desk's telling of our own solving closes nothing."""
    ticket, seen = claimed(world)
    view = seen.press("Resolve")["view"]
    values = typed(view, {"verdict": "rightly"})
    assert world.do_only(ANA, "submit", view_id=view["id"], values=values)["ok"]
    world.write_only("joy", "It has begun to smoke.", ticket=ticket)
    world.later(seconds=1)
    assert world.desk.tickets[ticket].status == "open"
    with world.looking() as uow:
        assert uow.escalations.open_of(1) is not None
    assert len(audit(world, "escalation resolved")) == 1
