"""What is told to one person: it waits until they look, and it is told once."""

from tests.company import ANA, BEN, ESCALATIONS, LEA
from tests.flows.scenes import claimed, escalated
from tests.flows.screen import card, direct, told, whispers
from tests.world import World


def test_a_reminder_is_a_message_that_stays(world: World) -> None:
    """
    Whoever was away finds it; a whisper would be gone.
    """
    claimed(world)
    world.later(minutes=31)

    [reminder] = direct(world, ANA)
    assert "You hold escalation #1 and its customer waits." in reminder.text
    assert whispers(world, ANA, f"D{ANA[1:]}") == []


def test_a_word_whose_answer_was_lost_is_looked_for_before_it_is_said_again(world: World) -> None:
    """
    Slack took it and the connection broke: it is there, and there is one of it.
    """
    claimed(world)
    faults = world.workspace.faults
    faults.methods, faults.drop_after_commit = ["chat.postMessage"], 1.0
    world.later(minutes=31)
    faults.drop_after_commit = 0.0
    world.later(seconds=5)

    assert len(direct(world, ANA)) == 1
    with world.looking() as uow:
        assert uow.deliveries.dead() == 0


def test_an_answer_to_a_click_stays_where_it_was_clicked(world: World) -> None:
    """
    A refusal needs no message of its own: whoever pressed is looking.
    """
    _, seen = claimed(world)
    seen.press("Reply to customer", by=BEN)

    assert told(world, BEN, ESCALATIONS).startswith("Ana Ruiz holds this one.")
    assert direct(world, BEN) == []


def test_a_release_starts_a_climb_of_its_own(world: World) -> None:
    """
    The next level is asked when the released escalation has waited its time, not when the first
    wait would have ended.
    """
    _, seen = escalated(world)
    world.later(minutes=10)
    seen.press("Claim", by=ANA)
    card(world, ANA, ESCALATIONS).press("Release")
    world.later(minutes=6)
    assert direct(world, LEA) == []

    world.later(minutes=10)
    [asked] = direct(world, LEA)
    assert "Nobody has claimed escalation #1 yet." in asked.text
