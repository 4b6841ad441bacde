"""The kill switch: one person stops effects, two start them again."""

from pathlib import Path

import pytest

from bot import commands
from bot.cards import Notice
from bot.people import Account, Standing
from storage.models import EffectState
from tests.company import ADMIN, ANA, APPROVALS, GENERAL, HAL, HOME, LEA, MAX, NIA
from tests.flows.scenes import audit, claimed, effects, refund_asked, reply
from tests.flows.screen import card, direct, messages, whispers
from tests.flows.test_consent_again import LEA_MAY, restarted
from tests.world import World


def say(world: World, who: str, text: str) -> str:
    world.do(who, "command", channel=GENERAL, command="/backstop", text=text)
    return whispers(world, who, GENERAL)[-1]


def test_the_switch_holds_new_effects_and_two_people_lift_it(world: World) -> None:
    """Law: while it is set nothing is paid; what was held runs once it is lifted by two."""
    _, seen = refund_asked(world)
    assert say(world, LEA, "stop effects").startswith("Stopped: nothing is paid")
    assert "Lea Sand stopped all effects" in direct(world, MAX)[-1].text
    assert "Lea Sand stopped all effects" in messages(world, MAX, ADMIN)[-1].text
    seen.press("Approve")
    for _ in range(5):
        world.later(minutes=5)
    assert world.refunds == []
    shown = " ".join(card(world, LEA, APPROVALS).text.split())
    assert "Held: effects are stopped since 2026-09-23 09:00 UTC , by Lea Sand." in shown
    assert say(world, LEA, "start effects").startswith("Noted. A second person")
    assert say(world, LEA, "start effects").startswith("You have said so.")
    assert len(audit(world, "lifting asked")) == 1
    world.later(seconds=5)
    assert world.refunds == []
    assert say(world, MAX, "start effects").startswith("Effects run again.")
    assert "Lea Sand and Max Vidal started effects" in messages(world, MAX, ADMIN)[-1].text
    world.later(seconds=5)
    assert len(world.refunds) == 1
    assert [one.actor for one in audit(world, "effects stopped")] == ["lea"]
    assert [one.actor for one in audit(world, "effects started")] == ["max"]


def test_the_switch_holds_effects_in_every_process(world: World, tmp_path: Path) -> None:
    """Law: what one bot was told, another on the same database keeps to at its next effect."""
    _, seen = refund_asked(world)
    with restarted(world, tmp_path, LEA_MAY, LEA_MAY) as other:
        other.worker.run_due()
        say(world, LEA, "stop effects")
        seen.press_only("Approve")
        for _ in range(5):
            world.clock.advance(seconds=5)
            other.worker.run_due()
        assert world.refunds == []
        say(world, LEA, "start effects")
        say(world, MAX, "start effects")
        world.clock.advance(seconds=5)
        other.worker.run_due()
        assert len(world.refunds) == 1


def test_who_stopped_or_started_is_told_and_stands_on_no_lock_screen(world: World) -> None:
    """Law: the message says who, and its fallback what happened."""
    say(world, LEA, "stop effects")
    told = [direct(world, MAX)[-1], messages(world, MAX, ADMIN)[-1]]
    for who in (LEA, MAX):
        say(world, who, "start effects")
        told.append(messages(world, MAX, ADMIN)[-1])
    assert all("Lea Sand" in one.text for one in told)
    assert [one.fallback for one in told] == [
        "Effects were stopped. Nothing is paid or sent.",
        "Effects were stopped. Nothing is paid or sent.",
        "Somebody wants effects started again. A second person must say /backstop start effects.",
        "Effects run again. What was held is carried out now.",
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (LEA_MAY, "roles: [specialist], slack: U0LEA"),
        (f"  - {{id: lea, name: Lea Sand, {LEA_MAY}}}\n", ""),
    ],
    ids=["without the role", "gone"],
)
def test_a_first_voice_that_counts_no_more_is_none(
    world: World, tmp_path: Path, old: str, new: str
) -> None:
    """Law: the two who start effects may both do so at the moment when they start."""
    say(world, LEA, "stop effects")
    say(world, LEA, "start effects")
    with restarted(world, tmp_path, old, new) as bot:
        answers = []
        for who in (MAX, NIA):
            by = Account("slack", who, HOME, Standing.MEMBER)
            answers.append(bot.bus.handle(commands.StartEffects(by)))
        bot.worker.run_due()
    first, second = answers
    assert isinstance(first, Notice)
    assert first.text.startswith("Noted. A second person")
    assert isinstance(second, Notice)
    assert second.text.startswith("Effects run again.")
    assert "Max Vidal and Nia Fox started effects" in messages(world, MAX, ADMIN)[-1].text
    assert [one.data["with"] for one in audit(world, "effects started")] == ["max"]


