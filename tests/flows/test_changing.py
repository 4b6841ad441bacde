"""Somebody changes an act before it is approved; what was seen before counts no more."""

import json

import pytest

from storage.models import ApprovalVersion
from tests.company import ANA, APPROVALS, LEA, MAX, NIA, Json
from tests.flows.scenes import approval_of, audit, refund_asked
from tests.flows.screen import Seen, card, direct, fill, refused, thread, told
from tests.world import World

CHANGE = "Change before approval"
BIG = "Please refund my last payment of 1200.00 USD."


def opened(seen: Seen, by: str = LEA) -> Json:
    answer = seen.press(CHANGE, by=by)
    assert "view" in answer, told(seen.world, by, seen.channel)
    view: Json = answer["view"]
    return view


def changed(world: World, seen: Seen, by: str = LEA, **words: str) -> Seen:
    answer = fill(world, by, opened(seen, by), **words)
    assert answer["ok"] and "view" not in answer, answer
    return card(world, by, seen.channel)


def press_stale(seen: Seen, label: str, by: str) -> None:
    """On a screen that was not drawn anew; its window, where one opens, is that of now."""
    control = seen.click(label)
    now = card(seen.world, by, seen.channel)
    known = {key: value for key, value in control.items() if key in ("action_id", "block_id")}
    option = control.get("selected_option")
    chosen = {"selected_option": option} if option else {"value": json.dumps(seen.value(label))}
    kind = "overflow" if option else "button"
    bent = {"actions": [{**known, **chosen, "type": kind, "action_ts": "1790154000.0"}]}
    now.press("Reject", by=by, raw_overrides=bent)


def versions(world: World) -> list[ApprovalVersion]:
    with world.looking() as uow:
        return uow.session.query(ApprovalVersion).order_by(ApprovalVersion.id).all()


def test_what_somebody_changed_another_approves(world: World) -> None:
    """Law: the lower sum is paid, once, after the yes of somebody else to exactly that."""
    _, seen = refund_asked(world)
    seen = changed(world, seen, new_amount="20.00", note="Only the second half of the month.")
    assert "Amount: 49.00 USD → 20.00 USD" in seen.text and "Lea Sand changed this" in seen.text
    assert "Refund 20.00 USD" in seen.text
    seen.press("Approve", by=LEA)
    assert "You changed this yourself" in told(world, LEA, APPROVALS)
    assert world.refunds == []
    card(world, MAX, APPROVALS).press("Approve", by=MAX)
    assert [refund["amount"] for refund in world.refunds] == [2000]


def test_the_proposed_the_decided_and_what_ran_are_kept_apart(world: World) -> None:
    """Law: each with the hash of its words, and who put it there."""
    _, seen = refund_asked(world)
    changed(world, seen, new_amount="20.00", new_reason="The second half only.")
    card(world, MAX, APPROVALS).press("Approve", by=MAX)
    first, second = versions(world)
    assert (first.n, first.by, second.n, second.by) == (1, "offline", 2, "lea")
    assert '"amount":4900' in first.payload and '"amount":2000' in second.payload
    with world.looking() as uow:
        approval = uow.approvals.get(first.approval_id)
        effect = uow.effects.of_approval(approval.id)
        [vote] = uow.approvals.votes(approval.id)
    assert approval.digest == second.digest != first.digest
    assert (vote.version, vote.digest) == (2, second.digest)
    assert effect is not None and effect.payload["amount"] == 2000
    [entry] = audit(world, "approval revised")
    assert entry.actor == "lea" and entry.data["changed"] == ["amount", "reason"]


