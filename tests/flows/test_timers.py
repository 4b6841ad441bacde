"""What happens when nobody does anything."""

import pytest

from tests.company import ANA, BEN, ESCALATIONS, KIM, LEA, MAX
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


def test_after_a_long_wait_the_owner_has_the_whole_time_again(world: World) -> None:
    """Law: waiting is not held against the owner; time counts from the customer's new words."""
    ticket, seen = claimed(world)
    seen.press("Wait for customer")
    world.later(hours=72)
    world.write("joy", "Here is the screenshot.", ticket=ticket)
    world.later(minutes=29)
    assert direct(world, ANA) == []
    world.later(minutes=31)
    assert len(direct(world, ANA)) == 1
    world.later(minutes=89)
    assert "Claimed by Ana Ruiz" in card(world, BEN, ESCALATIONS).text
    world.later(minutes=31)
    assert "Nobody has it yet" in card(world, BEN, ESCALATIONS).text


def test_whose_words_are_answered_nobody_is_reminded_of(world: World) -> None:
    """Law: no reminder and no release while the last words are ours; the next ones end that."""
    ticket, seen = claimed(world)
    reply(world, seen, "It is mended. Does it print now?")
    for _ in range(8):
        world.later(minutes=30)
    assert direct(world, ANA) == []
    assert "Claimed by Ana Ruiz" in card(world, BEN, ESCALATIONS).text
    world.write("joy", "No.", ticket=ticket)
    world.later(minutes=29)
    assert direct(world, ANA) == []
    world.later(minutes=31)
    assert len(direct(world, ANA)) == 1


def test_an_answer_in_the_help_desk_counts_as_one(world: World) -> None:
    ticket, _ = claimed(world)
    world.work_in_desk(ticket, comment="I have answered by mail.", public=True)
    world.later(hours=3)
    assert direct(world, ANA) == []
    assert "Claimed by Ana Ruiz" in card(world, BEN, ESCALATIONS).text


def test_an_impatient_customer_puts_no_reminder_off(world: World) -> None:
    """Law: time counts from the first words the owner let pass, not from the last."""
    ticket, seen = claimed(world)
    reply(world, seen, "I am looking.")
    for _ in range(3):
        world.later(minutes=15)
        world.write("joy", "Hello?", ticket=ticket)
    assert len(direct(world, ANA)) == 1


def test_what_follows_a_reminder_is_reminded_of_before_it_is_released(world: World) -> None:
    """Law: no claim ends without a reminder since the owner's last act."""
    ticket, seen = claimed(world)
    world.later(minutes=30)
    reply(world, seen, "Sorry, here I am.")
    world.write("joy", "At last. It still fails.", ticket=ticket)
    world.later(minutes=90)
    assert "Claimed by Ana Ruiz" in card(world, BEN, ESCALATIONS).text
    assert len(direct(world, ANA)) == 2
    world.later(minutes=90)
    assert "Nobody has it yet" in card(world, BEN, ESCALATIONS).text


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
    assert "Nobody has claimed ticket #1" in direct(world, LEA)[-1].text
    assert direct(world, BEN) == []
    assert "unclaimed, level 2" in card(world, ANA, ESCALATIONS).text
    before = len(direct(world, MAX))
    world.later(minutes=60)
    assert len(direct(world, MAX)) == before + 1
    assert "unclaimed, level 3" in card(world, ANA, ESCALATIONS).text
    assert len(messages(world, ANA, ESCALATIONS)) == 1


@pytest.mark.app_yaml({"{after: 15m, roles: [lead]}": "{after: 15m, roles: [lead, approver]}"})
def test_a_climb_calls_a_partner_for_its_own_accounts_alone(world: World) -> None:
    """Law: what a ticket of somebody else's account is about, a partner does not even hear."""
    escalated(world)
    world.later(minutes=15)
    assert "Nobody has claimed ticket #1" in direct(world, LEA)[-1].text
    assert direct(world, KIM) == []
    escalated(world, "nox")
    world.later(minutes=15)
    assert "Nobody has claimed ticket #2" in direct(world, KIM)[-1].text


def test_nobody_climbs_for_a_ticket_that_waits_for_its_customer(world: World) -> None:
    """Law: whose turn it is is looked at before anybody is called."""
    ticket, _ = escalated(world)
    world.work_in_desk(ticket, status="pending")
    world.later(minutes=40)
    assert direct(world, LEA) == []
    world.write("joy", "Here you are.", ticket=ticket)
    world.later(minutes=15)
    assert "Nobody has claimed ticket #1" in direct(world, LEA)[-1].text


def test_a_claimed_card_does_not_climb(world: World) -> None:
    claimed(world)
    world.later(minutes=16)
    assert direct(world, LEA) == []
    assert audit(world, "refused") == []
