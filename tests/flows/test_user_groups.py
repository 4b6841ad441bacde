"""Slack's user groups make people; the right to decide comes from app.yaml alone."""

import asyncio

import pytest

from bot.config.directory import Profile
from bot.errors import OutsideError
from bot.people import Standing
from bot.watchers import Watchers
from tests.company import APPROVALS, ESCALATIONS, HAL, HOME, LEA, NIA
from tests.flows.scenes import audit, escalated, refund_asked
from tests.flows.screen import card, told
from tests.world import World

GROUP = {
    "modes: {default: live}": "modes: {default: live}\n"
    "directory: {user_groups: {S0ONCALL: {roles: [specialist, on_call, reviewer]}}}",
    "slack: U0NIA, limits: {refund: 5000}": "email: nia@larkspur.example",
}


@pytest.mark.app_yaml(GROUP)
def test_neither_a_group_nor_an_address_in_a_profile_lets_anybody_decide(world: World) -> None:
    """Law: whoever edits a group or a profile in Slack makes nobody an approver."""
    profiles = (
        Profile(HAL, HOME, Standing.MEMBER, "Hal Berg"),
        Profile(NIA, HOME, Standing.MEMBER, "Nia Fox", email="nia@larkspur.example"),
    )
    world.backstop.directory.refresh({"S0ONCALL": profiles})
    _, seen = refund_asked(world)
    for who in (HAL, NIA):
        for label in ("Approve", "Reject"):
            assert "view" not in seen.press(label, by=who)
            assert told(world, who, APPROVALS).startswith("Deciding this takes the role approver")
    assert world.refunds == []
    assert len(audit(world, "refused")) == 4
    assert "Hal Berg" not in card(world, LEA, APPROVALS).text


def refreshed(world: World, *users: str) -> None:
    """Slack's group has these members, and the watcher's turn has come."""
    facts = {"id": "S0ONCALL", "handle": "on-call", "name": "On call", "users": list(users)}
    world.workspace.usergroups["S0ONCALL"] = facts
    asyncio.run(Watchers(world.backstop).refresh_directory())
    world.settle()


@pytest.mark.app_yaml(GROUP)
def test_a_group_changes_who_may_work_without_a_restart(world: World) -> None:
    """Law: who is put into the group claims from the next refresh on, who is taken out no more."""
    _, seen = escalated(world)
    seen.press("Claim", by=HAL)
    assert "not on this team's list" in told(world, HAL, ESCALATIONS)
    refreshed(world, HAL)
    seen.press("Claim", by=HAL)
    assert "Claimed by Hal" in card(world, HAL, ESCALATIONS).text
    refreshed(world)
    card(world, HAL, ESCALATIONS).press("Resolve", by=HAL)
    assert "not on this team's list" in told(world, HAL, ESCALATIONS)


@pytest.mark.app_yaml(GROUP)
def test_a_slack_that_does_not_answer_takes_nobody_out(world: World) -> None:
    """Law: whoever was in the group when Slack last told still works."""
    _, seen = escalated(world)
    refreshed(world, HAL)
    world.workspace.faults.down = True
    with pytest.raises(OutsideError):
        asyncio.run(Watchers(world.backstop).refresh_directory())
    world.workspace.faults.down = False
    seen.press("Claim", by=HAL)
    assert "Claimed by Hal" in card(world, HAL, ESCALATIONS).text
