"""What the customer reads, and what they never read."""

import pytest

from tests.company import ANA, BEN, ESCALATIONS
from tests.flows.scenes import HUMAN, audit, claimed, effects, refund_asked, reply
from tests.flows.screen import card, fill, refused, thread, typed, words_of
from tests.world import World

LETTER = "Hello Joy,\n\nit *works* <now> & then: see https://help.example/a_b.\n\n– Ana"


def test_a_reply_reaches_the_customer_byte_for_byte(world: World) -> None:
    """Law: the customer reads exactly what was typed."""
    ticket, seen = claimed(world)
    reply(world, seen, LETTER)
    assert world.customer_reads(ticket)[-1] == LETTER


def test_the_form_shows_to_whom_and_what_before_anything_is_sent(world: World) -> None:
    """Law: sending to the customer is an explicit act with its reader in sight."""
    ticket, seen = claimed(world)
    view = seen.press("Reply to customer")["view"]
    words = words_of(view)
    assert "Joy Abara" in words
    assert HUMAN in words
    assert "The customer reads exactly this" in words
    assert "from Backstop's account there: sign it with your name" in words
    assert view["submit"]["text"] == "Send to customer"
    assert len(world.customer_reads(ticket)) == 1


def test_a_ticket_whose_customer_was_answered_is_not_new_in_the_help_desk(world: World) -> None:
    """Law: views and triggers there rest on the status; where nothing was said it stays."""
    waiting, _ = refund_asked(world)
    answered, _ = claimed(world)
    assert world.desk.tickets[waiting].status == "new"
    assert world.desk.tickets[answered].status == "open"


def test_a_sent_reply_stands_in_the_thread(world: World) -> None:
    _, seen = claimed(world)
    assert "Promised to the customer" in seen.text
    reply(world, seen, LETTER)
    assert "Promised to the customer" not in card(world, ANA, ESCALATIONS).text
    [said] = thread(world, BEN, seen)
    assert "Ana Ruiz wrote" in said.text
    assert LETTER.strip() in said.text
    assert said.fallback == "Ticket #1: A colleague wrote to the customer"


def test_thread_chatter_never_reaches_the_customer(world: World) -> None:
    """Law: what is written in a thread stays internal, whoever writes it."""
    ticket, seen = claimed(world)
    before = world.customer_reads(ticket)
    for who in (ANA, BEN):
        world.do(who, "post", channel=ESCALATIONS, thread=seen.ts, text="What a strange customer")
    assert world.customer_reads(ticket) == before
    assert len(world.desk.tickets[ticket].comments) == 1 + len(before)


def test_a_blank_reply_is_refused_in_the_form(world: World) -> None:
    """Law: a mistake is told under its input, and the form stays open."""
    ticket, seen = claimed(world)
    view = seen.press("Reply to customer")["view"]
    answer = fill(world, ANA, view, text="   ")
    assert answer["errors"] == {"text": "Write what the customer should read."}
    assert len(world.customer_reads(ticket)) == 1
    assert fill(world, ANA, view, text="Now with words.")["ok"]
    assert world.customer_reads(ticket)[-1] == "Now with words."


def test_a_form_sent_twice_replies_once(world: World) -> None:
    """Law: a repeated submission is answered as before and does nothing."""
    ticket, seen = claimed(world)
    view = seen.press("Reply to customer")["view"]
    values = {"text": {"text": {"value": "Once."}}}
    world.do(ANA, "submit", view_id=view["id"], values=values, repeat=3)
    assert world.customer_reads(ticket).count("Once.") == 1


def test_the_reply_is_the_owners_even_when_the_form_was_opened_before(world: World) -> None:
    """Law: rights are asked when the form is sent, not only when it was opened."""
    ticket, seen = claimed(world)
    view = seen.press("Reply to customer")["view"]
    seen.press("Release")
    card(world, BEN, ESCALATIONS).press("Claim")
    answer = fill(world, ANA, view, text="Too late.")
    assert "Ben Okoro holds this one" in refused(answer)
    assert "Too late." not in world.customer_reads(ticket)


def test_a_refused_form_keeps_what_was_typed_and_may_be_sent_again(world: World) -> None:
    """Law: nobody types a reply twice; once it was taken, the same form sends nothing more."""
    ticket, seen = claimed(world)
    view = seen.press("Reply to customer")["view"]
    seen.press("Release")
    for _ in range(2):
        assert "Claim it first" in refused(fill(world, ANA, view, text="Page two is back."))
    assert len(audit(world, "refused")) == 2
    card(world, ANA, ESCALATIONS).press("Claim")
    repeated = {"view_id": view["id"], "values": typed(view, {"text": "Page two is back."})}
    assert world.do(ANA, "submit", repeat=3, **repeated)["ok"]
    assert world.customer_reads(ticket).count("Page two is back.") == 1
    assert len(audit(world, "reply sent")) == 1


@pytest.mark.parametrize("fault", ["drop_after_commit_next", "error_500_after_commit_next"])
def test_a_reply_whose_answer_was_lost_is_found_and_not_sent_again(
    world: World, fault: str
) -> None:
    """Law: after an unknown outcome the help desk is looked at before anything is tried."""
    ticket, seen = claimed(world)
    setattr(world.desk.faults, fault, 1)
    reply(world, seen, "Only once, please.")
    assert world.customer_reads(ticket).count("Only once, please.") == 1
    world.later(minutes=5)
    assert world.customer_reads(ticket).count("Only once, please.") == 1
    [_, sent] = effects(world, "reply")
    assert sent.state.value == "done"
    assert len(thread(world, ANA, seen)) == 1


def test_a_reply_that_the_desk_did_not_take_is_sent_later(world: World) -> None:
    ticket, seen = claimed(world)
    world.desk.faults.rate_limit_next = 1
    reply(world, seen, "As soon as you let me.")
    assert len(world.customer_reads(ticket)) == 1
    world.later(minutes=5)
    assert world.customer_reads(ticket).count("As soon as you let me.") == 1
