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
    assert "You hold ticket #1 and its customer waits." in reminder.text
    assert whispers(world, ANA, f"D{ANA[1:]}") == []


def test_it_says_what_it_is_about_and_leads_to_the_card(world: World) -> None:
    """
    Subject and urgency stand in it and not on a lock screen; one number is said, the ticket's.
    """
    _, seen = claimed(world)
    world.later(minutes=31)

    [reminder] = direct(world, ANA)
    assert "P3 · The rota prints blank" in " ".join(reminder.text.split())
    assert "rota" not in reminder.fallback
    address = f"https://larkspur.slack.com/archives/{ESCALATIONS}/p{seen.ts.replace('.', '')}"
    assert address in str(reminder.message["blocks"])


def test_what_is_typed_is_set_apart_without_its_marks(world: World) -> None:
    """
    Slack shows a backtick in our words as what it is, a backtick.
    """
    world.do(ANA, "command", channel=ESCALATIONS, command="/kb", text="")
    [usage] = [one for one in world.see(ANA, ESCALATIONS) if one["ephemeral"]]
    assert "`" not in str(usage)
    assert {"code": True} in [
        element.get("style")
        for block in usage["blocks"]
        for part in block["elements"]
        for element in part["elements"]
    ]


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
    assert "Nobody has claimed ticket #1 yet." in asked.text
