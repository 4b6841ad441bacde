"""Who has no account here is nobody's approver, whatever app.yaml calls them."""

import pytest

from tests.company import APPROVALS, LEA
from tests.flows.scenes import REFUND, audit, refund_asked
from tests.flows.screen import messages
from tests.world import World

NIA = "roles: [approver], slack: U0NIA"
NIA_ALONE = {
    "[specialist, lead, approver": "[specialist, lead",
    "[lead, approver, admin]": "[lead, admin]",
}


@pytest.mark.app_yaml({NIA: "roles: [approver]"})
def test_a_card_names_nobody_who_cannot_press_it(world: World) -> None:
    """Law: whoever waits for a decision knows whom to ask."""
    _, seen = refund_asked(world)
    assert "May decide: Lea Sand, Max Vidal" in seen.text
    assert "Nia Fox" not in seen.text


@pytest.mark.parametrize(
    "asked",
    [
        pytest.param(account, marks=pytest.mark.app_yaml({**NIA_ALONE, NIA: account}))
        for account in ("roles: [approver]", 'roles: [approver], teams: "29:1abc"')
    ],
)
def test_what_nobody_could_ever_decide_comes_to_a_person_at_once(world: World, asked: str) -> None:
    """Law: no card waits a day for the yes of somebody who has no way to say it."""
    world.write("joy", REFUND, "Money back")
    assert [one for one in messages(world, LEA, APPROVALS) if one.labels] == []
    assert "gate_closed" in [one.data["rule"] for one in audit(world, "escalated")]


@pytest.mark.app_yaml(NIA_ALONE)
def test_one_who_has_an_account_is_asked(world: World) -> None:
    _, seen = refund_asked(world)
    assert "May decide: Nia Fox" in seen.text
