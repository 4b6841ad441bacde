"""A refund runs on the charge that was shown: nothing is paid beside what somebody else gave back
since."""

import pytest

from bot.handlers.http.stripe_payments import StripePayments
from bot.ports import Charge
from bot.steps import Lane
from storage.models import EffectState
from storage.unit_of_work import UnitOfWork
from tests.company import APPROVALS, BILLING, LEA, MAX
from tests.flows.scenes import approval_of, audit, effects, refund_asked
from tests.flows.screen import card, direct
from tests.flows.test_giving_up import replay_the_effect
from tests.flows.test_stopping import say
from tests.world import World

PART = "Please refund 20.00 USD of my last payment of 49.00 USD."


def given_by_hand(world: World, amount: int = 2000) -> None:
    """Somebody of ours was faster, in the provider's own dashboard."""
    world.provider.add_refund(world.provider.charges["ch_joy"], amount)


def amounts(world: World) -> list[int]:
    return [one["amount"] for one in world.refunds]


def minutes_pass(world: World, minutes: int) -> None:
    for _ in range(0, minutes, 5):
        world.later(minutes=5)


def both_under_way(world: World) -> None:
    """Two approved refunds of one charge, both shown with all of it left, and none paid."""
    say(world, LEA, "stop effects")
    for words in (PART, PART.replace("20.00", "15.00")):
        _, seen = refund_asked(world, words=words)
        seen.press("Approve", by=LEA)


def go_on(world: World) -> None:
    say(world, LEA, "start effects")
    say(world, MAX, "start effects")
    world.later(seconds=5)


@pytest.mark.parametrize("amount", [2000, 500])
def test_what_somebody_gave_back_meanwhile_is_not_given_twice(world: World, amount: int) -> None:
    """Law: enough may be left for both, and the second was approved by nobody who knew."""
    _, seen = refund_asked(world, words=PART)
    given_by_hand(world, amount)
    seen.press("Approve", by=LEA)
    assert amounts(world) == [amount]
    [effect] = effects(world)
    assert (effect.state, effect.trouble) == (EffectState.REFUSED, "charge_changed")
    why = "what its charge can give back has changed since it was proposed"
    assert why in card(world, LEA, APPROVALS).text
    assert why in direct(world, LEA)[-1].text
    assert "which you approved, was not carried out" in direct(world, LEA)[-1].text
    assert "could not be carried out" in card(world, MAX, BILLING).text
    assert [one.data["rule"] for one in audit(world, "escalated")] == ["act_refused"]


def test_what_is_refunded_by_us_is_no_change(world: World) -> None:
    """Law: two refunds of a charge that people approved are both paid."""
    both_under_way(world)
    go_on(world)
    assert sorted(amounts(world)) == [1500, 2000]
    assert audit(world, "escalated") == []


@pytest.mark.parametrize("refused", [False, True])
def test_what_overtakes_it_is_counted_as_it_ended(world: World, refused: bool) -> None:
    """Law: a later refund of ours may be paid first, and is no change; refused, it is none."""
    say(world, LEA, "stop effects")
    refund_asked(world, words=PART)[1].press("Approve", by=LEA)
    world.later(minutes=1)
    refund_asked(world, words=PART.replace("20.00", "15.00"))[1].press("Approve", by=LEA)
    world.provider.faults.read_error_500_next = 1
    world.provider.charges["ch_joy"].disputed = refused
    go_on(world)
    world.provider.charges["ch_joy"].disputed = False
    world.later(seconds=30)
    assert amounts(world) == ([2000] if refused else [1500, 2000])


def test_what_came_back_to_the_charge_is_no_change(world: World) -> None:
    """Law: a refund of ours that failed since left more on the charge than was shown."""
    world.provider.faults.refund_pending_next = 1
    refund_asked(world, words=PART)[1].press("Approve", by=LEA)
    world.later(seconds=1)
    _, seen = refund_asked(world, words=PART.replace("20.00", "15.00"))
    [first] = world.provider.refunds.values()
    first.status = "failed"
    world.later(minutes=2)
    seen.press("Approve", by=LEA)
    assert [one.trouble for one in effects(world)] == ["refund_failed", None]
    assert amounts(world)[1:] == [1500]


def test_what_we_paid_and_do_not_know_of_is_no_change(world: World) -> None:
    """Law: a refund whose answer was lost counts as ours, whether it was made or not."""
    both_under_way(world)
    world.provider.faults.drop_after_commit_next = 1
    go_on(world)
    world.later(seconds=30)
    assert sorted(amounts(world)) == [1500, 2000]


def test_what_we_pay_at_the_same_moment_is_no_change(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Law: the other refund may be made between the plan of this one and its look."""
    read, waiting = StripePayments.charge, [1]

    def slow(self: StripePayments, charge: str) -> Charge:
        while waiting:
            waiting.pop()
            world.backstop.worker.run_due(Lane.EFFECTS)
        return read(self, charge)

    both_under_way(world)
    monkeypatch.setattr(StripePayments, "charge", slow)
    go_on(world)
    assert sorted(amounts(world)) == [1500, 2000]


def test_beside_our_own_refunds_a_strange_one_is_seen(world: World) -> None:
    """Law: ours explain their own sums, and no other."""
    both_under_way(world)
    given_by_hand(world, 700)
    go_on(world)
    assert amounts(world) == [700]
    assert {one.trouble for one in effects(world)} == {"charge_changed"}


def test_what_was_given_back_before_is_part_of_what_was_shown(world: World) -> None:
    """Law: an earlier refund, of ours or not, is no change since."""
    given_by_hand(world, 500)
    for words in (PART, PART.replace("20.00", "15.00")):
        world.later(minutes=1)
        _, seen = refund_asked(world, words=words)
        seen.press("Approve", by=LEA)
    assert amounts(world) == [500, 2000, 1500]


def test_of_our_earlier_refund_a_strange_one_borrows_nothing(world: World) -> None:
    """Law: what we gave back before it was proposed explains nothing that came after."""
    _, seen = refund_asked(world, words=PART)
    seen.press("Approve", by=LEA)
    world.later(minutes=1)
    _, seen = refund_asked(world, words=PART.replace("20.00", "5.00"))
    given_by_hand(world)
    seen.press("Approve", by=LEA)
    assert amounts(world) == [2000, 2000]
    assert [one.trouble for one in effects(world)] == [None, "charge_changed"]


def test_a_replay_after_days_looks_at_the_charge_again(world: World) -> None:
    """Law: what got stuck was perhaps given by hand meanwhile; a replay does not pay beside it."""
    _, seen = refund_asked(world, words=PART)
    world.provider.faults.error_500_before_commit = 1.0
    seen.press("Approve", by=LEA)
    minutes_pass(world, 35)
    assert [one.state for one in effects(world)] == [EffectState.STUCK]
    world.provider.faults.error_500_before_commit = 0.0
    given_by_hand(world)
    world.later(hours=48)
    replay_the_effect(world)
    assert amounts(world) == [2000]
    assert [one.trouble for one in effects(world)] == ["charge_changed"]


def test_an_approval_without_a_record_of_the_charge_runs_as_ever(world: World) -> None:
    """Law: those asked for by an older version show no sum, so none can have changed."""
    _, seen = refund_asked(world, words=PART)
    approval = approval_of(world, seen)

    def forget(uow: UnitOfWork) -> None:
        uow.approvals.get(approval.id).basis = {}

    world.backstop.writer.run(forget)
    given_by_hand(world)
    seen.press("Approve", by=LEA)
    assert amounts(world) == [2000, 2000]
