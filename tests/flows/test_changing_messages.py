"""A message that waits at a gate: read, changed word by word, and sent as it was approved."""

import pytest

from sandbox.model import Scripted, use
from sandbox.model.minds import assessed
from tests.company import APPROVALS, LEA, MAX, Json
from tests.flows.scenes import effects
from tests.flows.screen import Seen, card, fill, told
from tests.flows.test_model import CLAUDE, EXPORT
from tests.handlers.slack_reader import shown
from tests.world import World

CHANGE = "Change before approval"
DRAFT = (
    "Open Roster, choose Export and pick CSV. Sorry for the inconvenience. Which columns do you "
    "need? Please tell us, and we look whether they are in it."
)
KIND = DRAFT.replace(" Sorry for the inconvenience.", "")
pytestmark = pytest.mark.app_yaml(
    {
        **CLAUDE,
        "  - {name: account changes": "  - {name: words, act: reply, grade: one}\n"
        "  - {name: account changes",
    }
)


def held(world: World, text: str = DRAFT, ticket: int | None = None) -> tuple[int, Seen]:
    """A message of the agent's that waits for a decision."""
    act = {"text": text, "language": "en", "ticket": 1}
    world.model.mind = Scripted([[use("propose_reply", act=act, assessment=assessed(0.9))]])
    ticket = world.write("joy", EXPORT, "Export", ticket)
    return ticket, card(world, LEA, APPROVALS)


def said(seen: Seen) -> str:
    """The message as it stands on the card."""
    return seen.text.split("Message:")[1].split("Language:")[0].strip()


def opened(seen: Seen, by: str = LEA) -> Json:
    answer = seen.press(CHANGE, by=by)
    assert "view" in answer, told(seen.world, by, APPROVALS)
    view: Json = answer["view"]
    return view


def test_the_card_shows_the_whole_text_and_how_it_reads(world: World) -> None:
    """Law: whoever approves reads what the customer will, and what they would stumble over."""
    _, seen = held(world)
    assert DRAFT in said(seen)
    assert "How it reads:" in seen.text and "(canned_apology)" in seen.text


def test_what_is_changed_is_read_over_before_it_counts(world: World) -> None:
    """Law: the window shows what is different, word by word, and how it reads now."""
    _, seen = held(world)
    answer = fill(world, LEA, opened(seen), new_text=KIND)
    again = shown(answer["view"])
    assert "[−Sorry for the inconvenience.−]" in again
    assert "canned_apology" not in again
    assert "waits for a decision" in card(world, LEA, APPROVALS).text
    assert DRAFT in card(world, LEA, APPROVALS).text
    assert fill(world, LEA, answer["view"], new_text=KIND)["ok"]
    assert KIND in card(world, LEA, APPROVALS).text


def test_what_is_sent_is_what_was_approved(world: World) -> None:
    """Law: byte for byte, once, and nothing else."""
    ticket, seen = held(world)
    answer = fill(world, LEA, opened(seen), new_text=KIND)
    fill(world, LEA, answer["view"], new_text=KIND)
    card(world, MAX, APPROVALS).press("Approve", by=MAX)
    assert world.customer_reads(ticket) == [KIND]
    assert len(effects(world, "reply")) == 1


def test_what_is_changed_once_more_is_read_over_once_more(world: World) -> None:
    """Law: nothing is put before others that was not laid before whoever changed it."""
    _, seen = held(world)
    answer = fill(world, LEA, opened(seen), new_text=KIND)
    other = f"{KIND} Sorry for the inconvenience."
    answer = fill(world, LEA, answer["view"], new_text=other)
    assert "canned_apology" in shown(answer["view"])
    assert DRAFT in card(world, LEA, APPROVALS).text


def test_the_same_words_are_not_asked_for_twice(world: World) -> None:
    """Law: of two messages with the same words on one ticket one is sent."""
    ticket, first = held(world, KIND)
    first.press("Approve", by=MAX)
    _, second = held(world, DRAFT, ticket)
    assert second.ts != first.ts
    answer = fill(world, LEA, opened(second), new_text=said(first))
    assert "asked for already" in str(answer["errors"])


def test_a_text_with_a_card_number_is_refused(world: World) -> None:
    """Law: what a card would not show as it is, nobody can consent to."""
    _, seen = held(world)
    answer = fill(world, LEA, opened(seen), new_text=f"{KIND} 4111 1111 1111 1111")
    assert "would not show" in str(answer["errors"])
