"""What is not known is never taken for a no: neither a refused question nor a second of silence."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from bot.errors import OutcomeUnknown, Refused
from bot.flows.approval import effects as effects_flow
from bot.handlers.http.stripe_payments import StripePayments
from bot.money import Money
from bot.ports import Receipt
from storage.models import Certainty, DeliveryState, EffectState
from tests.company import APPROVALS, LEA
from tests.flows.scenes import audit, effects, refund_asked
from tests.flows.screen import card
from tests.world import World


def minutes_pass(world: World, minutes: int) -> None:
    for _ in range(0, minutes, 5):
        world.later(minutes=5)


@pytest.mark.parametrize("question", ["find_refund", "charge"])
def test_a_no_to_the_look_is_no_no_to_the_payment(
    world: World, monkeypatch: pytest.MonkeyPatch, question: str
) -> None:
    """Law: a key that may pay but not read has paid; the refund must not be taken for refused."""

    def no(self: StripePayments, *given: str) -> None:
        raise Refused("more_permissions_required")

    _, seen = refund_asked(world)
    world.provider.faults.drop_after_commit_next = 1
    if question == "charge":
        # It got lost on its way, so the look finds nothing yet.
        world.provider.faults.drop_after_commit_next = 0
        world.provider.faults.error_500_before_commit_next = 1
    seen.press("Approve", by=LEA)
    with monkeypatch.context() as patch:
        patch.setattr(StripePayments, question, no)
        minutes_pass(world, 10)
        [effect] = effects(world)
        assert (effect.state, effect.certainty) == (EffectState.CALLING, Certainty.MAYBE)
        assert "No clear answer yet" in card(world, LEA, APPROVALS).text
    world.later(minutes=2)
    assert effects(world)[0].state is EffectState.DONE
    assert len(world.refunds) == 1


def test_what_lands_between_the_look_and_the_no_is_found(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Law: on a retry "more than is left" may be our own refund; it is looked for again."""
    refund, find = StripePayments.refund, StripePayments.find_refund
    late: list[tuple[StripePayments, str, Money, str]] = []

    def slow(self: StripePayments, charge: str, amount: Money, key: str) -> Receipt:
        late.append((self, charge, amount, key))
        raise OutcomeUnknown("no answer yet")

    def then_it_lands(self: StripePayments, charge: str, key: str) -> Receipt | None:
        found = find(self, charge, key)
        while late:
            refund(*late.pop())
        return found

    _, seen = refund_asked(world)
    with monkeypatch.context() as patch:
        patch.setattr(StripePayments, "refund", slow)
        seen.press("Approve", by=LEA)
    monkeypatch.setattr(StripePayments, "find_refund", then_it_lands)
    world.later(seconds=5)
    assert [one.state for one in effects(world)] == [EffectState.DONE]
    assert len(world.refunds) == 1
    assert audit(world, "escalated") == []


@contextmanager
def breaking(world: World, part: str) -> Iterator[None]:
    """A bug of our own in one part of carrying out."""
    step = world.backstop.bus.steps["carry out"]
    whole: Callable[..., Any] = getattr(effects_flow, part)

    def broken(event: object) -> None:
        raise RuntimeError("a bug")

    def broken_settle(event: object, call: object, outcome: object) -> None:
        raise RuntimeError("a bug")

    object.__setattr__(step, part, broken if part == "plan" else broken_settle)
    try:
        yield
    finally:
        object.__setattr__(step, part, whole)


@pytest.mark.parametrize(("part", "rule"), [("settle", "act_unclear"), ("plan", "act_unreached")])
def test_an_effect_whose_delivery_is_given_up_is_left_to_a_person(
    world: World, part: str, rule: str
) -> None:
    """Law: what nobody carries any more does not stay "being carried out"."""
    _, seen = refund_asked(world)
    with breaking(world, part):
        seen.press("Approve", by=LEA)
        for _ in range(14):
            if effects(world)[0].state is not EffectState.STUCK:
                world.later(minutes=6)
    world.later(minutes=6)
    assert [one.data["rule"] for one in audit(world, "escalated")] == [rule]
    assert "A person has to look" in card(world, LEA, APPROVALS).text

    def replay(uow: Any) -> None:
        letters = uow.deliveries.listed(DeliveryState.DEAD, 10)
        [dead] = [one for one in letters if one.step == "carry out"]
        assert uow.deliveries.replay(dead.id, world.clock.now())

    world.backstop.writer.run(replay)
    world.settle()
    assert [one.state for one in effects(world)] == [EffectState.DONE]
    assert len(world.refunds) == 1
