"""An approver asks for changes, and a model answers: with the same act once more, or not at all."""

from collections.abc import Mapping
from typing import Any

import pytest

from bot import approval_commands
from bot.people import Account, Standing
from sandbox.model import Scripted, use
from sandbox.model.minds import assessed
from tests.company import ANA, APPROVALS, HOME, KNOWLEDGE, LEA, MAX, Json
from tests.flows.scenes import DECIDE, REFUND, audit
from tests.flows.screen import Seen, card, direct, fill, messages, thread
from tests.flows.test_model import CLAUDE, HURRIED
from tests.world import World

WHY = "He used five of twelve months: give back the rest only."
HERE = {"channel: C0BILLING": f"channel: {KNOWLEDGE}"}
pytestmark = pytest.mark.app_yaml({**CLAUDE, **HERE})


def refund(amount: int = 4900, **differing: Any) -> list[Json]:
    about = {"charge": "ch_joy", "currency": "USD", "ticket": 1, "customer": 1}
    act = {"amount": amount, "reason": f"They pay {amount} back.", **about, **differing}
    return [use("propose_refund", act=act, assessment=assessed(0.9, category="billing"))]


def proposed(world: World, *answers: list[Json]) -> Seen:
    """The model proposes a refund; what comes next in its script is for the question."""
    world.model.mind = Scripted([refund(), *answers])
    world.write("joy", REFUND, "Money back")
    return card(world, LEA, APPROVALS)


def asked(world: World, *answers: list[Json]) -> Seen:
    view = proposed(world, *answers).press("Ask for changes", by=LEA)["view"]
    answer = fill(world, LEA, view, question=WHY)
    assert answer["ok"], answer
    return card(world, LEA, APPROVALS)


def test_the_model_proposes_it_anew(world: World) -> None:
    """Law: it comes back in its place, as a version of the agent's, which anybody entitled may
    approve, whoever asked too."""
    seen = asked(world, refund(2800))
    assert seen.labels == DECIDE and len(messages(world, LEA, APPROVALS)) == 1
    assert "Amount: 49.00 USD → 28.00 USD" in seen.text and "They pay 2800 back." in seen.text
    assert "Amount: 49.00 USD → 28.00 USD" in thread(world, MAX, seen)[-1].text
    assert "What you asked about was answered" in direct(world, LEA)[-1].text
    seen.press("Approve", by=LEA)
    assert [one["amount"] for one in world.refunds] == [2800]
    assert [one.actor for one in audit(world, "approval revised")] == ["claude"]


def test_the_model_is_shown_the_act_and_the_question(world: World) -> None:
    """Law: both stand in the record, and what the customer wrote stays behind its fence."""
    asked(world, refund(2800))
    last = str(world.model.requests[-1])
    assert "to_change" in last and WHY in last and "They pay 4900 back." in last


@pytest.mark.parametrize(
    "answer",
    [
        refund(5000),
        refund(2800, charge="ch_other"),
        refund(4900),
        [use("escalate", reason="I do not know.", assessment=assessed(0.2))],
    ],
    ids=["more", "another charge", "the same", "no answer"],
)
def test_what_is_no_answer_is_left_to_a_colleague(world: World, answer: list[Json]) -> None:
    """Law: never more than was proposed, never about another thing, and never twice the same."""
    seen = asked(world, answer)
    assert seen.labels[0] == "Answer" and len(messages(world, LEA, APPROVALS)) == 1
    assert WHY in card(world, ANA, KNOWLEDGE).text
    assert audit(world, "approval revised") == [] and world.refunds == []


@pytest.mark.app_yaml({**HURRIED, **HERE})
def test_a_model_that_is_away_leaves_it_to_a_colleague(world: World) -> None:
    """Law: nobody waits for a machine."""
    seen = proposed(world)
    world.model.faults.status = 529
    view = seen.press("Ask for changes", by=LEA)["view"]
    fill(world, LEA, view, question=WHY)
    world.later(minutes=10)
    assert WHY in card(world, ANA, KNOWLEDGE).text


def test_whoever_answered_meanwhile_is_not_overruled(world: World) -> None:
    """Law: the model's answer counts for the version it was asked about."""
    seen = proposed(world)
    shown = seen.value("Approve")
    ana = Account("slack", ANA, HOME, Standing.MEMBER)
    answer = approval_commands.ReviseApproval(
        ana, shown["approval"], shown["version"], shown["digest"], {}, "It is monthly.", ""
    )

    def slowly(request: Mapping[str, Any]) -> list[Json]:
        assert world.backstop.bus.handle(answer) is None
        return refund(2800)

    world.model.mind = slowly
    view = seen.press("Ask for changes", by=LEA)["view"]
    fill(world, LEA, view, question=WHY)
    seen = card(world, LEA, APPROVALS)
    assert "Refund 49.00 USD" in seen.text and "It is monthly." in seen.text
    assert [one.actor for one in audit(world, "approval revised")] == ["ana"]
