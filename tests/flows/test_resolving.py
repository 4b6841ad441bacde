"""A ticket is resolved over words that its owner could read, and over no others."""

from tests.company import ANA, ESCALATIONS
from tests.flows.scenes import audit, claimed
from tests.flows.screen import card, fill, refused, told
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
    assert "The customer has written since you opened this form" in refused(answer)
    assert audit(world, "escalation resolved") == []
    assert "Claimed by Ana Ruiz" in card(world, ANA, ESCALATIONS).text
    assert world.desk.tickets[ticket].status == "open"

    again = card(world, ANA, ESCALATIONS).press("Resolve")["view"]
    assert fill(world, ANA, again, verdict="rightly")["ok"]
    assert "Resolved by Ana Ruiz" in card(world, ANA, ESCALATIONS).text
    assert world.desk.tickets[ticket].status == "solved"


def test_who_sets_a_ticket_to_waiting_has_seen_the_customers_last_words(world: World) -> None:
    """Law: a press over newer words silences no reminder."""
    ticket, seen = claimed(world)
    world.write("joy", "It has begun to smoke.", ticket=ticket)
    shown = seen.click("Wait for customer")["selected_option"]
    late = card(world, ANA, ESCALATIONS)
    late.press("Wait for customer", raw_overrides={"actions": [{"selected_option": shown}]})
    assert "The customer has written since" in told(world, ANA, ESCALATIONS)
    assert world.desk.tickets[ticket].status == "open"

    card(world, ANA, ESCALATIONS).press("Wait for customer")
    assert world.desk.tickets[ticket].status == "pending"


def test_a_colleagues_note_keeps_nobody_from_resolving(world: World) -> None:
    """Law: only the customer's words ask to be read first."""
    ticket, seen = claimed(world)
    view = seen.press("Resolve")["view"]
    world.work_in_desk(ticket, comment="Their printer is an old one.", public=False)
    assert fill(world, ANA, view, verdict="rightly")["ok"]
    assert "Resolved by Ana Ruiz" in card(world, ANA, ESCALATIONS).text
