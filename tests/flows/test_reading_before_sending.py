"""A reply that reads badly comes back once, with why; nothing that was typed is lost."""

import json

from bot import commands
from bot.bus import Origin
from bot.cards import Form
from bot.people import Account, Standing
from tests.company import ANA, ESCALATIONS, HOME
from tests.flows.scenes import HUMAN, audit, claimed, refund_asked
from tests.flows.screen import card, fill, words_of
from tests.world import World

BLAMING = "You should have read the manual. Sorry for the inconvenience."
KIND = "Hello Joy, please press Print again."


def test_a_finding_is_shown_before_anything_is_sent(world: World) -> None:
    """Law: each finding by its name and with a suggestion; the text stands there as it was."""
    ticket, seen = claimed(world)
    before = world.customer_reads(ticket)
    back = fill(world, ANA, seen.press("Reply to customer")["view"], text=BLAMING)["view"]
    shown = words_of(back)
    assert "Nothing was sent. Please look once more at the words you sent:" in shown
    assert "what you leave is sent as it is the next time" in shown
    assert "(blame)" in shown
    assert "(canned_apology)" in shown
    assert back["submit"]["text"] == "Send anyway"
    assert BLAMING in str(back["blocks"])
    assert world.customer_reads(ticket) == before
    assert audit(world, "reply sent") == []


def test_the_second_time_it_is_sent_as_it_is(world: World) -> None:
    """Law: a person is warned, and decides."""
    ticket, seen = claimed(world)
    back = fill(world, ANA, seen.press("Reply to customer")["view"], text=BLAMING)["view"]
    assert fill(world, ANA, back, text=BLAMING)["ok"]
    assert world.customer_reads(ticket)[-1] == BLAMING
    assert len(audit(world, "reply sent")) == 1


def test_another_finding_is_told_again(world: World) -> None:
    """Law: who has seen one warning has not seen the next."""
    ticket, seen = claimed(world)
    back = fill(world, ANA, seen.press("Reply to customer")["view"], text=BLAMING)["view"]
    worse = f"{KIND} This will never happen again."
    again = fill(world, ANA, back, text=worse)["view"]
    assert "(promised_outcome)" in words_of(again)
    assert fill(world, ANA, again, text=KIND)["ok"]
    assert world.customer_reads(ticket)[-1] == KIND


def test_who_granted_money_back_may_say_so(world: World) -> None:
    """Law: a refund is promised only behind its approval; then nobody is warned."""
    told = f"{KIND} Your refund has been approved."
    _, seen = claimed(world)
    back = fill(world, ANA, seen.press("Reply to customer")["view"], text=told)["view"]
    assert "(promised_outcome)" in words_of(back)
    ticket, asked = refund_asked(world)
    asked.press("Approve")
    world.write("joy", HUMAN, ticket=ticket)
    card(world, ANA, ESCALATIONS).press("Claim")
    view = card(world, ANA, ESCALATIONS).press("Reply to customer")["view"]
    assert fill(world, ANA, view, text=told)["ok"]
    assert world.customer_reads(ticket)[-1] == told


def test_a_good_reply_is_sent_at_once(world: World) -> None:
    ticket, seen = claimed(world)
    view = seen.press("Reply to customer")["view"]
    assert view["submit"]["text"] == "Send to customer"
    assert fill(world, ANA, view, text=KIND)["ok"]
    assert world.customer_reads(ticket)[-1] == KIND


def test_a_repeated_submission_is_warned_again_and_sends_nothing(world: World) -> None:
    """Law: what is said twice is answered twice with the form and the words in it; none of it
    counts as the second look."""
    ticket, seen = claimed(world)
    before = world.customer_reads(ticket)
    args = json.loads(seen.press("Reply to customer")["view"]["private_metadata"])
    account = Account("slack", ANA, HOME, Standing.MEMBER)
    command = commands.SendReply(account, args["escalation"], args["customer"], BLAMING)
    for _ in range(2):
        back = world.backstop.bus.handle(command, Origin("slack", "form:V1:hash"))
        assert isinstance(back, Form)
        assert BLAMING in str(back.blocks)
    assert world.customer_reads(ticket) == before


def test_a_customer_who_is_upset_is_answered_with_more_than_a_procedure(world: World) -> None:
    world.write("joy", "I am furious, this is a nightmare and I want a person.", "Rota")
    card(world, ANA, ESCALATIONS).press("Claim")
    view = card(world, ANA, ESCALATIONS).press("Reply to customer")["view"]
    back = fill(world, ANA, view, text="Press Print.")["view"]
    assert "(no_acknowledgement)" in words_of(back)
