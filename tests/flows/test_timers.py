"""What happens when nobody does anything."""

from tests.company import ANA, BEN, ESCALATIONS, LEA, MAX
from tests.flows.scenes import audit, claimed, escalated, reply
from tests.flows.screen import card, direct, messages
from tests.world import World


def test_an_idle_owner_is_reminded_in_private_and_then_loses_the_claim(world: World) -> None:
    """Law: a claim nobody acts on is reminded of at 30 minutes and released at 2 hours."""
    claimed(world)
    world.later(minutes=29)
    assert direct(world, ANA) == []
    world.later(minutes=1)
    [reminder] = direct(world, ANA)
    assert "its customer waits" in reminder.text
    world.later(minutes=89)
    assert "Claimed by Ana Ruiz" in card(world, BEN, ESCALATIONS).text
    world.later(minutes=1)
    seen = card(world, BEN, ESCALATIONS)
    assert "Nobody has it yet" in seen.text
    assert seen.labels[0] == "Claim"
    assert len(messages(world, ANA, ESCALATIONS)) == 1
    assert len(direct(world, ANA)) == 1


def test_waiting_for_the_customer_silences_reminders(world: World) -> None:
    """Law: whoever waits for the customer is not idle."""
    ticket, seen = claimed(world)
    seen.press("Wait for customer")
    assert world.desk.tickets[ticket].status == "pending"
    for _ in range(8):
        world.later(minutes=30)
    assert direct(world, ANA) == []
    assert "waiting for the customer" in card(world, BEN, ESCALATIONS).text


def test_the_customers_answer_ends_the_waiting(world: World) -> None:
    ticket, seen = claimed(world)
    seen.press("Wait for customer")
    world.later(minutes=60)
    world.write("joy", "Here is the screenshot.", ticket=ticket)
    assert "waiting for the customer" not in card(world, BEN, ESCALATIONS).text
    world.later(minutes=30)
    assert len(direct(world, ANA)) == 1


def test_an_act_starts_the_time_anew(world: World) -> None:
    _, seen = claimed(world)
    world.later(minutes=29)
    reply(world, seen, "I am on it.")
    world.later(minutes=29)
    assert direct(world, ANA) == []


def test_an_old_timer_says_nothing_about_a_newer_claim(world: World) -> None:
    """Law: a timer is about one claim; released and claimed again, the old one is void."""
    _, seen = claimed(world)
    world.later(minutes=20)
    seen.press("Release")
    card(world, ANA, ESCALATIONS).press("Claim")
    world.later(minutes=15)
    assert direct(world, ANA) == []
    world.later(minutes=15)
    assert len(direct(world, ANA)) == 1


def test_an_unclaimed_card_climbs_to_the_next_level(world: World) -> None:
    """Law: after 15 minutes the leads hear of it, an hour later the administrators."""
    escalated(world)
    world.later(minutes=15)
    assert "Nobody has claimed escalation #1" in direct(world, LEA)[-1].text
    assert direct(world, BEN) == []
    assert "unclaimed, level 2" in card(world, ANA, ESCALATIONS).text
    before = len(direct(world, MAX))
    world.later(minutes=60)
    assert len(direct(world, MAX)) == before + 1
    assert "unclaimed, level 3" in card(world, ANA, ESCALATIONS).text
    assert len(messages(world, ANA, ESCALATIONS)) == 1


def test_a_claimed_card_does_not_climb(world: World) -> None:
    claimed(world)
    world.later(minutes=16)
    assert direct(world, LEA) == []
    assert audit(world, "refused") == []
