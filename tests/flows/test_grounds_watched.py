"""While an act waits, what it rests on is read again: nobody decides on what is no longer so."""

from storage.models import ApprovalState
from tests.company import APPROVALS, BILLING, LEA, MAX
from tests.flows.scenes import audit, refund_asked
from tests.flows.screen import Seen, card, direct, messages, told
from tests.flows.test_changing import press_stale
from tests.world import World

PART = "Please refund 20.00 USD of my last payment of 49.00 USD."
BIG = "Please refund 600.00 USD of my last payment."
PLAN = "Please change our plan to business."


def given(world: World, charge: str, amount: int) -> None:
    """Somebody gave money back in the provider's own dashboard."""
    world.provider.add_refund(world.provider.charges[charge], amount)
    world.later(minutes=11)


def state(world: World) -> ApprovalState:
    with world.looking() as uow:
        return uow.approvals.get(1).state


def change_asked(world: World) -> Seen:
    world.write("joy", PLAN, "Our plan")
    return card(world, LEA, APPROVALS)


def test_on_another_record_it_is_asked_anew_in_the_same_place(world: World) -> None:
    """Law: what the old card showed cannot be approved any more; the new one can, and runs."""
    _, seen = refund_asked(world, words=PART)
    given(world, "ch_joy", 1000)
    fresh = card(world, LEA, APPROVALS, 0)
    assert "What this rests on has changed" in fresh.text
    assert "39.00 USD could still be given back" in fresh.text
    press_stale(seen, "Approve", LEA)
    assert "has changed since the card was drawn" in told(world, LEA, APPROVALS)
    fresh.press("Approve", by=MAX)
    assert [one["amount"] for one in world.refunds] == [1000, 2000]


def test_a_yes_to_what_it_rested_on_before_counts_no_more(world: World) -> None:
    _, seen = refund_asked(world, "big", BIG)
    seen.press("Approve", by=LEA)
    given(world, "ch_big", 1000)
    assert any("your yes counts no more" in one.text for one in direct(world, LEA))
    card(world, MAX, APPROVALS, 0).press("Approve", by=MAX)
    assert len(world.refunds) == 1
    card(world, LEA, APPROVALS, 0).press("Approve", by=LEA)
    assert len(world.refunds) == 2


def test_what_cannot_be_paid_any_more_goes_to_a_person(world: World) -> None:
    """Law: withdrawn, with the reason on its card, and never a silent no."""
    refund_asked(world, words=PART)
    given(world, "ch_joy", 4000)
    assert state(world) is ApprovalState.WITHDRAWN
    assert "a specialist has the ticket now" in card(world, LEA, APPROVALS).text
    assert "cannot be done any more" in card(world, LEA, BILLING).text


def test_our_own_refund_beside_it_is_no_other_record(world: World) -> None:
    """Law: what we gave back ourselves since is known, and asks nobody twice."""
    refund_asked(world, words=PART)
    world.later(minutes=31)
    assert "What this rests on" not in card(world, LEA, APPROVALS).text
    assert audit(world, "approval revised") == []


def test_while_the_provider_is_away_it_waits_as_it_is(world: World) -> None:
    refund_asked(world, words=PART)
    world.provider.faults.error_500 = 1.0
    world.later(minutes=11)
    world.provider.faults.error_500 = 0.0
    assert state(world) is ApprovalState.PENDING
    given(world, "ch_joy", 1000)
    assert len(audit(world, "approval revised")) == 1


def test_a_change_of_an_account_shows_what_it_replaces(world: World) -> None:
    """Law: before and after, from the account's own record."""
    seen = change_asked(world)
    assert seen.text.index("Before:") < seen.text.index("After:")
    assert "team" in seen.text and "business" in seen.text
    seen.press("Approve")
    assert len(world.account_changes) == 1


def test_an_account_that_was_changed_meanwhile_is_asked_about_anew(world: World) -> None:
    seen = change_asked(world)
    world.provider.account_now("acc_oak")["plan"] = "starter"
    world.later(minutes=11)
    assert "starter" in card(world, LEA, APPROVALS, 0).text
    press_stale(seen, "Approve", LEA)
    assert "has changed since" in told(world, LEA, APPROVALS)
    assert world.account_changes == []


def test_nor_is_it_changed_in_the_minutes_before_anybody_looks(world: World) -> None:
    """Law: the record is read once more right before the call."""
    seen = change_asked(world)
    world.provider.account_now("acc_oak")["plan"] = "starter"
    seen.press("Approve")
    assert world.account_changes == []
    assert "what stands in the account has changed" in card(world, LEA, APPROVALS, 0).text


def test_what_another_put_there_between_two_tries_is_left_alone(world: World) -> None:
    """Law: the first call did nothing, so the no to the second is no doubt about the first."""
    seen = change_asked(world)
    world.provider.faults.error_500_before_commit_next = 1
    seen.press("Approve")
    world.provider.account_now("acc_oak")["plan"] = "starter"
    world.later(minutes=11)
    assert world.account_changes == []
    assert "what stands in the account has changed" in card(world, LEA, APPROVALS, 0).text


def test_a_ticket_that_is_closed_in_the_help_desk_takes_its_act_along(world: World) -> None:
    ticket, _ = refund_asked(world, words=PART)
    world.work_in_desk(ticket, status="solved")
    assert state(world) is ApprovalState.WITHDRAWN
    assert "the ticket was closed in the help desk" in card(world, LEA, APPROVALS).text
    assert messages(world, LEA, BILLING) == []
