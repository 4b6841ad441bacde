"""Whoever consents to a message has every character of it before them, on either platform."""

import pytest

from bot import acts
from bot.cards import Button, Buttons, Card, Divider, Facts, Quote, Text
from bot.handlers.slack.render import card_message
from bot.handlers.teams.render import adaptive_card
from tests.handlers.slack_reader import shown

DIGEST = {"approval": 1, "digest": "d" * 64}


def approval_card(text: str) -> Card:
    """Around these words, as much as an approval's card ever holds."""
    act = acts.parse("reply", {"ticket": 1, "text": text, "language": "en"})
    buttons = Buttons(
        (
            Button("Approve", "approval.grant", DIGEST),
            Button("Reject", "approval.open_rejection", DIGEST),
        )
    )
    return Card(
        "approval-1",
        "Message to a customer: waits for a decision",
        "Message to a customer for ticket #1: waits for a decision.",
        (
            Facts(act.facts()),
            Quote("y" * 240, by="The customer's last words"),
            Text(("Policy: what no gate matches · one approval (approver)",)),
            Divider(),
            buttons,
        ),
    )


@pytest.mark.parametrize("unit", ["word ", "é😀", "漢字", "&<>", '"', "\\", "*_", "- a\n"])
def test_the_longest_message_that_is_taken_stands_whole_on_its_card(unit: str) -> None:
    """Law: what a card cannot show in full is no act, so nobody consents to a cut-off text."""
    taken = ""
    for length in range(100, 12_000, 100):
        text = f"A{unit * (length // len(unit))}END"
        try:
            acts.parse("reply", {"ticket": 1, "text": text, "language": "en"})
        except ValueError as refusal:
            assert "longer than a card shows" in str(refusal)
            break
        taken = text
    assert len(taken) > 2000
    assert text != taken

    card = approval_card(taken)

    assert taken in shown(card_message(card))
    assert "END" in str(adaptive_card(card))
