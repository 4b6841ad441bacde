"""What runs is what was approved, by people who may still approve it."""

import json

import pytest

from storage.models import Delivery, DeliveryState, EffectState
from storage.unit_of_work import UnitOfWork
from tests.company import APPROVALS, BILLING, LEA, MAX
from tests.flows.scenes import approval_of, audit, effects, refund_asked
from tests.flows.screen import card
from tests.world import World


@pytest.mark.parametrize("change", [{"amount": 4000}, {"charge": "ch_big"}, {"customer": 4}])
def test_an_edited_payload_does_not_run(world: World, change: dict[str, object]) -> None:
    """Law: the digest is computed again from what would run; any difference is refused."""
    _, seen = refund_asked(world)
    seen.press_only("Approve")
    [effect] = effects(world)

    def edit(uow: UnitOfWork) -> None:
        stored = uow.effects.get(effect.id)
        stored.payload = stored.payload | change

    world.backstop.writer.run(edit)
    world.settle()
    assert world.refunds == []
    [effect] = effects(world)
    assert (effect.state, effect.trouble) == (EffectState.REFUSED, "payload_changed")
    assert "what would run is not what was approved" in card(world, LEA, APPROVALS).text
    assert [one.data["rule"] for one in audit(world, "escalated")] == ["act_refused"]


def test_an_edited_approval_does_not_run_either(world: World) -> None:
    """Law: the digest that was clicked is the digest that runs, on either side of the click."""
    _, seen = refund_asked(world)
    approval = approval_of(world, seen)
    payload = json.dumps(json.loads(approval.payload) | {"amount": 4000}, sort_keys=True)

    def edit(uow: UnitOfWork) -> None:
        uow.approvals.get(approval.id).payload = payload

    world.backstop.writer.run(edit)
    seen.press("Approve")
    assert world.refunds == []


def test_one_consent_is_good_for_one_effect(world: World) -> None:
    """Law: an approval is redeemed once, whatever carries its event twice."""
    _, seen = refund_asked(world)
    seen.press("Approve")
    world.backstop.writer.run(_carry_out_again)
    world.settle()
    assert len(world.refunds) == 1
    kinds = [one.data["kind"] for one in audit(world, "effect done")]
    assert kinds.count("refund") == 1


def _carry_out_again(uow: UnitOfWork) -> None:
    steps = uow.session.query(Delivery).filter(Delivery.step == "carry out")
    for delivery in steps:
        delivery.state, delivery.done_at = DeliveryState.WAITING, None


def test_what_cannot_be_refunded_any_more_is_refused_and_escalated(world: World) -> None:
    """Law: the charge is read again; never more than captured minus refunded."""
    _, seen = refund_asked(world)
    world.provider.add_refund(world.provider.charges["ch_joy"], 1000)
    seen.press("Approve")
    assert [one["amount"] for one in world.refunds] == [1000]
    assert "has less left than this amount" in card(world, LEA, APPROVALS).text
    assert "could not be carried out" in card(world, MAX, BILLING).text


def test_another_customers_charge_is_never_touched(world: World) -> None:
    """Law: who gets the money is whose ticket it is."""
    _, seen = refund_asked(world)
    world.provider.charges["ch_joy"].customer = "cus_sol"
    seen.press("Approve")
    assert world.refunds == []
    assert "belongs to another customer" in card(world, LEA, APPROVALS).text
    assert [one.data["rule"] for one in audit(world, "escalated")] == ["act_refused"]


def test_the_agent_cannot_ask_for_a_charge_that_is_not_the_customers(world: World) -> None:
    world.write("joy", "Please refund 15.00 USD of ch_sol.", "Money back")
    assert world.refunds == []
    assert effects(world) == []
