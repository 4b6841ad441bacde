"""What outside gives no clear answer is tried for half an hour, and then a person has it."""

from storage.models import DeliveryState, EffectState
from storage.unit_of_work import UnitOfWork
from tests.company import APPROVALS, BILLING, LEA
from tests.flows.scenes import audit, effects, refund_asked
from tests.flows.screen import card
from tests.world import World


def replay_the_effect(world: World) -> None:
    """As `backstop deliveries replay` does, by the clock of the test."""

    def job(uow: UnitOfWork) -> None:
        [dead] = [
            one for one in uow.deliveries.listed(DeliveryState.DEAD, 100) if one.step == "carry out"
        ]
        assert uow.deliveries.replay(dead.id, world.clock.now())

    world.backstop.writer.run(job)
    world.settle()


def minutes_pass(world: World, minutes: int, each: int = 5) -> None:
    for _ in range(0, minutes, each):
        world.later(minutes=each)


def test_an_outage_shorter_than_half_an_hour_delays_a_refund_and_nothing_else(
    world: World,
) -> None:
    """Law: however often it was tried, consent given is carried out when the provider is back."""
    _, seen = refund_asked(world)
    world.provider.faults.read_error_500 = 1.0
    seen.press("Approve", by=LEA)
    minutes_pass(world, 25, each=1)
    assert world.refunds == []
    world.provider.faults.read_error_500 = 0.0
    world.later(minutes=2)
    assert len(world.refunds) == 1
    assert audit(world, "escalated") == []


def test_a_provider_that_is_away_for_half_an_hour_leaves_the_refund_to_a_person(
    world: World,
) -> None:
    """Law: nobody waits for what is not coming; and a replay has it done after all."""
    _, seen = refund_asked(world)
    world.provider.faults.read_error_500 = 1.0
    seen.press("Approve", by=LEA)
    minutes_pass(world, 35)
    assert [one.state for one in effects(world)] == [EffectState.STUCK]
    assert "Not done: the other side was not reached" in card(world, LEA, APPROVALS).text
    assert "what was approved has not happened" in card(world, LEA, BILLING).text
    assert [one.data["rule"] for one in audit(world, "escalated")] == ["act_unreached"]

    world.provider.faults.read_error_500 = 0.0
    replay_the_effect(world)
    assert [one.state for one in effects(world)] == [EffectState.DONE]
    assert len(world.refunds) == 1
    assert "Done. Receipt" in card(world, LEA, APPROVALS).text


def test_a_refund_that_nobody_can_tell_of_is_looked_for_before_it_is_made_again(
    world: World,
) -> None:
    """Law: whatever a person replays, one key is one refund in the provider's own ledger."""
    _, seen = refund_asked(world)
    world.provider.faults.drop_after_commit_next = 1
    seen.press("Approve", by=LEA)
    world.provider.faults.read_error_500 = 1.0
    minutes_pass(world, 35)
    assert [one.state for one in effects(world)] == [EffectState.STUCK]
    assert "Nobody can tell yet whether it happened" in card(world, LEA, APPROVALS).text
    assert [one.data["rule"] for one in audit(world, "escalated")] == ["act_unclear"]

    # Still no answer: the replay has half an hour of its own, and then a person has it again.
    replay_the_effect(world)
    minutes_pass(world, 20)
    assert [one.state for one in effects(world)] == [EffectState.CALLING]
    minutes_pass(world, 15)
    assert [one.state for one in effects(world)] == [EffectState.STUCK]

    world.provider.faults.read_error_500 = 0.0
    replay_the_effect(world)
    assert [one.state for one in effects(world)] == [EffectState.DONE]
    assert len(world.refunds) == 1
