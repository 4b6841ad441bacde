"""From a wish for money back to one refund, or to none."""

from collections import Counter

import pytest

from tests.company import ANA, APPROVALS, BILLING, KIM, LEA, MAX, NIA
from tests.flows.enrolling import approve, enrolled
from tests.flows.scenes import DECIDE, REFUND, approval_of, audit, effects, refund_asked
from tests.flows.screen import card, fill, messages, refused, told, typed, words_of
from tests.world import World


def test_the_card_shows_exactly_the_act_and_sets_the_agents_reasons_apart(world: World) -> None:
    """Law: amount, recipient and ticket are drawn by code out of the stored payload."""
    _, seen = refund_asked(world)
    for words in (
        "49.00 USD",
        "ch_joy",
        "Joy Abara · Oak Bakery",
        "#1 (zendesk 1001)",
        "Why, in the agent's words",
        "Policy: refunds · one approval (approver)",
        "Expires",
        "May decide: Lea Sand, Max Vidal, Nia Fox",
        "They have this one charge on record.",
        "49.00 USD on 23 September 2026, of which 49.00 USD could still be given back",
        "This customer's refunds in the last 90 days: none",
        "The customer’s last words",
        "Once it is done, the customer reads: “We have refunded 49.00 USD",
    ):
        assert words in seen.text
    assert seen.labels == DECIDE
    whole = seen.press("Show the conversation")["view"]
    assert REFUND in words_of(whole)


CROWD = "".join(
    f"\n  - {{id: a{n}, name: Abe {n}, roles: [approver], slack: U0ABE{n}}}" for n in range(5)
)


@pytest.mark.app_yaml({"\npartners:": f"{CROWD}\npartners:"})
def test_whoever_may_decide_beyond_the_names_is_counted(world: World) -> None:
    """Law: a list that is cut says so."""
    _, seen = refund_asked(world)
    named = "Lea Sand, Max Vidal, Nia Fox, Dee Holt, Gil Roy, Zap"
    assert f"May decide: {named} and 5 more" in seen.text


def test_the_fallback_says_what_amount_and_deadline_and_no_name(world: World) -> None:
    _, seen = refund_asked(world)
    assert seen.fallback == (
        "Refund 49.00 USD for ticket #1: waits for a decision, until 2026-09-23 13:00 UTC."
    )


def test_one_yes_pays_once_redraws_the_card_and_tells_the_customer(world: World) -> None:
    """Law: approve → one refund in the provider's own ledger → the card says so → the customer
    hears of it."""
    ticket, seen = refund_asked(world)
    assert world.refunds == []
    seen.press("Approve")
    [refund] = world.refunds
    assert (refund["charge"], refund["amount"], refund["customer"]) == ("ch_joy", 4900, "cus_joy")
    done = card(world, LEA, APPROVALS)
    assert done.ts == seen.ts
    assert "Approved by Lea Sand" in done.text
    assert f"Done. Receipt {refund['id']}." in done.text
    assert "Once it is done" not in done.text
    assert done.labels == []
    assert world.customer_reads(ticket)[-1].startswith("We have refunded 49.00 USD")
    assert [one.actor for one in audit(world, "approval granted")] == ["lea"]


def test_a_small_refund_needs_nobody(world: World) -> None:
    """Law: what a gate grades `auto` runs at once, and is on record."""
    ticket = world.write("sol", "Please refund my last payment of 15.00 USD.", "Money back")
    [refund] = world.refunds
    assert refund["amount"] == 1500
    assert messages(world, LEA, APPROVALS) == []
    assert world.customer_reads(ticket)[-1].startswith("We have refunded 15.00 USD")
    assert audit(world, "effect done")[0].data["kind"] == "refund"


def test_a_big_refund_takes_two_different_people(world: World) -> None:
    """Law: one person's two clicks are one approval."""
    _, seen = refund_asked(world, "big", "Please refund my last payment of 1200.00 USD.")
    assert "A second person is needed after you" in seen.text
    seen.press("Approve", by=LEA)
    assert world.refunds == []
    half = card(world, LEA, APPROVALS)
    assert "1 of 2 approvals, by Lea Sand" in half.text
    assert "waits for one more person" in half.text
    assert "May decide: Max Vidal" in half.text
    assert "It runs exactly as shown" in half.text
    half.press("Approve", by=LEA)
    assert "You have approved this already" in told(world, LEA, APPROVALS)
    assert world.refunds == []
    half.press("Approve", by=MAX)
    assert [one["amount"] for one in world.refunds] == [120000]
    assert "Approved by Lea Sand, Max Vidal" in card(world, LEA, APPROVALS).text


def test_what_no_gate_lets_pass_goes_to_a_person(world: World) -> None:
    """Law: `never` means that no card ever asks for it."""
    world.write("eve", "Please refund my last payment of 9000.00 USD.", "Money back")
    assert messages(world, LEA, APPROVALS) == []
    assert world.refunds == []
    assert "gate_closed" in [one.data["rule"] for one in audit(world, "escalated")]


def test_a_rejection_needs_a_reason_and_brings_the_ticket_to_a_person(world: World) -> None:
    ticket, seen = refund_asked(world)
    view = seen.press("Reject")["view"]
    assert "Why not?" in words_of(view)
    assert fill(world, LEA, view, reason="no")["errors"]["reason"].startswith("Say in a few words")
    assert fill(world, LEA, view, reason="Their contract forbids it")["ok"]
    done = card(world, LEA, APPROVALS)
    assert "Rejected by Lea Sand" in done.text
    assert "Their contract forbids it" in done.text
    assert done.labels == []
    assert world.refunds == []
    assert "An approver said no" in card(world, ANA, BILLING).text
    assert not any("contract" in words for words in world.customer_reads(ticket))
    assert [one.data["rule"] for one in audit(world, "escalated")] == ["act_rejected"]


