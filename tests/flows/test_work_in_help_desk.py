"""A colleague works in the help desk itself: the agent is silent there, and they hear of it."""

import pytest

from tests.company import ANA, ESCALATIONS
from tests.flows.screen import card, direct
from tests.flows.test_every_word import EXPORT, TWO_FACTOR, decisions, escalations
from tests.world import World

ANA_THERE = "ana@larkspur.example"
KNOWN = pytest.mark.app_yaml({"slack: U0ANA,": f"slack: U0ANA, email: {ANA_THERE},"})


def again(world: World, ticket: int) -> list[str]:
    """The customer writes once more; what they are told then."""
    told = len(world.customer_reads(ticket))
    world.later(minutes=1)
    world.write("joy", TWO_FACTOR, ticket=ticket)
    return world.customer_reads(ticket)[told:]


def answered(world: World) -> int:
    ticket = world.write("joy", EXPORT, "Export")
    world.later(minutes=1)
    return ticket


@KNOWN
def test_whoever_a_ticket_is_assigned_to_there_hears_of_the_customers_words(world: World) -> None:
    """Law: the agent is silent, and the one person who has the ticket is told."""
    ticket = answered(world)
    world.work_in_desk(ticket, assignee=ANA_THERE)
    assert again(world, ticket) == []
    [told] = direct(world, ANA)
    assert "The customer has written on ticket #1" in told.fallback
    assert TWO_FACTOR not in told.fallback
    assert (decisions(world), escalations(world)) == (["answer"], [])


@KNOWN
def test_whoever_answers_there_has_the_ticket_from_then_on(world: World) -> None:
    """Law: the agent does not talk over a person who is looking into it."""
    ticket = answered(world)
    world.work_in_desk(ticket, comment="I look into it.", public=True, **{"as": ANA_THERE})
    assert again(world, ticket) == []
    assert len(direct(world, ANA)) == 1


def test_behind_a_colleague_nobody_here_knows_a_person_takes_over(world: World) -> None:
    """Law: somebody who once answered and is not assigned may never look again."""
    ticket = answered(world)
    world.work_in_desk(ticket, comment="I look into it.", public=True, status="open")
    assert again(world, ticket) == []
    assert escalations(world) == ["colleague_answered"]
    assert "A colleague has answered in the help desk" in card(world, ANA, ESCALATIONS).text


def test_an_internal_note_there_leaves_the_ticket_to_the_agent(world: World) -> None:
    ticket = answered(world)
    world.work_in_desk(ticket, comment="A good customer.", public=False)
    assert len(again(world, ticket)) == 1


def test_what_a_colleague_solved_there_is_the_agents_when_it_comes_back(world: World) -> None:
    """Law: unless it is still assigned to them, a ticket that was solved belongs to nobody."""
    ticket = answered(world)
    world.work_in_desk(ticket, comment="I look into it.", public=True)
    there = world.desk.tickets[ticket]
    there.assignee = world.desk.bot
    world.work_in_desk(ticket, status="solved")
    assert len(again(world, ticket)) == 1
