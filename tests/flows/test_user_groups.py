"""Slack's user groups make people; the right to decide comes from app.yaml alone."""

import pytest

from bot.config.directory import Profile
from bot.people import Standing
from tests.company import APPROVALS, HAL, HOME, LEA, NIA
from tests.flows.scenes import audit, refund_asked
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