def test_the_second_decision_loses_and_is_told_who_was_first(world: World) -> None:
    """Law: of many decisions exactly one counts; the others hear a name."""
    _, seen = refund_asked(world)
    seen.press_only("Approve", by=LEA)
    seen.press_only("Approve", by=MAX)
    seen.press_only("Reject", by=NIA)
    world.settle()
    assert told(world, MAX, APPROVALS) == "Lea Sand was faster: this is approved already."
    assert told(world, NIA, APPROVALS) == "Lea Sand was faster: this is approved already."
    assert len(world.refunds) == 1
    assert len(audit(world, "approval granted")) == 1


@pytest.mark.parametrize(("seconds", "counts"), [(-1, True), (0, False), (1, False)])
def test_a_decision_counts_until_the_deadline_and_not_at_it(
    world: World, seconds: int, counts: bool
) -> None:
    """Law: whether the clock's own step has come round by then or not."""
    _, seen = refund_asked(world)
    world.clock.set(approval_of(world, seen).expires_at)
    world.clock.advance(seconds=seconds)
    seen.press_only("Approve")
    world.settle()
    assert (len(world.refunds) == 1) is counts
    if not counts:
        assert "time to decide" in told(world, LEA, APPROVALS)


@pytest.mark.parametrize(("seconds", "counts"), [(-1, True), (0, False), (1, False)])
def test_a_rejection_counts_until_the_deadline_and_not_at_it(
    world: World, seconds: int, counts: bool
) -> None:
    """Law: a no is a decision like a yes; afterwards the act has expired, whatever was typed."""
    _, seen = refund_asked(world)
    _, other = refund_asked(world, "nox", "Please refund my last payment of 30.00 USD.")
    view = seen.press_only("Reject")["view"]
    world.clock.set(approval_of(world, seen).expires_at)
    world.clock.advance(seconds=seconds)
    answer = world.do_only(
        LEA, "submit", view_id=view["id"], values=typed(view, {"reason": "Never paid"})
    )
    opened = other.press_only("Reject")
    world.settle()
    ended = [card(world, LEA, APPROVALS, number).text for number in (0, 1)]
    if counts:
        assert "Rejected by Lea Sand" in ended[0]
        assert "view" in opened
        return
    assert "time to decide" in refused(answer)
    assert "view" not in opened
    assert "time to decide" in told(world, LEA, APPROVALS)
    assert all("Expired" in text for text in ended)
    assert audit(world, "approval rejected") == []


def test_an_expired_approval_is_escalated_and_never_a_silent_no(world: World) -> None:
    """Law: expired is an outcome of its own."""
    _, seen = refund_asked(world)
    world.later(hours=4)
    done = card(world, LEA, APPROVALS)
    assert done.ts == seen.ts
    assert "Expired" in done.text
    assert done.labels == []
    assert [one.data["rule"] for one in audit(world, "escalated")] == ["act_expired"]
    assert world.refunds == []


def test_a_partner_approves_only_where_the_gate_names_its_organisation(world: World) -> None:
    """Law: dawn decides about the night tier's refunds and about no others."""
    key = enrolled(world, KIM)
    _, seen = refund_asked(world)
    _, own = refund_asked(world, "nox", "Please refund my last payment of 30.00 USD.")
    world.do(MAX, "join", channel=APPROVALS, user=KIM)
    seen.press("Approve", by=KIM)
    assert told(world, KIM, APPROVALS) == "This gate does not let your organisation decide."
    assert world.refunds == []
    assert approve(world, own, key, KIM)["ok"]
    assert [one["charge"] for one in world.refunds] == ["ch_nox"]


def test_an_account_change_is_carried_out_once(world: World) -> None:
    _, seen = refund_asked(
        world, "joy", "Please change our billing email to books@oak.example. Thank you."
    )
    assert "books@oak.example" in seen.text
    seen.press("Approve")
    [change] = world.account_changes
    assert change["account"] == "acc_oak"
    assert [one.state.value for one in effects(world, "account_change")] == ["done"]
    assert "Done. Receipt" in card(world, LEA, APPROVALS).text


def test_the_customers_own_words_are_not_given_for_the_agents_reasons(world: World) -> None:
    """Law: whoever approves knows who says what, and that a cancellation names no date."""
    world.write("joy", "Please cancel our subscription at the end of May.", "Closing the shop")
    seen = card(world, LEA, APPROVALS)
    assert "as soon as it is carried out: no date is sent" in seen.text
    assert "The ticket in one line" in seen.text
    assert "Why, in the agent's words" not in seen.text


def test_one_yes_causes_no_delivery_without_work(world: World) -> None:
    """Law: what was done says whom it concerns; nobody is woken to find that it was not them."""
    _, seen = refund_asked(world)
    with world.looking() as uow:
        before = {one.id for one in uow.deliveries.listed(None, 1000)}
    seen.press("Approve", by=LEA)
    with world.looking() as uow:
        caused = [one.step for one in uow.deliveries.listed(None, 1000) if one.id not in before]
    # The help desk tells us what we did there; that is its doing.
    theirs = ("fetch ticket", "follow ticket", "follow ticket to approval")
    ours = Counter(caused) - Counter(dict.fromkeys(theirs, 9))
    assert ours.pop("show card") <= 2
    assert ours == {"carry out": 1, "do in help desk": 2, "follow effect": 1, "tell customer": 1}
