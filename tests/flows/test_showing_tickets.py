"""A ticket's conversation, shown to whoever asks for it and may read it."""

from bot import commands
from bot.ports import DeskCustomer, DeskMessage, DeskTicket
from tests.company import ANA, BEN, ESCALATIONS, GUS, LEA
from tests.flows.scenes import HUMAN, escalated, refund_asked
from tests.flows.screen import card, told
from tests.world import World


def told_by_a_shop(world: World, number: str) -> None:
    """Another source, whose numbers are its own affair."""
    now = world.clock.now()
    message = DeskMessage(f"m-{number}", "customer", "My parcel is wet.", True, now)
    customer = DeskCustomer("shopper-1", "Uma Roth", "uma@shop.example")
    ticket = DeskTicket(number, "Parcel", "open", now, customer, (message,))
    world.backstop.bus.handle(commands.ReceiveTicket("shop", ticket))
    world.settle()


def ask(world: World, typed: str, who: str = ANA) -> str:
    world.do(who, "command", channel=ESCALATIONS, command="/ticket", text=typed)
    return told(world, who, ESCALATIONS)


def test_what_was_paid_on_it_is_told_with_who_said_yes(world: World) -> None:
    """
    Whoever speaks with the customer next knows what was asked for and what became of it.
    """
    _, seen = refund_asked(world)
    assert "Refund 49.00 USD:\n \nwaits for a decision" in ask(world, "#1")
    seen.press("Approve", by=LEA)
    words = ask(world, "#1")
    assert "approved by Lea Sand; done, receipt re_" in words


def test_a_number_with_its_sign_is_ours(world: World) -> None:
    """
    Whatever other sources call by the same number.
    """
    escalated(world)
    told_by_a_shop(world, "1")

    assert "The rota prints blank" in ask(world, "#1")
    assert "There is no such ticket here." in ask(world, "#1001")


def test_a_ticket_is_shown_with_what_one_asks_first_and_whole(world: World) -> None:
    """
    Who, how it stands, who has it, where to open it, and all that was said, uncut.
    """
    long = " ".join(f"Line {n} of the rota prints blank." for n in range(40))
    number = world.write("joy", f"{HUMAN} {long}", "The rota prints blank")
    card(world, ANA, ESCALATIONS).press("Claim")
    world.do(BEN, "command", channel=ESCALATIONS, command="/ticket", text="#1")
    [shown] = [one for one in world.see(BEN, ESCALATIONS) if one["ephemeral"]]
    words = " ".join(told(world, BEN, ESCALATIONS).split())

    assert "From: Joy Abara · Oak Bakery" in words
    assert "In the help desk: open" in words and "Held by: Ana Ruiz" in words
    assert "Line 39 of the rota prints blank." in words
    assert f"/zendesk/agent/tickets/{number}" in str(shown["blocks"])


def test_a_card_leads_to_the_ticket_in_the_help_desk(world: World) -> None:
    """Law: whoever decides about money is one tap away from what was said."""
    number, seen = refund_asked(world)
    assert f"/zendesk/agent/tickets/{number}" in str(seen.message["blocks"])


def test_a_bare_number_of_two_tickets_shows_neither(world: World) -> None:
    """
    Another customer's words are not shown by mistake; both tickets are named.
    """
    number, _ = escalated(world)
    told_by_a_shop(world, "1")

    answer = ask(world, "1")

    assert f"#1 (zendesk {number}) and #2 (shop 1)" in answer
    assert "rota" not in answer and "parcel" not in answer


def test_a_bare_number_of_one_ticket_shows_it(world: World) -> None:
    """
    Ours or the help desk's, also with the help desk's name.
    """
    number, _ = escalated(world)
    told_by_a_shop(world, "77")

    assert "The rota prints blank" in ask(world, str(number))
    assert "The rota prints blank" in ask(world, f"Zendesk {number}")
    assert "My parcel is wet." in ask(world, "shop:77")
    assert "There is no such ticket here." in ask(world, "zendesk 77")


def test_what_the_asker_may_not_read_does_not_count(world: World) -> None:
    """
    A partner hears of its own customers' tickets alone.
    """
    told_by_a_shop(world, "2")
    escalated(world, "nox")

    assert "The rota prints blank" in ask(world, "2", who=GUS)
    assert "does not look after this customer" in ask(world, "#1", who=GUS)


def test_a_partner_reads_of_a_ticket_what_was_said_with_their_customer(world: World) -> None:
    """Law: what another customer wrote before the ticket was theirs is not for their partner."""
    ticket = world.write("joy", f"{HUMAN} My card ends in 4242.", "The rota of Oak prints blank")
    world.clock.advance(minutes=1)
    world.work_in_desk(ticket, requester="nox@night.example")
    world.write("nox", "Ours prints blank too.", ticket=ticket)
    theirs, ours = ask(world, "#1", who=GUS), ask(world, "#1", who=ANA)
    assert "Ours prints blank too." in theirs and "Ours prints blank too." in ours
    assert "4242" in ours and "4242" not in theirs
    assert "Oak prints" in ours and "Oak prints" not in theirs
