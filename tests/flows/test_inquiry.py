"""A vague report is asked about once; what comes back is read with what was said before."""

import pytest

from sandbox.model import Scripted, use
from sandbox.model.minds import assessed
from tests.company import ANA, ESCALATIONS, TRIAL
from tests.flows.screen import card, messages, words_of
from tests.flows.test_model import CLAUDE
from tests.world import World

VAGUE = "It does not work."
MORE = "The roster."
SIGNED = "This answer was written by an AI."


def test_the_customer_is_asked_and_nobody_else_is_bothered(world: World) -> None:
    """Law: at most three questions, signed as an AI's, and the ticket waits for the customer."""
    ticket = world.write("joy", VAGUE, "Help")
    [asked] = world.customer_reads(ticket)
    assert 1 < asked.count("?") <= 3
    assert SIGNED in asked
    assert world.desk.tickets[ticket].status == "pending"
    assert messages(world, ANA, ESCALATIONS) == []


def test_their_reply_is_read_with_what_they_wrote_first(world: World) -> None:
    """Law: an answer to our question means nothing without the question; so the agent sees both,
    and answers where an article now covers it."""
    ticket = world.write("joy", "Export is broken.", "Help")
    world.write("joy", MORE, ticket=ticket)
    asked, answer = world.customer_reads(ticket)
    assert "?" in asked
    assert "choose Export and pick CSV" in answer


def test_nobody_is_asked_twice(world: World) -> None:
    """Law: if it is not clear then, a person has it, with all of the customer's words."""
    ticket = world.write("joy", VAGUE, "Help")
    world.write("joy", "It is still broken.", ticket=ticket)
    seen = card(world, ANA, ESCALATIONS)
    assert "still broken" in seen.text
    assert not any("1." in told for told in world.customer_reads(ticket)[1:])


@pytest.mark.app_yaml({"modes: {default: live}": "modes: {default: draft}"})
def test_in_draft_a_person_asks(world: World) -> None:
    """Law: what the agent would ask stands in the reply form of whoever claims the ticket."""
    ticket = world.write("joy", VAGUE, "Help")
    assert world.customer_reads(ticket) == []
    card(world, ANA, ESCALATIONS).press("Claim")
    view = card(world, ANA, ESCALATIONS).press("Reply to customer")["view"]
    assert "please tell us" in str(view["blocks"])
    assert VAGUE in words_of(view)


@pytest.mark.app_yaml({"modes: {default: live}": "modes: {default: observe}"})
def test_observing_asks_nothing_and_shows_what_it_would(world: World) -> None:
    ticket = world.write("joy", VAGUE, "Help")
    assert "would ask the customer" in card(world, ANA, TRIAL).text
    assert world.customer_reads(ticket) == []


@pytest.mark.app_yaml(CLAUDE)
@pytest.mark.parametrize(
    ("question", "is_asked"),
    [
        ("Which browser do you use?", True),
        ("Why didn't you read the manual?", False),
        ("Which browser? Which version? Since when? Who else?", False),
        ("Are you an admin?", False),
    ],
)
def test_what_a_model_asks_is_read_before_the_customer_reads_it(
    world: World, question: str, is_asked: bool
) -> None:
    """Law: a question that blames, asks several things or what is on record brings a person."""
    asking = use("ask_customer", questions=[question], assessment=assessed())
    world.model.mind = Scripted([[asking]])
    ticket = world.write("joy", VAGUE, "Help")
    assert [question in told for told in world.customer_reads(ticket)] == [is_asked]
    assert bool(messages(world, ANA, ESCALATIONS)) is not is_asked
