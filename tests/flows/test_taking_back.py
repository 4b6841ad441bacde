"""For a few seconds whoever wrote to a customer may take it back."""

import pytest

from tests.company import ANA, BEN, ESCALATIONS
from tests.flows.scenes import audit, claimed, reply
from tests.flows.screen import card, fill, told
from tests.world import World

GRACE = {"{grace: 0s,": "{grace: 10s,"}
WORDS = "Please choose Print again, and write to us if it stays blank. Ana"

pytestmark = pytest.mark.app_yaml(GRACE)


def sent(world: World) -> int:
    ticket, seen = claimed(world)
    reply(world, seen, WORDS)
    return ticket


def test_a_letter_leaves_after_the_grace_and_once(world: World) -> None:
    ticket = sent(world)
    assert WORDS not in world.customer_reads(ticket)
    assert "leaves 10 seconds after" in card(world, ANA, ESCALATIONS, 0).text
    world.later(seconds=11)
    assert world.customer_reads(ticket).count(WORDS) == 1
    world.later(minutes=5)
    assert world.customer_reads(ticket).count(WORDS) == 1
    assert "Undo" not in card(world, ANA, ESCALATIONS, 0).labels


def test_what_is_taken_back_never_leaves_and_stands_in_the_form(world: World) -> None:
    ticket = sent(world)
    view = card(world, ANA, ESCALATIONS, 0).press("Undo")["view"]
    world.later(minutes=5)
    assert WORDS not in world.customer_reads(ticket)
    assert len(audit(world, "reply taken back")) == 1
    assert fill(world, ANA, view, text="Please restart it. Ana")["ok"]
    world.later(seconds=11)
    assert world.customer_reads(ticket)[-1] == "Please restart it. Ana"


def test_of_two_clicks_one_takes_it_back(world: World) -> None:
    """Law: and the other is told that there is nothing left to take back."""
    ticket = sent(world)
    click = card(world, ANA, ESCALATIONS, 0).click("Undo")
    assert "view" in world.do_only(ANA, **click)
    assert "view" not in world.do(ANA, **click)
    assert "It has left already, or was taken back" in told(world, ANA, ESCALATIONS)
    world.later(minutes=1)
    assert WORDS not in world.customer_reads(ticket)


def test_nobody_else_takes_it_back(world: World) -> None:
    sent(world)
    card(world, BEN, ESCALATIONS, 0).press("Undo", by=BEN)
    assert "Ana Ruiz holds this one" in told(world, BEN, ESCALATIONS)


def test_whoever_goes_on_means_it(world: World) -> None:
    """Law: to resolve sends what was just written, before the ticket is closed."""
    ticket = sent(world)
    view = card(world, ANA, ESCALATIONS, 0).press("Resolve")["view"]
    assert fill(world, ANA, view, verdict="rightly")["ok"]
    assert world.customer_reads(ticket)[-1] == WORDS
