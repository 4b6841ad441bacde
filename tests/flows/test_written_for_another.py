"""Words that were written for one customer do not leave to the next."""

import pytest

from storage.models import EffectState
from tests.company import ANA, ESCALATIONS, LEA, MAX
from tests.flows.scenes import audit, claimed, effects, escalated, refund_asked, reply
from tests.flows.screen import card, fill, refused, thread, words_of
from tests.flows.test_every_word import EXPORT
from tests.flows.test_modes import DRAFT
from tests.flows.test_stopping import say
from tests.flows.test_unsent import told_alone
from tests.world import World

SOL = "sol@small.example"
WORDS = "Dear Joy, your card ends in 4242."
GIVEN = "the ticket was given to another customer there, and these words were for the one before"


def lift(world: World) -> None:
    say(world, LEA, "start effects")
    say(world, MAX, "start effects")
    world.later(minutes=1)


def test_a_reply_that_was_held_does_not_leave_to_another_customer(world: World) -> None:
    """Law: what Joy was to read is not read by Sol; whoever wrote it hears that, and why."""
    ticket, seen = claimed(world)
    say(world, LEA, "stop effects")
    reply(world, seen, WORDS)
    world.work_in_desk(ticket, requester=SOL)
    lift(world)
    assert WORDS not in world.customer_reads(ticket)
    sent = effects(world, "reply")[-1]
    assert (sent.state, sent.trouble) == (EffectState.REFUSED, "requester_changed")
    assert GIVEN in told_alone(world, ANA)
    [shown] = [one.text for one in thread(world, ANA, seen) if WORDS in one.text]
    assert "Not sent: " in shown and GIVEN in shown


def test_a_reply_on_a_ticket_that_was_thrown_away_is_not_sent(world: World) -> None:
    ticket, seen = claimed(world)
    say(world, LEA, "stop effects")
    reply(world, seen, WORDS)
    world.work_in_desk(ticket, removed="spam")
    lift(world)
    assert effects(world, "reply")[-1].trouble == "ticket_gone"
    assert "the ticket was marked as spam or deleted there" in told_alone(world, ANA)


@pytest.mark.parametrize("made", [True, False], ids=["made", "not made"])
def test_a_reply_that_may_have_left_is_looked_for_and_not_sent_again(
    world: World, made: bool
) -> None:
    """Law: what Joy has read counts as said; what she has not is read by nobody."""
    ticket, seen = claimed(world)
    lost = "drop_after_commit_next" if made else "error_500_next"
    setattr(world.desk.faults, lost, 1)
    reply(world, seen, WORDS)
    world.work_in_desk(ticket, requester=SOL)
    for _ in range(10):
        world.later(minutes=1)
    assert world.customer_reads(ticket).count(WORDS) == made
    sent = effects(world, "reply")[-1]
    assert sent.state is (EffectState.DONE if made else EffectState.STUCK)
    assert ("nobody can tell whether it arrived" in told_alone(world, ANA)) is not made


def test_what_tells_of_a_refund_is_read_by_nobody_else(world: World) -> None:
    """Law: nor is whoever has the ticket now told that a person answers what they never asked."""
    ticket, seen = refund_asked(world)
    world.desk.faults.rate_limit = 1.0
    seen.press("Approve", by=LEA)
    assert len(world.refunds) == 1
    world.desk.faults.rate_limit = 0.0
    world.work_in_desk(ticket, requester=SOL)
    world.later(minutes=5)
    assert world.customer_reads(ticket) == []
    assert [one.data["rule"] for one in audit(world, "escalated")] == ["requester_changed"]


def test_an_open_form_sends_nothing_to_another_customer(world: World) -> None:
    """Law: a form says whom it writes to, and writes to nobody else; what was typed stays in it."""
    ticket, seen = claimed(world)
    view = seen.press("Reply to customer")["view"]
    world.work_in_desk(ticket, requester=SOL)
    answer = fill(world, ANA, view, text=WORDS)
    assert "has given this ticket to another customer since you opened this form" in refused(answer)
    assert WORDS not in world.customer_reads(ticket)
    reply(world, card(world, ANA, ESCALATIONS), "Dear Sol, which rota is it?")
    assert world.customer_reads(ticket)[-1] == "Dear Sol, which rota is it?"


def test_whoever_holds_the_ticket_is_told_in_its_thread(world: World) -> None:
    """Law: nobody answers the one before because they did not look at the card again."""
    ticket, seen = claimed(world)
    world.work_in_desk(ticket, requester=SOL)
    [note] = thread(world, ANA, seen)
    assert f"'user_id': '{ANA}'" in str(note.message["blocks"])
    assert "In the help desk this ticket was given to another customer." in note.text
    assert note.fallback == "Ticket #1: An automatic note"
    assert "Sol Diaz" in card(world, ANA, ESCALATIONS).text


def test_a_ticket_that_nobody_holds_mentions_nobody(world: World) -> None:
    ticket, seen = escalated(world)
    world.work_in_desk(ticket, requester=SOL)
    assert thread(world, ANA, seen) == []


@pytest.mark.app_yaml(DRAFT)
def test_what_the_agent_drafted_for_another_is_not_offered(world: World) -> None:
    """Law: neither the draft nor the words it answers stand in a form to somebody else."""
    ticket = world.write("joy", EXPORT, "Export")
    card(world, ANA, ESCALATIONS).press("Claim")
    assert "which stands in the reply form" in card(world, ANA, ESCALATIONS).text
    world.work_in_desk(ticket, requester=SOL)
    seen = card(world, ANA, ESCALATIONS)
    assert "which stands in the reply form" not in seen.text
    view = seen.press("Reply to customer")["view"]
    assert "Sol Diaz" in words_of(view) and EXPORT not in words_of(view)
    [empty] = [one["element"] for one in view["blocks"] if one.get("block_id") == "text"]
    assert "initial_value" not in empty