def test_old_buttons_do_nothing_and_say_so(world: World) -> None:
    """Law: a card that was drawn before, and a form that was opened before, decide nothing."""
    _, seen = refund_asked(world)
    before = seen.press("Reject", by=NIA)["view"]
    late = opened(seen, MAX)
    changed(world, seen, new_amount="20.00")
    for label in ("Approve", "Reject", CHANGE, "Ask for changes"):
        press_stale(seen, label, MAX)
        assert "This act has changed since the card was drawn" in told(world, MAX, APPROVALS)
    assert "has changed" in str(fill(world, NIA, before, reason="Not this one."))
    assert "has changed" in str(fill(world, MAX, late, new_amount="10.00"))
    assert world.refunds == [] and len(versions(world)) == 2


def test_what_is_changed_back_is_another_version_too(world: World) -> None:
    """Law: a yes counts for the version it was given to, though its words be the same again."""
    _, seen = refund_asked(world, "big", BIG)
    seen.press("Approve", by=MAX)
    again = changed(world, card(world, LEA, APPROVALS), new_amount="20.00")
    again = changed(world, again, new_amount="1200.00")
    assert "Refund 1,200.00 USD" in again.text and "of 2 approvals, by" not in again.text
    press_stale(seen, "Approve", MAX)
    assert "has changed since the card was drawn" in told(world, MAX, APPROVALS)
    assert world.refunds == []


def test_a_yes_to_what_was_there_before_lapses(world: World) -> None:
    """Law: whoever gave it is told, and it takes as many anew."""
    _, seen = refund_asked(world, "big", BIG)
    seen.press("Approve", by=MAX)
    changed(world, card(world, LEA, APPROVALS), new_amount="900")
    assert "your yes counts no more" in direct(world, MAX)[-1].text
    seen = card(world, MAX, APPROVALS)
    assert "1 of 2" not in seen.text
    seen.press("Approve", by=MAX)
    assert world.refunds == []


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ({"new_amount": "49.01"}, "At most 49.00 USD was proposed"),
        ({"new_amount": "1.200"}, "Write the amount in USD like 49.00"),
        ({"new_amount": "20 EUR"}, "Write the amount in USD"),
        ({"new_amount": "-5"}, "Write the amount in USD"),
        ({"new_amount": "0"}, "Reject it where nothing is to be paid back"),
        ({"new_reason": "Card 4111 1111 1111 1111"}, "would not show"),
        ({}, "Nothing is changed yet"),
    ],
)
def test_only_less_can_be_asked_for(world: World, typed: dict[str, str], why: str) -> None:
    """Law: never more than was proposed, and never what a card would not show as it is."""
    _, seen = refund_asked(world)
    assert why in refused(fill(world, LEA, opened(seen), **typed))
    assert len(versions(world)) == 1


def test_a_lower_sum_is_back_up_to_the_proposed_at_most(world: World) -> None:
    """Law: a slip of the hand can be mended, and the gate was chosen for the proposed sum."""
    _, seen = refund_asked(world)
    seen = changed(world, seen, new_amount="2.00")
    seen = changed(world, seen, new_amount="20,00")
    assert "Refund 20.00 USD" in seen.text
    assert "49.01" not in seen.text
    assert "At most" in refused(fill(world, LEA, opened(seen), new_amount="50"))


def test_nobody_else_changes_it(world: World) -> None:
    """Law: it takes whoever could decide about it, as it is."""
    _, seen = refund_asked(world, "big", BIG)
    for who, why in ((ANA, "takes the role approver"), (NIA, "You may decide up to 50.00 USD")):
        assert "view" not in seen.press(CHANGE, by=who)
        assert why in told(world, who, APPROVALS)


def test_whoever_has_a_lower_limit_approves_the_lower_sum(world: World) -> None:
    """Law: what counts is what is asked for now."""
    _, seen = refund_asked(world, words="Please refund my last payment of 49.00 USD.")
    changed(world, seen, by=LEA, new_amount="45.00")
    card(world, NIA, APPROVALS).press("Approve", by=NIA)
    assert [refund["amount"] for refund in world.refunds] == [4500]


