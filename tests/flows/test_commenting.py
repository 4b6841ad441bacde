"""Somebody says something about an approval, and decides nothing by it."""

import pytest

from tests.company import APPROVALS, KIM, LEA, MAX, SAM, Json
from tests.flows.scenes import audit, refund_asked
from tests.flows.screen import Seen, card, fill, refused, thread
from tests.world import World

WORDS = "He called us too: it is the *second* one, <@U0LEA>."


def said(world: World, seen: Seen, words: str = WORDS, by: str = MAX) -> Json:
    view = seen.press("Comment", by=by)["view"]
    return fill(world, by, view, text=words)


def test_a_comment_stands_on_the_card_and_below_it(world: World) -> None:
    """Law: by name, letter for letter, on record without its words; the buttons stay."""
    _, seen = refund_asked(world)
    assert said(world, seen)["ok"]
    now = card(world, LEA, APPROVALS)
    assert "Max Vidal says" in now.text and "<@U0LEA>" in now.text
    assert now.labels == seen.labels
    [below] = thread(world, LEA, now)
    assert WORDS in below.text and "ticket #" in below.fallback and "second" not in below.fallback
    [entry] = audit(world, "approval commented")
    assert entry.actor == "max" and "second" not in str(entry.data)
    now.press("Approve", by=LEA)
    assert len(world.refunds) == 1


def test_whoever_commented_may_still_decide(world: World) -> None:
    """Law: words beside an act make nobody its editor."""
    _, seen = refund_asked(world)
    said(world, seen, by=LEA)
    card(world, LEA, APPROVALS).press("Approve", by=LEA)
    assert len(world.refunds) == 1


def test_an_empty_comment_is_sent_back(world: World) -> None:
    _, seen = refund_asked(world)
    assert "nothing in it" in refused(said(world, seen, " \n "))
    assert audit(world, "approval commented") == []


@pytest.mark.parametrize("who", [KIM, SAM])
def test_strangers_comment_on_nothing(world: World, who: str) -> None:
    """Law: it takes whoever works for this customer."""
    _, seen = refund_asked(world)
    assert "view" not in seen.press("Comment", by=who)
    assert audit(world, "approval commented") == []
