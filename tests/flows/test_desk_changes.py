"""What people do with a ticket in the help desk itself shows here, and counts here."""

from collections.abc import Callable

import pytest

from tests.company import ANA, BEN, ESCALATIONS, LEA
from tests.flows.scenes import HUMAN, audit, claimed, escalated
from tests.flows.screen import Seen, card, direct, fill, messages
from tests.world import World


@pytest.mark.parametrize("scene", [escalated, claimed])
def test_what_is_resolved_in_the_help_desk_is_resolved_here(
    world: World, scene: Callable[[World], tuple[int, Seen]]
) -> None:
    """Law: nobody is asked for, reminded of or called to what is settled."""
    ticket, _ = scene(world)
    world.work_in_desk(ticket, status="solved")
    seen = card(world, ANA, ESCALATIONS)
    assert "Resolved in the help desk" in seen.text
    assert seen.labels == ["Write an article"]
    world.later(hours=5)
    assert direct(world, ANA) == direct(world, LEA) == []
    assert audit(world, "escalation resolved")[0].actor == "zendesk"
    with world.looking() as uow:
        assert uow.tickets.get(1).owner is None


def test_a_button_of_a_card_that_the_help_desk_closed_says_so(world: World) -> None:
    ticket, seen = escalated(world)
    world.work_in_desk(ticket, status="solved")
    assert seen.press("Claim").get("error") == "This button is no longer there."


@pytest.mark.parametrize("where", ["there", "here"])
def test_what_is_reopened_in_the_help_desk_comes_back(world: World, where: str) -> None:
    """Law: the same card asks for somebody again, whoever had it hears, and it climbs anew."""
    ticket, seen = claimed(world)
    if where == "there":
        world.work_in_desk(ticket, status="solved")
    else:
        assert fill(world, ANA, seen.press("Resolve")["view"], verdict="rightly")["ok"]
    world.later(hours=1)
    world.work_in_desk(ticket, status="open")
    world.later(minutes=1)
    seen = card(world, ANA, ESCALATIONS)
    assert "Nobody has it yet" in seen.text
    assert "open again in the help desk" in direct(world, ANA)[-1].text
    world.later(minutes=15)
    assert "Nobody has claimed ticket #1" in direct(world, LEA)[-1].text
    card(world, ANA, ESCALATIONS).press("Claim", by=BEN)
    assert "Claimed by Ben Okoro" in card(world, ANA, ESCALATIONS).text
    assert len(messages(world, ANA, ESCALATIONS)) == 1


def test_what_the_customers_words_reopen_is_triaged_first(world: World) -> None:
    """Law: where the agent decides on new words, the old card stays what it is."""
    ticket, seen = claimed(world)
    assert fill(world, ANA, seen.press("Resolve")["view"], verdict="rightly")["ok"]
    world.later(hours=1)
    world.write("joy", HUMAN, ticket=ticket)
    world.later(minutes=1)
    old, new = messages(world, ANA, ESCALATIONS)
    assert "Resolved by Ana Ruiz" in old.text
    assert "Nobody has it yet" in new.text


def test_words_that_the_agent_leaves_to_a_colleague_bring_the_card_back(world: World) -> None:
    """Law: whoever solved it in the help desk may be gone; the customer's words are seen here."""
    ticket, _ = escalated(world)
    world.work_in_desk(ticket, status="solved")
    world.later(hours=1)
    world.write("joy", HUMAN, ticket=ticket)
    world.later(minutes=1)
    [seen] = messages(world, ANA, ESCALATIONS)
    assert "Nobody has it yet" in seen.text


def test_a_resolved_ticket_that_nobody_had_escalated_stays_out_of_sight(world: World) -> None:
    ticket = world.write("joy", "How do I export the roster as a CSV file?", "Export roster as CSV")
    world.work_in_desk(ticket, status="solved")
    world.work_in_desk(ticket, status="open")
    world.later(minutes=1)
    assert messages(world, ANA, ESCALATIONS) == []


def test_a_change_of_mind_within_a_minute_brings_nothing_back(world: World) -> None:
    ticket, _ = escalated(world)
    for status in ("solved", "open", "solved"):
        world.work_in_desk(ticket, status=status)
    world.later(minutes=1)
    assert "Resolved in the help desk" in card(world, ANA, ESCALATIONS).text


def test_the_card_shows_state_urgency_and_assignee_as_they_are_there(world: World) -> None:
    """Law: whoever looks at the card need not open the help desk to know who has it there."""
    ticket = world.write("joy", HUMAN, "The rota prints blank")
    assert "open · no priority · assigned to nobody" in card(world, ANA, ESCALATIONS).text
    world.work_in_desk(ticket, priority="urgent")
    assert "open · priority urgent · assigned to nobody" in card(world, ANA, ESCALATIONS).text
    world.work_in_desk(ticket, assignee="petra@helpdesk.example")
    petra = world.desk.tickets[ticket].assignee
    assert petra is not None
    assert f"assigned to agent {petra.id}" in card(world, ANA, ESCALATIONS).text
    world.work_in_desk(ticket, status="pending")
    assert "waiting for the customer · priority urgent" in card(world, ANA, ESCALATIONS).text


def test_tags_are_those_of_the_help_desk_the_last_one_taken_off_included(world: World) -> None:
    """Law: what decides a ticket's category is what stands there now."""
    ticket, _ = claimed(world)
    for priority, tags in (("high", ["printing", "rota"]), ("low", [])):
        world.clock.advance(seconds=2)
        world.work_in_desk(ticket, tags=tags, priority=priority)
        with world.looking() as uow:
            assert uow.tickets.get(1).tags == tags