def test_nothing_is_changed_that_nobody_could_approve_then(world: World) -> None:
    """Law: a gate that its people cannot satisfy is not made by a change: they are told before
    they have typed anything."""
    _, seen = refund_asked(world, "big", BIG)
    approval = approval_of(world, seen).id
    editors = ["lea", "dee", "gil", "zap"]
    world.backstop.writer.run(lambda uow: setattr(uow.approvals.get(approval), "editors", editors))
    assert "view" not in seen.press(CHANGE, by=MAX)
    assert "too few are left who may approve it" in told(world, MAX, APPROVALS)


def test_what_was_changed_can_be_rejected_by_whoever_changed_it(world: World) -> None:
    """Law: a no of theirs gives nobody anything."""
    _, seen = refund_asked(world)
    seen = changed(world, seen, new_amount="20.00")
    view = seen.press("Reject", by=LEA)["view"]
    assert fill(world, LEA, view, reason="It was paid by bank already.")["ok"]
    assert "Rejected by Lea Sand" in card(world, LEA, APPROVALS).text


def test_the_change_stands_below_the_card(world: World) -> None:
    """Law: a card that is redrawn makes no sound, so whoever follows it is told by a message."""
    _, seen = refund_asked(world)
    changed(world, seen, new_amount="20.00", note="He kept half of it.")
    last = thread(world, MAX, card(world, MAX, APPROVALS))[-1]
    assert "Amount: 49.00 USD → 20.00 USD" in last.text and "He kept half of it." in last.text
    assert "Lea" not in last.fallback


def test_of_a_change_and_a_yes_at_the_same_time_one_counts(world: World) -> None:
    """Law: who is slower hears so, and what was not seen is not paid."""
    _, seen = refund_asked(world)
    view = opened(seen)
    seen.press_only("Approve", by=MAX)
    assert "Max Vidal was faster" in str(fill(world, LEA, view, new_amount="20.00"))
    world.settle()
    assert [refund["amount"] for refund in world.refunds] == [4900]


def test_a_copy_of_the_card_changes_nothing(world: World) -> None:
    """Law: only the original's buttons do anything."""
    _, seen = refund_asked(world)
    elsewhere = {"container": {"message_ts": "1790154000.999999"}}
    assert "view" not in seen.press(CHANGE, raw_overrides=elsewhere)
    assert "This is a copy of the card" in told(world, LEA, APPROVALS)


def test_it_expires_when_it_would_have(world: World) -> None:
    """Law: changing it gains no time."""
    _, seen = refund_asked(world)
    world.later(hours=3, minutes=50)
    changed(world, seen, new_amount="20.00")
    view = opened(card(world, MAX, APPROVALS), MAX)
    world.later(minutes=11)
    assert "Expired" in card(world, LEA, APPROVALS).text
    assert "expired" in str(fill(world, MAX, view, new_amount="10.00"))


def test_an_account_change_is_not_edited(world: World) -> None:
    """Law: what it acts on, and to what, is never changed: there is no such button."""
    world.write("joy", "Please change our billing email to ap@joy.example.", "Billing address")
    assert CHANGE not in card(world, LEA, APPROVALS).labels


def test_who_left_since_then_has_changed_nothing_less(world: World) -> None:
    """Law: editors stay barred, and reminders do not ask them."""
    _, seen = refund_asked(world)
    changed(world, seen, new_amount="20.00")
    world.later(hours=2, minutes=1)
    assert all("still waits" not in one.text for one in direct(world, LEA))
    assert any("still waits" in one.text for one in direct(world, MAX))


def test_each_change_has_a_line_in_the_story(world: World) -> None:
    """Law: who changed what to what is told without the customer's words."""
    _, seen = refund_asked(world)
    approval = approval_of(world, seen)
    changed(world, seen, new_amount="20.00")
    [entry] = audit(world, "approval revised")
    assert entry.subject == f"approval:{approval.id}"
    assert (entry.data["version"], entry.data["amount"]) == (2, 2000)
