"""Whoever is away is not asked; whoever stands in for them is, and gets no right by it."""

import pytest

from tests.company import ANA, APPROVALS, GENERAL, GUS, KIM, LEA, MAX, NIA
from tests.flows.scenes import approval_of, audit, refund_asked
from tests.flows.screen import card, direct, told
from tests.flows.test_asking import ask
from tests.world import World

BIG = "Please refund my last payment of 1200.00 USD."


def say(world: World, who: str, words: str) -> str:
    world.do(who, "command", channel=GENERAL, command="/backstop", text=words)
    return told(world, who, GENERAL)


def reminded(world: World, who: str) -> int:
    return sum("still waits" in one.text for one in direct(world, who))


def test_whoever_stands_in_is_reminded_instead(world: World) -> None:
    """Law: nobody is asked who said that they are not there."""
    assert "Max Vidal is reminded instead" in say(world, LEA, "away until tomorrow 18:00 for Max")
    assert "Lea Sand is away until" in direct(world, MAX)[-1].text
    assert "Lea" not in direct(world, MAX)[-1].fallback
    _, seen = refund_asked(world)
    assert "Max Vidal" in seen.text and "Lea Sand (away)" in seen.text
    world.later(hours=2, minutes=1)
    assert reminded(world, LEA) == 0 and reminded(world, MAX) == 1


def test_it_gives_nobody_a_right(world: World) -> None:
    """Law: whoever stands in decides with their own role and limit."""
    say(world, LEA, "away until tomorrow 18:00 for nia")
    _, seen = refund_asked(world, "big", BIG)
    seen.press("Approve", by=NIA)
    assert "You may decide up to 50.00 USD" in told(world, NIA, APPROVALS)
    say(world, MAX, "away until tomorrow 18:00 for @ana")
    seen.press("Approve", by=ANA)
    assert "takes the role approver" in told(world, ANA, APPROVALS)


def test_whoever_is_away_may_still_decide(world: World) -> None:
    """Law: being away takes no right either."""
    say(world, LEA, "away until tomorrow 18:00")
    _, seen = refund_asked(world)
    seen.press("Approve", by=LEA)
    assert len(world.refunds) == 1


def test_whoever_stands_in_for_the_requester_does_not_decide(world: World) -> None:
    """Law: nobody approves their own wish through somebody who acts for them."""
    _, seen = refund_asked(world)
    approval = approval_of(world, seen).id
    world.backstop.writer.run(lambda uow: setattr(uow.approvals.get(approval), "requester", "lea"))
    say(world, LEA, "away until tomorrow 18:00 for Max")
    seen.press("Approve", by=MAX)
    assert "You stand in for whoever asked" in told(world, MAX, APPROVALS)
    say(world, LEA, "back")
    card(world, MAX, APPROVALS).press("Approve", by=MAX)
    assert len(world.refunds) == 1


def test_an_absence_ends_by_itself(world: World) -> None:
    """Law: at the time that was said, and once; a later one is not cut short by the first."""
    say(world, LEA, "away until tomorrow 18:00 for Max")
    say(world, LEA, "away until 2026-09-30 18:00")
    world.later(days=2)
    assert "You are away until" in ask(world, LEA, "/backstop", "me").text
    world.later(days=6)
    assert "You are away until" not in ask(world, LEA, "/backstop", "me").text
    assert [one.actor for one in audit(world, "came back")] == ["clock"]
    assert [one.data["delegate"] for one in audit(world, "went away")] == ["max", None]


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("away", "Say until when"),
        ("away for Max", "Say until when"),
        ("away until the cows come home", "Say until when"),
        ("away until 2027-09-30 18:00", "At most 90 days"),
        ("away tomorrow 18:00 for Lea", "Name somebody else"),
        ("away tomorrow 18:00 for nobody", "Nobody here is called “nobody”"),
        ("away tomorrow 18:00 for Gus", "Gus Tran cannot stand in for you"),
        ("back", "You were not away"),
    ],
)
def test_what_cannot_be_is_said_so(world: World, words: str, why: str) -> None:
    """Law: every input has an answer that says what to do."""
    assert why in say(world, LEA, words)
    assert audit(world, "went away") == []


def test_of_two_who_are_away_none_stands_in_for_the_other(world: World) -> None:
    """Law: what waits is asked of somebody who is there."""
    say(world, MAX, "away tomorrow 18:00")
    assert "Max Vidal is away too" in say(world, LEA, "away tomorrow 18:00 for max")


def test_strangers_are_not_away(world: World) -> None:
    """Law: it takes somebody of ours; a partner names a colleague of their own."""
    world.do(KIM, "command", channel=GENERAL, command="/backstop", text="away tomorrow for Max")
    say(world, GUS, "away tomorrow 18:00 for Max")
    assert audit(world, "went away") == []