def test_replies_to_customers_are_held_too(world: World) -> None:
    """Law: words for a customer are an effect."""
    ticket, seen = claimed(world)
    say(world, LEA, "stop effects")
    reply(world, seen, "After the pause.")
    assert "After the pause." not in world.customer_reads(ticket)
    say(world, LEA, "start effects")
    say(world, MAX, "start effects")
    world.later(seconds=5)
    assert world.customer_reads(ticket).count("After the pause.") == 1


def test_a_stop_uses_up_nothing_of_the_half_hour_in_which_a_call_is_tried(world: World) -> None:
    """Law: what waits for people is not given up because the other side was away before."""
    _, seen = refund_asked(world)
    world.provider.faults.read_error_500 = 1.0
    seen.press("Approve")
    say(world, LEA, "stop effects")
    world.later(minutes=40)
    say(world, LEA, "start effects")
    say(world, MAX, "start effects")
    world.later(minutes=1)
    assert [one.state for one in effects(world)] == [EffectState.READY]
    world.provider.faults.read_error_500 = 0.0
    world.later(minutes=2)
    assert len(world.refunds) == 1
    assert audit(world, "escalated") == []


def test_stopping_again_takes_back_half_a_lifting(world: World) -> None:
    say(world, LEA, "stop effects")
    say(world, LEA, "start effects")
    say(world, MAX, "stop effects")
    assert say(world, MAX, "start effects").startswith("Noted.")


@pytest.mark.parametrize("half", ["stop", "stop everything", "start"])
def test_half_the_words_stop_and_start_nothing(world: World, half: str) -> None:
    """Law: everything at once stops by its full name alone; who says less is told it."""
    answer = say(world, LEA, half)
    assert "/backstop stop effects" in answer
    assert "two people must say it" in answer
    assert "/kb" not in answer
    assert audit(world, "effects stopped") + audit(world, "lifting asked") == []


def test_only_leads_approvers_and_administrators_stop(world: World) -> None:
    """Law: the switch is bound to roles, for stopping and for starting."""
    assert say(world, ANA, "stop effects").startswith("Stopping and starting effects takes")
    assert say(world, HAL, "stop effects").startswith("You are not on this team's list")
    say(world, LEA, "stop effects")
    assert say(world, ANA, "start effects").startswith("Stopping and starting effects takes")
    assert len(audit(world, "refused")) == 3
    assert effects(world) == []


def test_starting_what_runs_says_so(world: World) -> None:
    assert say(world, LEA, "start effects").startswith("Effects are running")


ALONE = {
    "roles: [lead, approver, admin], slack: U0MAX": "roles: [specialist], slack: U0MAX",
    "roles: [approver], slack: U0NIA": "roles: [specialist], slack: U0NIA",
    "lead, approver, admin], slack: U0DEE": "on_call], slack: U0DEE",
    "lead, approver, admin], slack: U0GIL": "on_call], slack: U0GIL",
    "lead, approver, admin], slack: U0ZAP": "on_call], slack: U0ZAP",
}


@pytest.mark.app_yaml(ALONE)
def test_whoever_stops_alone_is_told_what_starting_takes(world: World) -> None:
    """Law: nobody finds out afterwards that a stop could not be undone."""
    assert "Nobody but you may: until app.yaml gives a second person" in say(
        world, LEA, "stop effects"
    )
