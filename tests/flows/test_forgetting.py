"""What came in is remembered for as long as a repetition could act twice, and no longer."""

import asyncio

import pytest

from bot import watchers
from storage.models import Delivery, DeliveryState, Inbound
from tests.company import ANA, ESCALATIONS
from tests.flows.scenes import claimed, escalated
from tests.flows.screen import card
from tests.world import World


def forget(world: World) -> None:
    asyncio.run(watchers.Watchers(world.backstop).forget())


def kept(world: World) -> int:
    with world.looking() as uow:
        return uow.session.query(Inbound).count()


@pytest.mark.app_yaml(
    {"modes: {default: live}": "modes: {default: live}\nretention: {inbound_days: 9}"}
)
def test_an_input_is_remembered_as_long_as_app_yaml_says(world: World) -> None:
    """Law: until then its repetition is answered as the first was; then it is gone."""
    claimed(world)
    known = kept(world)
    assert known > 0
    world.later(days=8)
    forget(world)
    assert kept(world) >= known
    world.later(days=2)
    forget(world)
    assert kept(world) < known


def test_what_was_done_goes_a_few_at_a_time_and_what_waits_stays(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Law: a click waits for no more than a few rows, however many there are."""
    monkeypatch.setattr(watchers, "AT_ONCE", 2)
    escalated(world)
    world.later(days=4)
    forget(world)
    with world.looking() as uow:
        done = uow.session.query(Delivery).filter(Delivery.state == DeliveryState.DONE).all()
    assert all(one.done_at and one.done_at > world.clock.now() - watchers.DONE_KEPT for one in done)
    assert kept(world) > 0
    card(world, ANA, ESCALATIONS, 0).press("Claim")
    assert "Claimed by Ana Ruiz" in card(world, ANA, ESCALATIONS, 0).text
