"""What a model notices in the agent's words before they leave."""

from collections.abc import Mapping
from typing import Any

import pytest

from sandbox.model import Librarian, use
from sandbox.model.minds import WORDING, assessed, reads_over
from tests.company import ANA, ESCALATIONS
from tests.flows.scenes import HUMAN
from tests.flows.screen import card
from tests.flows.test_model import CLAUDE, EXPORT, last
from tests.world import World

BY_RULES = {
    "limits: {refunds": CLAUDE["limits: {refunds"].replace("{kind", "{wording: rules, kind")
}
GRAVE: dict[str, Any] = {
    "rule": "blame",
    "grave": True,
    "quote": "choose Export",
    "suggestion": "Ask them kindly.",
}
AWAY: dict[str, Any] = {}
MILD = GRAVE | {"rule": "jargon", "grave": False}


class Reader:
    """Answers as a librarian, and of each letter says what it is given."""

    def __init__(self, *findings: Mapping[str, Any], is_away: bool = False) -> None:
        self._findings, self._is_away = findings, is_away
        self._librarian = Librarian()
        self.read: list[str] = []
        self.calls = 0

    def __call__(self, request: Mapping[str, Any]) -> list[dict[str, Any]]:
        self.calls += 1
        if not reads_over(request):
            return self._librarian(request)
        self.read.append(str(request["messages"]))
        if self._is_away:
            raise LookupError("away")
        return [use(WORDING, findings=list(self._findings))]


def asked(world: World, reader: Reader, words: str = EXPORT) -> list[str]:
    """What the customer reads of a ticket whose answer was read over."""
    world.model.mind = reader
    return world.customer_reads(world.write("joy", words, "Export"))


@pytest.mark.app_yaml(CLAUDE)
def test_a_grave_find_brings_the_draft_to_a_person(world: World) -> None:
    """Law: it is found under the rules' own names, and the person starts from the draft."""
    assert "choose Export" not in str(asked(world, Reader(GRAVE)))

    seen = card(world, ANA, ESCALATIONS)
    assert "how it reads: blame" in seen.text
    seen.press("Claim")
    assert "choose Export" in str(card(world, ANA, ESCALATIONS).press("Reply to customer")["view"])


@pytest.mark.app_yaml(CLAUDE)
@pytest.mark.parametrize(
    "findings",
    [
        [],
        [MILD],
        [GRAVE | {"quote": "You should have known"}],
        [GRAVE | {"quote": ""}],
        [GRAVE | {"rule": "too_long"}],
        [GRAVE | {"approved": True}],
        [AWAY],
    ],
    ids=["nothing", "mild", "unquoted", "no quote", "no rule", "one field more", "away"],
)
def test_anything_else_changes_nothing(world: World, findings: list[dict[str, Any]]) -> None:
    """Law: words that do not stand there, names and fields that there are not, and a model that
    is away hold up no answer."""
    reader = Reader(*findings, is_away=findings == [AWAY])
    [answer] = asked(world, reader)

    assert "choose Export" in answer and len(reader.read) == 1
    assert last(world).rule == "answered"


@pytest.mark.app_yaml(CLAUDE)
def test_what_it_cost_is_on_the_decisions_record(world: World) -> None:
    """Law: the look is a step like any other, paid from the ticket's budget and the day's."""
    reader = Reader(MILD)
    asked(world, reader)

    decision = last(world)
    with world.looking() as uow:
        told = uow.escalations.text_of(decision.id)
        paid = uow.spendings.calls_on(decision.ticket_id)
    assert told is not None and told.steps[-1]["tool"] == WORDING
    assert told.steps[-1]["answer"] == "jargon"
    assert paid.calls == reader.calls and paid.unsettled == 0
    assert paid.used.input_tokens == decision.input_tokens > 0


@pytest.mark.app_yaml(CLAUDE)
def test_it_reads_marks_where_personal_data_stood(world: World) -> None:
    """Law: what no model is shown is not shown to this one either."""
    reader = Reader()
    asked(world, reader, f"{EXPORT} Mine is joy@oak.example, card 4242 4242 4242 4242.")

    assert "[EMAIL_1]" in reader.read[0]
    assert "joy@oak" not in reader.read[0] and "4242" not in reader.read[0]


class Asker(Reader):
    """Asks the customer, and finds fault with how it asked."""

    def __call__(self, request: Mapping[str, Any]) -> list[dict[str, Any]]:
        if reads_over(request):
            return super().__call__(request)
        questions = ["What exactly did you break in the roster?", "Which version do you use?"]
        return [use("ask_customer", assessment=assessed(0.5), questions=questions)]


@pytest.mark.app_yaml(CLAUDE)
def test_what_is_asked_is_read_over_like_what_is_answered(world: World) -> None:
    """Law: a question may blame as well; then a person asks."""
    words = "My roster hums strangely and I do not know why."
    for finding, sends in ((MILD, True), (GRAVE | {"quote": "did you break"}, False)):
        reader = Asker(finding)
        told = str(asked(world, reader, words))
        assert len(reader.read) == 1
        assert ("Which version do you use?" in told) is sends


class Writer(Reader):
    """Proposes two messages to the customer."""

    def __call__(self, request: Mapping[str, Any]) -> list[dict[str, Any]]:
        if reads_over(request):
            return super().__call__(request)
        texts = ("It is on its way.", "Look into the roster tomorrow.")
        return [
            use(
                "propose_reply",
                act={"ticket": 1, "text": text, "language": "en"},
                assessment=assessed(0.9),
            )
            for text in texts
        ]


@pytest.mark.app_yaml(CLAUDE)
def test_of_several_messages_every_one_is_read_over(world: World) -> None:
    """Law: no second message leaves unread behind the first."""
    world.model.mind = reader = Writer()
    world.write("joy", EXPORT, "Export")
    [read] = reader.read
    assert "on its way" in read and "roster tomorrow" in read


@pytest.mark.app_yaml(CLAUDE)
def test_where_nothing_leaves_nothing_is_read(world: World) -> None:
    """Law: a ticket for a person costs no second look."""
    reader = Reader()
    asked(world, reader, HUMAN)
    assert reader.read == []


@pytest.mark.app_yaml(BY_RULES)
def test_by_rules_alone_no_model_is_asked(world: World) -> None:
    """Law: `agent.wording: rules` is what it says."""
    reader = Reader(GRAVE)
    assert asked(world, reader) and reader.read == []
