"""Where app.yaml names no channel, somebody is told all the same, and nothing is promised else."""

import pytest

from bot import commands
from tests.company import ADMIN, ANA, ESCALATIONS, LEA, MAX
from tests.flows.scenes import HUMAN, audit
from tests.flows.screen import card, direct, messages
from tests.world import World

NO_ADMIN = {"  admin: C0ADMIN\n": ""}
NO_ROUTE = {"    - {channel: C0ESC}\n": ""}
NO_ADMINISTRATORS = {
    "roles: [lead, approver, admin]": "roles: [lead, approver]",
    "{id: dee, name: Dee Holt, roles: [specialist, lead, approver, admin]": (
        "{id: dee, name: Dee Holt, roles: [specialist, lead, approver]"
    ),
    "{id: gil, name: Gil Roy, roles: [specialist, lead, approver, admin]": (
        "{id: gil, name: Gil Roy, roles: [specialist, lead, approver]"
    ),
    "{id: zap, name: Zap, roles: [specialist, lead, approver, admin]": (
        "{id: zap, name: Zap, roles: [specialist, lead, approver]"
    ),
}


@pytest.mark.app_yaml(NO_ADMIN | {"  approvals: C0APPROVALS\n": ""})
def test_without_a_channel_of_theirs_administrators_hear_privately_what_is_closed(
    world: World,
) -> None:
    """Law: what app.yaml lacks is told to everybody with the role, once, at the start."""
    for _ in range(2):
        world.backstop.bus.handle(commands.NoteStart())
        world.settle()
    [seen] = direct(world, MAX)
    assert "channels.approvals" in seen.text
    assert direct(world, LEA) == []


@pytest.mark.app_yaml(NO_ROUTE)
def test_what_no_route_takes_is_before_the_administrators(world: World) -> None:
    world.write("joy", HUMAN, "The rota prints blank")
    assert "Claim" in card(world, MAX, ADMIN).labels


@pytest.mark.app_yaml(NO_ROUTE | NO_ADMIN)
def test_an_escalation_that_no_channel_takes_is_before_each_administrator(world: World) -> None:
    """Law: the customer is promised a person, so one must see it."""
    ticket = world.write("joy", HUMAN, "The rota prints blank")
    assert "A person on our team has your message" in world.customer_reads(ticket)[0]
    [private] = direct(world, MAX)
    private.press("Claim")
    assert "Claimed by Max Vidal" in direct(world, MAX)[0].text
    world.later(minutes=1)
    world.write("joy", "It has begun to smoke.", ticket=ticket)
    assert "The customer has written on ticket #1" in direct(world, MAX)[-1].text


@pytest.mark.app_yaml(NO_ROUTE | NO_ADMIN | NO_ADMINISTRATORS)
def test_nothing_is_promised_that_nobody_would_see(world: World) -> None:
    ticket = world.write("joy", HUMAN, "The rota prints blank")
    assert world.customer_reads(ticket) == []
    assert len(audit(world, "escalated")) == 1


def test_when_the_administrators_channel_goes_too_each_is_asked_privately(world: World) -> None:
    """Law: what still asks for somebody is never left where nobody looks."""
    world.write("joy", HUMAN, "The rota prints blank")
    for channel in (ESCALATIONS, ADMIN):
        world.do(MAX, "archive", channel=channel)
    [private] = direct(world, MAX)
    private.press("Claim")
    assert "Claimed by Max Vidal" in direct(world, MAX)[0].text
    assert messages(world, ANA, ADMIN) != []
