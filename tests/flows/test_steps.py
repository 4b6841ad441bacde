"""Approvals of several steps: so many people with one role, and then so many with another."""

import pytest

from tests.company import APPROVALS, DEE, LEA, MAX, NIA
from tests.flows.scenes import approval_of, audit, refund_asked
from tests.flows.screen import Seen, card, fill, told
from tests.world import World

STEPS = "{name: refunds, act: refund, up_to: 50000, currency: USD, grade: steps, steps: ["
STEPPED = {
    "{name: refunds, act: refund, up_to: 50000, currency: USD, grade: one}": f"{STEPS}"
    "{roles: [approver], approvers: 2}, {roles: [admin]}]}"
}
pytestmark = pytest.mark.app_yaml(STEPPED)


def approve(world: World, who: str) -> Seen:
    card(world, who, APPROVALS).press("Approve", by=who)
    return card(world, who, APPROVALS)


def test_each_step_waits_for_the_one_before(world: World) -> None:
    """Law: two approvers, and then an administrator; then it is paid, once."""
    _, seen = refund_asked(world)
    assert "2 approvals by different people (approver), then one approval (admin)" in seen.text
    assert "Step 1 of 2: approver" in seen.text
    assert "1 of 3 approvals, by Nia Fox" in approve(world, NIA).text
    seen = approve(world, LEA)
    assert "2 of 3 approvals" in seen.text and "Step 2 of 2: admin" in seen.text
    assert "Lea Sand" not in seen.text.split("May decide:")[1] and world.refunds == []
    approve(world, MAX)
    assert [refund["amount"] for refund in world.refunds] == [4900]
    assert [one.data["step"] for one in audit(world, "approval granted")] == [1, 1, 2]


def test_a_role_counts_at_its_own_step_alone(world: World) -> None:
    """Law: who could only help at the first step is refused at the second, and told why."""
    refund_asked(world)
    approve(world, LEA)
    approve(world, MAX)
    approve(world, NIA)
    assert "takes the role admin" in told(world, NIA, APPROVALS)
    assert world.refunds == []


def test_whoever_is_asked_later_may_say_no_now(world: World) -> None:
    """Law: a no of anybody who could have said yes at some step is a no."""
    _, seen = refund_asked(world)
    assert "view" in seen.press("Reject", by=MAX)
    approve(world, LEA)
    approve(world, MAX)
    view = card(world, NIA, APPROVALS).press("Reject", by=NIA)["view"]
    assert fill(world, NIA, view, reason="Paid by bank already.")["ok"]
    assert "Rejected by Nia Fox" in card(world, NIA, APPROVALS).text


def test_nobody_counts_at_two_steps(world: World) -> None:
    """Law: each yes is another person's, whatever roles somebody has."""
    refund_asked(world)
    approve(world, MAX)
    approve(world, NIA)
    approve(world, MAX)
    assert "You have approved this already" in told(world, MAX, APPROVALS)
    assert world.refunds == []


def test_who_lost_the_role_of_their_step_has_not_agreed(world: World) -> None:
    """Law: consent is read again when it runs, each yes by the step it was given at."""
    refund_asked(world)
    approve(world, NIA)
    approve(world, LEA)
    approval = approval_of(world, card(world, MAX, APPROVALS))

    def swap(uow: object) -> None:
        """As though Nia had said yes at the administrators' step."""
        for vote in uow.approvals.votes(approval.id):  # type: ignore[attr-defined]  # a UnitOfWork
            if vote.person == "nia":
                vote.step = 1

    world.backstop.writer.run(swap)
    approve(world, MAX)
    assert world.refunds == []


def test_a_change_begins_with_the_first_step(world: World) -> None:
    """Law: nothing that was agreed to before is carried over."""
    refund_asked(world)
    approve(world, NIA)
    seen = approve(world, LEA)
    view = seen.press("Ask for changes", by=MAX)["view"]
    assert fill(world, MAX, view, question="Why so much?")["ok"]
    view = card(world, MAX, APPROVALS).press("Answer", by=MAX)["view"]
    assert fill(world, MAX, view, note="It is the whole month.")["ok"]
    seen = card(world, LEA, APPROVALS)
    assert "Step 1 of 2: approver" in seen.text and "of 3 approvals" not in seen.text


@pytest.mark.app_yaml({**STEPPED, "{grace: 0s,": "{grace: 10s,"})
def test_what_is_taken_back_is_asked_at_its_own_step_again(world: World) -> None:
    """Law: the others' yes stands, and whoever has the role of that step is asked."""
    refund_asked(world)
    approve(world, NIA)
    approve(world, LEA)
    approve(world, MAX)
    card(world, NIA, APPROVALS).press("Undo", by=NIA)
    seen = card(world, LEA, APPROVALS)
    assert "2 of 3 approvals" in seen.text and "Step 1 of 2: approver" in seen.text
    approve(world, NIA)
    world.later(seconds=11)
    assert len(world.refunds) == 1


@pytest.mark.app_yaml(
    {
        "{name: refunds, act: refund, up_to: 50000, currency: USD, grade: one}": f"{STEPS}"
        "{roles: [admin], approvers: 4}, {roles: [admin]}]}"
    }
)
def test_a_gate_that_too_few_people_can_pass_is_closed(world: World) -> None:
    """Law: four administrators cannot fill five places: nothing waits in vain."""
    world.write("joy", "Please refund my last payment of 49.00 USD.", "Money back")
    assert audit(world, "gate closed") != [] and DEE
