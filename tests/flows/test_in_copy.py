"""Whoever is in copy writes along, and is not the customer whose money and account it is about."""

from sandbox.helpdesk import Change
from storage.models import Author
from tests.company import APPROVALS, BILLING, ESCALATIONS, LEA
from tests.flows.scenes import REFUND, audit, escalated, refund_asked
from tests.flows.screen import card, messages, thread
from tests.flows.test_every_word import EXPORT, decisions, escalations
from tests.world import World

OTHER = "Somebody else wrote, who is not the ticket’s customer"


def newest(world: World, who: str = LEA) -> str:
    """The words of the one escalation card there is."""
    [seen] = [one for place in (ESCALATIONS, BILLING) for one in messages(world, who, place)]
    return seen.text


def test_a_wish_of_somebody_in_copy_goes_to_a_person(world: World) -> None:
    """Law: before any rule or act; whose words they are stands on the card."""
    ticket = world.write("joy", EXPORT, "Export")
    world.later(minutes=1)
    world.write("sol", REFUND, ticket=ticket)
    assert decisions(world) == ["answer"]
    assert audit(world, "approval requested") == []
    assert escalations(world) == ["outsider"]
    text = newest(world)
    assert OTHER in text and REFUND in text
    assert "Somebody wrote who is not the ticket's customer." in text


def test_the_agent_is_not_shown_what_somebody_in_copy_wrote_beside_the_customer(
    world: World,
) -> None:
    """Law: words of both, told at once, are a person's to tell apart."""
    ticket = world.write_only("joy", EXPORT, "Export")
    world.write_only("sol", REFUND, ticket=ticket)
    world.settle()
    assert (decisions(world), escalations(world)) == ([], ["outsider"])


def test_words_that_the_help_desk_keeps_from_the_conversation_go_to_a_person(
    world: World,
) -> None:
    """Law: whoever it does not let join only seems to be the customer."""
    ticket = world.write("joy", EXPORT, "Export")
    world.later(minutes=1)
    there = world.desk.tickets[ticket]
    world.desk.change(there, there.requester, Change(text=REFUND, public=False))
    world.settle()
    assert (decisions(world), escalations(world)) == (["answer"], ["outsider"])
    assert audit(world, "approval requested") == []
    assert "whom the help desk does not let join the conversation" in newest(world)


def test_the_customers_own_next_words_are_the_agents_again(world: World) -> None:
    ticket = world.write("joy", EXPORT, "Export")
    world.later(minutes=1)
    world.write("joy", REFUND, ticket=ticket)
    assert decisions(world) == ["answer", "act"]
    assert escalations(world) == []


def test_what_somebody_in_copy_adds_is_not_read_as_the_customers(world: World) -> None:
    """Law: in threads and on cards, for whoever decides or has the ticket."""
    ticket, seen = refund_asked(world)
    world.write("sol", "Please pay it to me instead.", ticket=ticket)
    assert OTHER in thread(world, LEA, seen)[-1].text
    text = card(world, LEA, APPROVALS).text
    assert OTHER in text and "The customer’s last words" not in text

    ticket, seen = escalated(world, "sol")
    world.write("joy", "Me too.", ticket=ticket)
    assert OTHER in thread(world, LEA, seen)[-1].text
    with world.looking() as uow:
        last = uow.tickets.last_words(2)
    assert last is not None and last.author is Author.OTHER
