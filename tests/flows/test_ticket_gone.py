"""A ticket that the help desk threw away, or solved, and the act that waits on it."""

import pytest
from sqlalchemy import text

from bot import events
from bot.flows.approval import withdrawing
from bot.steps import Lane
from sandbox.helpdesk.records import DeskEvent
from storage import erasure
from storage.models import ApprovalState, EffectState, TicketStatus
from storage.unit_of_work import UnitOfWork
from tests.company import APPROVALS, LEA, MAX
from tests.flows.scenes import HUMAN, REFUND, audit, effects, refund_asked
from tests.flows.screen import card, direct, fill, refused, told
from tests.flows.test_desk_crossings import arrives, hook_of
from tests.flows.test_one_wish import carry, reasons
from tests.flows.test_polling import poll
from tests.world import World

WHY = "the ticket was marked as spam or deleted in the help desk"


def remove_only(world: World, ticket: int, how: str = "spam") -> None:
    """The bot has stored it, and carried nothing that follows."""
    body = {"ticket": ticket, "removed": how}
    assert world.server.http.post("/sandbox/helpdesk/agent", json=body).json()["ok"]
    world.server.wait_for(world._arrived())


@pytest.mark.parametrize("how", ["spam", "deleted"])
def test_what_waits_on_a_ticket_that_is_gone_is_withdrawn(world: World, how: str) -> None:
    """Law: nobody pays whom a colleague has just marked; the card says why, and asks nothing."""
    ticket, _ = refund_asked(world)
    world.work_in_desk(ticket, removed=how)
    seen = card(world, LEA, APPROVALS)
    assert "Withdrawn" in seen.text and WHY in seen.text
    assert not {"Approve", "Reject"} & set(seen.labels)
    [entry] = audit(world, "approval withdrawn")
    assert (entry.actor, entry.data) == ("zendesk", {"because": "ticket_gone"})
    world.later(days=10)
    assert audit(world, "approval expired") == []
    assert world.refunds == []
    assert reasons(world, ticket) == ""


def test_what_waits_on_a_solved_ticket_that_is_thrown_away_is_withdrawn_too(world: World) -> None:
    ticket, _ = refund_asked(world)
    world.work_in_desk(ticket, status="solved")
    world.work_in_desk(ticket, removed="spam")
    assert len(audit(world, "approval withdrawn")) == 1


@pytest.mark.parametrize("how", ["spam", "deleted"])
def test_what_no_hook_told_is_found_by_asking(world: World, how: str) -> None:
    """Law: a lost webhook pays no refund on a ticket that was thrown away."""
    ticket, _ = refund_asked(world)
    world.desk.faults.hook_lose = 1.0
    world.work_in_desk(ticket, removed=how)
    assert "Approve" in card(world, LEA, APPROVALS).labels
    poll(world)
    seen = card(world, LEA, APPROVALS)
    assert "Withdrawn" in seen.text and WHY in seen.text
    assert not {"Approve", "Reject"} & set(seen.labels)


def test_a_yes_on_a_card_that_was_not_redrawn_yet_is_told_why(world: World) -> None:
    """Law: from the moment that we know, no yes counts, however old the card looks."""
    ticket, seen = refund_asked(world)
    remove_only(world, ticket)
    seen.press_only("Approve", by=LEA)
    carry(world, Lane.INNER)
    seen.press_only("Approve", by=MAX)
    world.settle()
    assert WHY in told(world, LEA, APPROVALS) and WHY in told(world, MAX, APPROVALS)
    assert world.refunds == []


@pytest.mark.parametrize("made", [True, False], ids=["made", "not made"])
def test_what_may_have_happened_is_looked_for_and_not_sent_again(world: World, made: bool) -> None:
    """Law: what was not paid before the ticket went is not paid any more; of money that is out the
    card says so. Nobody is asked to see to what was thrown away, nor is its customer written to."""
    ticket, seen = refund_asked(world)
    lost = "drop_after_commit_next" if made else "error_500_before_commit_next"
    setattr(world.provider.faults, lost, 1)
    seen.press("Approve", by=LEA)
    remove_only(world, ticket)
    for _ in range(10):
        world.later(minutes=1)
    assert len(world.refunds) == made
    [effect] = effects(world)
    assert effect.state is (EffectState.DONE if made else EffectState.REFUSED)
    assert effect.trouble == (None if made else "ticket_gone")
    assert ("Done. Receipt" in card(world, LEA, APPROVALS).text) is made
    assert audit(world, "escalated") == []
    assert effects(world, "reply") == [] and effects(world, "status") == []
    with world.looking() as uow:
        assert uow.tickets.get(1).status is TicketStatus.GONE
    assert any(WHY in one.text for one in direct(world, LEA)) is not made


