"""Whoever’s account is closed decides nothing, and a gate that lacks them is named."""

import asyncio

import pytest

from bot.commands import NoteStart
from bot.watchers import Watchers
from tests.company import ADMIN, APPROVALS, DEE, LEA, MAX
from tests.flows.enrolling import enrolled
from tests.flows.scenes import audit, refund_asked
from tests.flows.screen import card, messages
from tests.flows.test_absence import say
from tests.world import World

BIG = "Please refund 600.00 USD of my last payment."


def looked(world: World) -> None:
    """The watcher's turn has come."""
    asyncio.run(Watchers(world.backstop).look_for_departed())
    world.settle()


def leaves(world: World, *people: str) -> None:
    for who in people:
        world.do(MAX, "change_person", user=who, changes={"deleted": True})
    looked(world)


def told(world: World) -> list[str]:
    return [one.text for one in messages(world, MAX, ADMIN) if "lets this account" in one.text]


def test_a_gate_that_lacks_somebody_who_left_is_named_at_once(world: World) -> None:
    """Law: who left, what is closed by it, what it needs, who is left, and what to do."""
    looked(world)
    first = told(world)
    assert len(first) == 1 and "Gil Roy and Zap" in first[0] and "Closed" not in first[0]
    leaves(world, DEE, LEA)
    [_, words] = told(world)
    assert "Dee Holt and Lea Sand" in words
    assert "“big refunds”" in words and "two different approvers" in words and "Max Vidal" in words
    setup = next(one for one in messages(world, MAX, ADMIN) if "Setup" in one.text)
    assert "big refunds" in setup.text
    closed = [one.subject for one in audit(world, "account closed")]
    assert closed[-2:] == ["person:dee", "person:lea"]


def test_what_would_wait_for_nobody_goes_to_a_person_instead(world: World) -> None:
    """Law: a gate that its people cannot satisfy is closed."""
    leaves(world, DEE, LEA)
    world.write("big", BIG, "Money back")
    assert [one for one in messages(world, MAX, APPROVALS) if "600.00" in one.text] == []
    assert audit(world, "gate closed")


def test_what_waits_already_is_named_and_its_card_shows_who_is_left(world: World) -> None:
    refund_asked(world, "big", BIG)
    leaves(world, DEE, LEA)
    assert "Refund 600.00 USD for ticket #1 waits, and too few" in told(world)[0]
    assert "Lea Sand" not in card(world, MAX, APPROVALS).text


def test_it_is_told_once_and_undone_when_the_account_is_open_again(world: World) -> None:
    leaves(world, LEA, DEE)
    looked(world)
    assert len(told(world)) == 1
    world.do(MAX, "change_person", user=LEA, changes={"deleted": False})
    looked(world)
    assert [one.subject for one in audit(world, "account open again")] == ["person:lea"]
    assert len(told(world)) == 1
    _, seen = refund_asked(world, "big", BIG)
    seen.press("Approve", by=LEA)
    card(world, MAX, APPROVALS).press("Approve", by=MAX)
    assert len(world.refunds) == 1


def test_while_slack_does_not_say_everybody_stays_who_they_were(world: World) -> None:
    """Law: an outage of Slack closes no gate, and opens none."""
    leaves(world, LEA)
    world.workspace.faults.methods = ["users.info"]
    world.workspace.faults.error_500 = 1.0
    looked(world)
    world.workspace.faults.error_500 = 0.0
    assert len(told(world)) == 1 and audit(world, "account open again") == []
    assert [person.id for person in world.backstop.directory.people if person.departed] == [
        *("lea", "gil", "zap")
    ]


def setup(world: World) -> str:
    return next(one.text for one in messages(world, MAX, ADMIN) if "Setup" in one.text)


@pytest.mark.app_yaml({"grace: 0s, step_up: {}": "grace: 0s, step_up: {above: {refund: 4000}}"})
def test_a_gate_whose_people_cannot_prove_themselves_is_named(world: World) -> None:
    """Law: until enough have what it takes, and again when it is taken away or they leave."""
    world.backstop.bus.handle(NoteStart())
    world.settle()
    assert "Lea Sand" in setup(world) and "under gate “refunds” above 40.00 USD" in setup(world)
    enrolled(world, LEA)
    assert "under gate “refunds”" not in setup(world)
    assert "under gate “big refunds” above 40.00 USD" in setup(world)
    enrolled(world, DEE)
    assert "under gate “big refunds”" not in setup(world)
    say(world, DEE, "authenticator revoke")
    assert "under gate “big refunds”" in setup(world)
    leaves(world, LEA)
    assert "under gate “refunds” above 40.00 USD" in told(world)[-1]
