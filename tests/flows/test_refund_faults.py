"""Whatever the payment provider does, one refund."""

import pytest

from bot.errors import Refused
from bot.handlers.http.stripe_payments import StripePayments
from bot.steps import Lane
from storage.models import EffectState
from tests.company import APPROVALS, LEA
from tests.flows.scenes import audit, effects, refund_asked
from tests.flows.screen import card
from tests.flows.test_one_wish import carry
from tests.world import World


def test_a_provider_that_hiccups_is_asked_again_before_a_person_is(world: World) -> None:
    """Law: one lost answer makes no escalation out of a refund that an approver could grant."""
    world.provider.faults.read_error_500_next = 1
    world.write("joy", "Please refund my last payment of 49.00 USD.", "Money back")
    world.later(seconds=5)
    assert "Approve" in card(world, LEA, APPROVALS).labels
    assert audit(world, "escalated") == []


def test_while_the_provider_is_away_a_wish_for_money_goes_to_a_person(world: World) -> None:
    """Law: a customer waits for a provider for seconds, not for its outage to end."""
    world.provider.faults.read_error_500 = 1.0
    world.write("joy", "Please refund my last payment of 49.00 USD.", "Money back")
    world.later(seconds=5)
    assert audit(world, "escalated") == []
    world.later(seconds=5)
    assert len(audit(world, "escalated")) == 1
    assert effects(world) == []


def test_a_provider_that_says_no_is_not_asked_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Law: a key that may not read charges will not in ten seconds: a person has the wish now."""

    def no(self: StripePayments, customer: str) -> None:
        raise Refused("more_permissions_required")

    monkeypatch.setattr(StripePayments, "charges_of", no)
    world.write("joy", "Please refund my last payment of 49.00 USD.", "Money back")
    assert len(audit(world, "escalated")) == 1


def test_a_drop_after_commit_leaves_one_refund(world: World) -> None:
    """Law: no answer is no reason to pay again: the provider's record is looked at first."""
    ticket, seen = refund_asked(world)
    world.provider.faults.drop_after_commit_next = 1
    seen.press("Approve")
    [effect] = effects(world)
    assert effect.state is EffectState.CALLING
    assert "record is being checked" in card(world, LEA, APPROVALS).text
    assert len(world.refunds) == 1
    world.later(seconds=1)
    [effect] = effects(world)
    assert (effect.state, effect.n) == (EffectState.DONE, 1)
    assert len(world.refunds) == 1
    assert f"Receipt {world.refunds[0]['id']}" in card(world, LEA, APPROVALS).text
    assert world.customer_reads(ticket)[-1].startswith("We have refunded 49.00 USD")


def test_a_500_that_is_replayed_raises_n_only_after_the_look(world: World) -> None:
    """Law: a new key is used only when the record shows that the old one made nothing and never
    will; every call before that carries the old key."""
    _, seen = refund_asked(world)
    world.provider.faults.error_500_next = 1
    seen.press("Approve")
    [effect] = effects(world)
    assert (effect.state, effect.n) == (EffectState.CALLING, 1)
    for _ in range(6):
        world.later(seconds=30)
    [effect] = effects(world)
    assert (effect.state, effect.n) == (EffectState.DONE, 2)
    [refund] = world.refunds
    assert refund["idempotency_key"].endswith(":2")
    assert refund["metadata"]["backstop"].endswith(":2")


def test_a_500_after_the_work_was_done_leaves_one_refund(world: World) -> None:
    """Law: also an error that is kept under the key may hide a success."""
    _, seen = refund_asked(world)
    world.provider.faults.error_500_after_commit_next = 1
    seen.press("Approve")
    for _ in range(6):
        world.later(seconds=30)
    [effect] = effects(world)
    assert (effect.state, effect.n) == (EffectState.DONE, 1)
    assert len(world.refunds) == 1


@pytest.mark.parametrize("fault", ["error_500_before_commit_next", "conflict_next"])
def test_what_may_have_happened_is_looked_up_before_it_is_tried_again(
    world: World, fault: str
) -> None:
    _, seen = refund_asked(world)
    setattr(world.provider.faults, fault, 2)
    seen.press("Approve")
    for _ in range(6):
        world.later(seconds=30)
    assert len(world.refunds) == 1
    assert effects(world)[0].state is EffectState.DONE


def test_forgotten_keys_do_not_pay_twice(world: World) -> None:
    """Law: Stripe may forget a key; the refund's own metadata does not."""
    _, seen = refund_asked(world)
    world.provider.faults.forget_keys = True
    world.provider.faults.drop_after_commit_next = 1
    seen.press("Approve")
    world.later(hours=25)
    assert len(world.refunds) == 1
    assert effects(world)[0].state is EffectState.DONE


def test_a_provider_that_asks_for_patience_gets_it(world: World) -> None:
    _, seen = refund_asked(world)
    world.provider.faults.rate_limit_next = 2
    seen.press("Approve")
    assert world.refunds == []
    world.later(minutes=2)
    world.later(minutes=2)
    assert len(world.refunds) == 1


def test_when_nobody_can_tell_a_person_decides(world: World) -> None:
    """Law: an outcome that stays unknown is never guessed; it is escalated."""
    _, seen = refund_asked(world)
    world.provider.faults.error_500_before_commit = 1.0
    seen.press("Approve")
    for _ in range(12):
        world.later(minutes=10)
    assert world.refunds == []
    [effect] = effects(world)
    assert effect.state is EffectState.STUCK
    assert "Nobody can tell" in card(world, LEA, APPROVALS).text
    assert "act_unclear" in [one.data["rule"] for one in audit(world, "escalated")]


def test_a_refund_refused_by_the_provider_is_escalated(world: World) -> None:
    """Law: a definite no is told, and the ticket gets a person."""
    ticket, seen = refund_asked(world)
    world.provider.charges["ch_joy"].disputed = True
    seen.press("Approve")
    assert world.refunds == []
    assert effects(world)[0].state is EffectState.REFUSED
    assert [one.data["rule"] for one in audit(world, "escalated")] == ["act_refused"]
    assert not any("refunded" in words for words in world.customer_reads(ticket))


@pytest.mark.parametrize("fault", ["drop_after_commit_next", "error_500_before_commit_next"])
def test_an_account_change_whose_answer_was_lost_is_made_once(world: World, fault: str) -> None:
    _, seen = refund_asked(
        world, "joy", "Please change our billing email to books@oak.example. Thank you."
    )
    setattr(world.provider.faults, fault, 1)
    seen.press("Approve")
    for _ in range(4):
        world.later(seconds=30)
    assert len(world.account_changes) == 1
    assert effects(world, "account_change")[0].state is EffectState.DONE


def test_a_help_desk_that_hangs_holds_up_no_refund(world: World) -> None:
    """Law: money has workers of its own; words, notes and states wait in another lane."""
    ticket, seen = refund_asked(world)
    seen.press_only("Approve", by=LEA)
    carry(world, Lane.EFFECTS, Lane.INNER, Lane.POSTS)
    assert len(world.refunds) == 1
    assert "Done. Receipt" in card(world, LEA, APPROVALS).text
    assert world.customer_reads(ticket) == []
    world.settle()
    assert "We have refunded 49.00 USD" in world.customer_reads(ticket)[-1]
