"""A ticket is resolved over words that its owner could read, and over no others."""

from tests.company import ANA, ESCALATIONS
from tests.flows.scenes import audit, claimed
from tests.flows.screen import card, fill, words_of
from tests.world import World


def test_words_that_come_while_the_form_stands_open_are_read_before_it_resolves(
    world: World,
) -> None:
    """Law: a form resolves over the words that were there when it was opened; over newer ones it
    says that there are some, and resolves nothing here or there."""
    ticket, seen = claimed(world)
    view = seen.press("Resolve")["view"]
    world.write("joy", "It has begun to smoke.", ticket=ticket)
    answer = fill(world, ANA, view, verdict="rightly")
    assert "The customer has written since you opened this form" in words_of(answer["view"])
    assert audit(world, "escalation resolved") == []
    assert "Claimed by Ana Ruiz" in card(world, ANA, ESCALATIONS).text
    assert world.desk.tickets[ticket].status == "open"

    again = card(world, ANA, ESCALATIONS).press("Resolve")["view"]
    assert fill(world, ANA, again, verdict="rightly")["ok"]
    assert "Resolved by Ana Ruiz" in card(world, ANA, ESCALATIONS).text
    assert world.desk.tickets[ticket].status == "solved"


def test_a_colleagues_note_keeps_nobody_from_resolving(world: World) -> None:
    """Law: only the customer's words ask to be read first."""
    ticket, seen = claimed(world)
    view = seen.press("Resolve")["view"]
    world.work_in_desk(ticket, comment="Their printer is an old one.", public=False)
    assert fill(world, ANA, view, verdict="rightly")["ok"]
    assert "Resolved by Ana Ruiz" in card(world, ANA, ESCALATIONS).text
