"""A customer's refunds are counted as soon as they are granted, whoever grants them where."""

import threading

import pytest

from bot.steps import Lane
from storage.models import Approval, ApprovalState
from tests.flows.test_one_wish import carry, rows
from tests.world import World

# Each looked at by itself: that they add up is another rule.
pytestmark = pytest.mark.app_yaml(
    {"{refunds_per_customer_day: 2}": "{refunds_per_customer_day: 2, together_within: 0s}"}
)
MANY = 5
LIMIT = 2


@pytest.fixture
def world(world: World) -> World:
    """Sol may have small refunds at once, and has many small payments."""
    for n in range(MANY):
        world.provider.add_charge(
            amount=1500 + n, currency="usd", customer="cus_sol", charge_id=f"ch_{n}"
        )
    return world


def ask_often(world: World) -> None:
    """All of them wait to be graded."""
    for n in range(MANY):
        world.write_only("sol", f"Please refund my payment of 15.0{n} USD.", "Money back")
    carry(world, Lane.DESK, Lane.MODEL)


def automatic(world: World) -> int:
    return sum(one.state is ApprovalState.APPROVED for one in rows(world, Approval))


def test_what_is_asked_at_once_counts_against_the_daily_limit(world: World) -> None:
    """Law: a refund counts from its grant on, not from its receipt."""
    ask_often(world)
    world.settle()
    assert (automatic(world), len(world.refunds)) == (LIMIT, LIMIT)
    assert len(rows(world, Approval)) == MANY


def test_what_is_graded_at_the_same_moment_counts_against_the_daily_limit(world: World) -> None:
    """Law: grading one refund of a customer waits for the grading of another."""
    ask_often(world)
    ready = threading.Barrier(MANY)

    def grade() -> None:
        ready.wait()
        world.backstop.worker.run_due(Lane.INNER)

    threads = [threading.Thread(target=grade) for _ in range(MANY)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert automatic(world) == LIMIT


def test_what_the_provider_has_not_done_yet_counts_against_the_daily_limit(world: World) -> None:
    """Law: while the provider is away, no pile of refunds builds up behind it."""
    world.provider.faults.rate_limit_next = 1000
    for n in range(MANY):
        world.write("sol", f"Please refund my payment of 15.0{n} USD.", "Money back")
    assert (automatic(world), world.refunds) == (LIMIT, [])
