"""A card calls by name whose turn it is, and everybody has theirs."""

import pytest

from tests.company import APPROVALS, LEA, MAX, NIA
from tests.flows.scenes import refund_asked
from tests.flows.screen import card, direct
from tests.world import World

# In the test's company three more are listed who may do nothing.
FEW = {
    f"lead, approver, admin], slack: {who}}}": f"lead], slack: {who}}}"
    for who in ("U0DEE", "U0GIL", "U0ZAP")
}
ASLEEP = FEW | {
    f"slack: {who}, limits": f'slack: {who}, hours: "Mon-Fri 22:00-23:00", limits'
    for who in (LEA, MAX, NIA)
}
STEPS = FEW | {
    "currency: USD, grade: two}": "currency: USD, grade: steps, "
    "steps: [{roles: [approver]}, {roles: [lead]}]}"
}


def called(text: str) -> str:
    return text.partition("Asked first: ")[2].partition("\n")[0]


@pytest.mark.app_yaml(FEW)
def test_everybody_has_their_turn(world: World) -> None:
    """Law: of those who may decide the one who was called longest ago, for every card one."""
    names = []
    for customer in ("joy", "big", "eve", "nox"):
        _, seen = refund_asked(world, customer, "Please refund 30.00 USD of my last payment.")
        names.append(called(seen.text))
        world.later(minutes=1)
    assert sorted(names[:3]) == sorted(f"<@{who}>" for who in (LEA, MAX, NIA))
    assert names[3] == names[0]


@pytest.mark.app_yaml(FEW)
def test_two_are_called_where_two_must_agree(world: World) -> None:
    _, seen = refund_asked(world, "big", "Please refund 600.00 USD of my last payment.")
    assert called(seen.text).count("@") == 2
    seen.press("Approve", by=LEA)
    assert LEA not in called(card(world, LEA, APPROVALS).text)


@pytest.mark.app_yaml(ASLEEP)
def test_nobody_is_called_who_is_not_at_work(world: World) -> None:
    _, seen = refund_asked(world)
    assert "Asked first" not in seen.text


@pytest.mark.app_yaml(FEW)
def test_whoever_is_away_has_no_turn(world: World) -> None:
    for who in (LEA, MAX):
        world.do(who, "command", command="/backstop", text="away tomorrow 9:00", channel=APPROVALS)
    _, seen = refund_asked(world)
    assert called(seen.text) == f"<@{NIA}>"


@pytest.mark.app_yaml(STEPS)
def test_who_is_asked_second_is_called_when_their_step_begins(world: World) -> None:
    """Law: a card that is redrawn calls nobody, so they are told privately."""
    _, seen = refund_asked(world, "big", "Please refund 600.00 USD of my last payment.")
    before = len(direct(world, MAX))
    seen.press("Approve", by=LEA)
    told = [one.text for one in direct(world, MAX)[before:]]
    assert len(told) == 1 and "waits for you first" in told[0]
