"""What does not arrive at the help desk is told to whoever wanted it, and never overtakes."""

from storage.models import EffectState, TicketStatus
from tests.company import ANA, ESCALATIONS, LEA, MAX
from tests.flows.scenes import audit, claimed, effects, reply
from tests.flows.screen import card, direct, fill, thread, whispers
from tests.flows.test_stopping import say
from tests.world import World


def told_alone(world: World, who: str) -> str:
    """Every private word in this person's messages with the bot."""
    channel = f"D{who[1:]}"
    said = [one.text for one in direct(world, who)]
    return "\n".join([*said, *whispers(world, who, channel)] if said else said)


def close(world: World, ticket: int) -> None:
    """The help desk takes no more changes of this ticket."""
    world.desk.tickets[ticket].status = "closed"


def test_a_reply_that_the_desk_refuses_is_told_to_its_writer_and_shown_in_the_thread(
    world: World,
) -> None:
    """Law: nobody believes that a customer was answered who was not."""
    ticket, seen = claimed(world)
    before = world.customer_reads(ticket)
    close(world, ticket)
    reply(world, seen, "We have mended it.")
    assert world.customer_reads(ticket) == before
    assert [one.trouble for one in effects(world, "reply")][-1] == "RecordInvalid"
    words = told_alone(world, ANA)
    assert "The reply to the customer on ticket #1 did not reach the help desk" in words
    assert "RecordInvalid" in words
    [shown] = thread(world, ANA, seen)
    assert "We have mended it." in shown.text
    assert "Not sent:" in shown.text
    assert shown.fallback.endswith("; not sent")


def test_a_status_that_the_desk_refuses_promises_nobody_anything(world: World) -> None:
    """Law: what stays inside is no reason to write to a customer, nor for another escalation."""
    ticket, seen = claimed(world)
    promised = world.customer_reads(ticket)
    close(world, ticket)
    view = seen.press("Resolve")["view"]
    assert fill(world, ANA, view, verdict="rightly")["ok"]
    world.desk.tickets[ticket].status = "open"
    world.later(minutes=5)
    assert [one.state for one in effects(world, "status")] == [EffectState.REFUSED]
    assert len(audit(world, "escalated")) == 1
    assert world.customer_reads(ticket) == promised
    assert "The new status on ticket #1 did not reach the help desk" in told_alone(world, ANA)


def test_a_status_that_was_held_up_does_not_overwrite_a_newer_one(world: World) -> None:
    """Law: a ticket has one status; of those that wait only the newest is set."""
    ticket, seen = claimed(world)
    world.desk.faults.rate_limit = 1.0
    seen.press("Wait for customer")
    world.clock.advance(seconds=1)
    view = card(world, ANA, ESCALATIONS).press("Resolve")["view"]
    assert fill(world, ANA, view, verdict="rightly")["ok"]
    world.desk.faults.rate_limit = 0.0
    world.later(minutes=5)
    assert world.desk.tickets[ticket].status == "solved"
    [waiting, resolved] = effects(world, "status")
    assert (waiting.state, waiting.trouble) == (EffectState.REFUSED, "overtaken")
    assert resolved.state is EffectState.DONE
    assert len(audit(world, "escalated")) == 1


def test_a_status_that_was_held_up_does_not_hide_what_the_customer_wrote_since(
    world: World,
) -> None:
    """Law: a ticket whose customer has written is not set to waiting for them."""
    ticket, seen = claimed(world)
    world.desk.faults.rate_limit = 1.0
    seen.press("Wait for customer")
    world.clock.advance(seconds=1)
    world.write("joy", "It happened again.", ticket=ticket)
    world.desk.faults.rate_limit = 0.0
    world.later(minutes=5)
    assert world.desk.tickets[ticket].status != "pending"
    assert [one.trouble for one in effects(world, "status")] == ["overtaken"]


def test_a_status_waits_for_the_reply_before_it_and_falls_with_it(world: World) -> None:
    """Law: the desk does not call a ticket solved whose reply was never read; it is open again."""
    ticket, seen = claimed(world)
    before = world.desk.tickets[ticket].status
    world.desk.faults.rate_limit = 1.0
    reply(world, seen, "We have mended it.")
    view = card(world, ANA, ESCALATIONS).press("Resolve")["view"]
    assert fill(world, ANA, view, verdict="rightly")["ok"]
    world.later(minutes=1)
    close(world, ticket)
    world.desk.faults.rate_limit = 0.0
    world.later(minutes=2)
    world.desk.tickets[ticket].status = before
    world.later(minutes=2)
    assert [one.trouble for one in effects(world, "status")] == ["words_not_sent"]
    assert world.desk.tickets[ticket].status == before
    assert "the reply before it was not sent" in told_alone(world, ANA)
    with world.looking() as uow:
        assert uow.tickets.get(1).status is TicketStatus.OPEN
        assert uow.escalations.open_of(1) is not None


def test_a_status_does_not_overtake_a_reply_that_is_held_up(world: World) -> None:
    """Law: each time it is the status's turn the words before it have left, or it waits."""
    ticket, seen = claimed(world)
    before = world.desk.tickets[ticket].status
    world.desk.faults.rate_limit = 1.0
    reply(world, seen, "We have mended it.")
    view = card(world, ANA, ESCALATIONS).press("Resolve")["view"]
    assert fill(world, ANA, view, verdict="rightly")["ok"]
    world.desk.faults.rate_limit, world.desk.faults.rate_limit_next = 0.0, 1
    world.later(seconds=30)
    assert "We have mended it." not in world.customer_reads(ticket)
    assert world.desk.tickets[ticket].status == before
    world.later(seconds=30)
    assert world.customer_reads(ticket)[-1] == "We have mended it."
    assert world.desk.tickets[ticket].status == "solved"


def test_while_effects_are_stopped_no_status_overtakes_what_is_to_be_said(world: World) -> None:
    """Law: a stop holds the words and the status; its lifting lets them go in that order."""
    ticket, seen = claimed(world)
    before = world.desk.tickets[ticket].status
    say(world, LEA, "stop effects")
    reply(world, seen, "After the pause.")
    assert "has not left yet: effects are stopped" in told_alone(world, ANA)
    view = card(world, ANA, ESCALATIONS).press("Resolve")["view"]
    assert fill(world, ANA, view, verdict="rightly")["ok"]
    world.later(minutes=5)
    assert world.desk.tickets[ticket].status == before
    say(world, LEA, "start effects")
    say(world, MAX, "start effects")
    world.later(seconds=5)
    assert "After the pause." in world.customer_reads(ticket)
    assert world.desk.tickets[ticket].status == "solved"
