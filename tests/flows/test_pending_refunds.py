"""A refund that the provider has taken and not finished is not told as paid."""

import pytest

from storage.models import EffectState
from tests.company import APPROVALS, LEA
from tests.flows.scenes import audit, effects, refund_asked
from tests.flows.screen import card
from tests.world import World


def pending(world: World) -> int:
    ticket, seen = refund_asked(world)
    world.provider.faults.refund_pending_next = 1
    seen.press("Approve", by=LEA)
    return ticket


def end(world: World, status: str) -> None:
    [refund] = world.provider.refunds.values()
    refund.status = status


def is_told(world: World, ticket: int) -> bool:
    return any("We have refunded" in words for words in world.customer_reads(ticket))


def test_the_customer_hears_of_a_refund_when_it_is_certain(world: World) -> None:
    """Law: a bank transfer of days is watched, and the card says that it is on its way."""
    ticket = pending(world)
    for _ in range(8):
        world.later(hours=6)
    assert [one.state for one in effects(world)] == [EffectState.PENDING]
    assert "On its way" in card(world, LEA, APPROVALS).text
    assert not is_told(world, ticket)
    end(world, "succeeded")
    world.later(hours=6)
    assert [one.state for one in effects(world)] == [EffectState.DONE]
    assert is_told(world, ticket)
    assert len(world.refunds) == 1
    assert "Done. Receipt" in card(world, LEA, APPROVALS).text


@pytest.mark.parametrize("status", ["failed", "canceled"])
def test_a_refund_that_comes_back_goes_to_a_person(world: World, status: str) -> None:
    """Law: the customer was told nothing, and somebody finds another way."""
    ticket = pending(world)
    end(world, status)
    world.later(minutes=2)
    assert [one.trouble for one in effects(world)] == ["refund_failed"]
    assert [one.data["rule"] for one in audit(world, "escalated")] == ["act_refused"]
    assert not is_told(world, ticket)
    assert "could not bring the money" in card(world, LEA, APPROVALS).text


def test_a_provider_that_is_away_ends_no_watch(world: World) -> None:
    """Law: only its own record of the refund does."""
    ticket = pending(world)
    world.provider.faults.read_error_500 = 1.0
    for _ in range(16):
        world.later(hours=1)
    assert [one.state for one in effects(world)] == [EffectState.PENDING]
    world.provider.faults.read_error_500 = 0.0
    end(world, "succeeded")
    world.later(hours=6)
    assert is_told(world, ticket)