def test_what_was_granted_and_has_not_begun_is_not_carried_out(world: World) -> None:
    """Law: not even while effects are stopped; whoever said yes hears that it came to nothing."""
    ticket, seen = refund_asked(world)
    seen.press_only("Approve", by=LEA)
    remove_only(world, ticket)
    world.settle()
    assert world.refunds == []
    [effect] = effects(world)
    assert (effect.state, effect.trouble) == (EffectState.REFUSED, "ticket_gone")
    assert audit(world, "approval withdrawn") == []
    assert f"which you approved, was not carried out: {WHY}" in direct(world, LEA)[-1].text
    seen = card(world, MAX, APPROVALS)
    assert f"Not done: {WHY}." in seen.text and "specialist" not in seen.text
    assert reasons(world, ticket) == ""


def test_what_somebody_granted_at_that_moment_is_not_called_withdrawn(world: World) -> None:
    """Law: the database says which came first; another process may have granted what was read as
    waiting here."""
    ticket, _ = refund_asked(world)
    remove_only(world, ticket)

    def follow(uow: UnitOfWork) -> None:
        [approval] = uow.approvals.of_ticket(1)
        assert approval.state is ApprovalState.PENDING
        uow.session.connection().execute(text("UPDATE approvals SET state = 'approved'"))
        event = events.TicketChanged(1)
        world.backstop.bus.dependencies.call(withdrawing.follow_ticket, event, uow=uow)

    world.backstop.writer.run(follow)
    assert audit(world, "approval withdrawn") == []


def test_an_act_that_was_proposed_and_not_put_up_yet_is_dropped(world: World) -> None:
    ticket = world.write_only("joy", REFUND, "Money back")
    carry(world, Lane.DESK, Lane.MODEL)
    remove_only(world, ticket)
    world.settle()
    assert audit(world, "approval requested") == []
    assert len(audit(world, "act dropped")) == 1


def test_words_that_are_told_behind_it_wake_nobody(world: World) -> None:
    """Law: hooks overtake each other, and what was thrown away is answered by nobody."""
    ticket, _ = refund_asked(world)
    there, now = world.desk.tickets[ticket], world.clock.now().timestamp()
    hooks, world.desk.sender.hooks = world.desk.sender.hooks, []
    world.write("joy", HUMAN, ticket=ticket)
    world.desk.sender.hooks = hooks
    said = DeskEvent("comment_added", there, there.requester, now, there.comments[-1])
    body = hook_of(world).body(said)
    world.work_in_desk(ticket, removed="spam")
    assert body is not None
    arrives(world, body)
    with world.looking() as uow:
        assert uow.tickets.get(1).status is TicketStatus.GONE
    assert reasons(world, ticket) == ""


def test_a_ticket_that_is_restored_is_told_about_again(world: World) -> None:
    """Law: what was withdrawn stays so; the customer's next words are looked at as ever."""
    ticket, _ = refund_asked(world)
    world.work_in_desk(ticket, removed="deleted")
    world.clock.advance(minutes=1)
    world.work_in_desk(ticket, removed=False)
    world.later(minutes=2)
    world.write("joy", REFUND, ticket=ticket)
    with world.looking() as uow:
        states = [one.state for one in uow.approvals.of_ticket(1)]
    assert states == [ApprovalState.WITHDRAWN, ApprovalState.PENDING]


def test_a_ticket_that_was_solved_there_takes_along_what_waits(world: World) -> None:
    """Law: whoever closed it knows what was promised on it; nothing is paid behind them."""
    ticket, seen = refund_asked(world)
    world.work_in_desk(ticket, status="solved")
    assert "closed in the help desk" in card(world, LEA, APPROVALS).text
    seen.press("Approve", by=LEA)
    assert world.refunds == []


def test_a_rejection_that_stood_open_while_all_was_erased_is_refused_in_words(world: World) -> None:
    """Law: whatever becomes of an act while its form stands open, its person is told."""
    ticket, seen = refund_asked(world)
    view = seen.press("Reject", by=LEA)["view"]
    world.work_in_desk(ticket, removed="spam")
    with world.looking() as uow:
        customer = uow.tickets.get(1).customer_id
    world.backstop.writer.run(lambda uow: erasure.erase(uow, customer, world.clock.now()))
    answer = fill(world, LEA, view, reason="Not theirs to ask.")
    assert "This is withdrawn: its customer was erased since." in refused(answer)
