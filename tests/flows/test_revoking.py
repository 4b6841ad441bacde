"""An authenticator is taken away, and with it whatever it approved and has not run."""

import pytest

from tests.company import APPROVALS, LEA, MAX, NIA
from tests.flows.enrolling import approve, enrolled
from tests.flows.scenes import refund_asked
from tests.flows.screen import card, direct
from tests.flows.test_absence import say
from tests.flows.test_step_up import ABOVE, GRACE, TWO
from tests.world import World

pytestmark = pytest.mark.app_yaml(ABOVE)


@pytest.mark.app_yaml(GRACE)
def test_what_a_revoked_authenticator_approved_does_not_run(world: World) -> None:
    """Law: entitlement is read once more when the act runs, and so is what proved it."""
    key = enrolled(world, LEA)
    _, seen = refund_asked(world)
    assert approve(world, seen, key, LEA)["ok"]
    assert "That of Lea Sand is void" in say(world, MAX, "authenticator revoke Lea")
    assert "took your authenticator away" in direct(world, LEA)[-1].text
    world.later(seconds=11)
    assert world.refunds == []
    assert "may no longer do so" in card(world, LEA, APPROVALS).text
    assert "has no authenticator" in say(world, MAX, "authenticator revoke Lea")


@pytest.mark.app_yaml(TWO)
def test_what_one_that_was_replaced_approved_is_void_with_the_newest(world: World) -> None:
    """Law: void from now on is whatever they approved, by whichever of theirs."""
    key, other = enrolled(world, LEA), enrolled(world, NIA)
    _, seen = refund_asked(world)
    assert approve(world, seen, key, LEA)["ok"]
    enrolled(world, LEA)
    assert "That of Lea Sand is void" in say(world, MAX, "authenticator revoke Lea")
    assert approve(world, card(world, NIA, APPROVALS), other, NIA)["ok"]
    world.later(minutes=1)
    assert world.refunds == []


def test_only_administrators_take_anothers_away(world: World) -> None:
    enrolled(world, LEA)
    assert "by an administrator" in say(world, NIA, "authenticator revoke Lea")
    assert "Yours is void" in say(world, LEA, "authenticator revoke")
