"""When the customer is asked for what is missing, and when nobody waits for an answer."""

from dataclasses import replace

import pytest

from bot.agent.briefing import Briefing, CustomerFacts, Proposal
from bot.config.policy import EscalationSettings
from bot.flows.triage.rules import Decision, decide
from bot.wording.findings import look
from bot.wording.reading import Circumstances
from tests.agent.tickets import NOW

ASK = ("When did it begin?", "What did you expect to see?")
VAGUE = Proposal(
    "offline", "1", "other", "en", 0, 0.0, signals={"vague": "broken"}, severity=2, questions=ASK
)
BLAMING = "Why didn't you read the manual?"
ENGLISH = "What did you do, step by step, just before it happened to you and to the others?"
PLAN = "Which plan are you on?"
RICH = CustomerFacts(id=3, tier="pro")
BRIEFING = Briefing(ticket=7, subject="Broken", said=())


def decided(proposal: Proposal = VAGUE, briefing: Briefing = BRIEFING) -> Decision:
    return decide(briefing, proposal, EscalationSettings())


def test_a_vague_report_is_asked_about() -> None:
    """Law: one message with each question on its line; why it was asked is on record."""
    decision = decided()

    assert (decision.decision, decision.rule) == ("ask", "asked")
    assert decision.answer.endswith(f"1. {ASK[0]}\n2. {ASK[1]}")
    assert decision.reasons[:2] == (
        "The customer is asked for what is missing.",
        "The ticket does not say what it is about.",
    )
    assert decision.cites == ()


def test_at_most_three_questions_are_asked_at_once() -> None:
    many = tuple(f"Why {word}?" for word in ("now", "here", "them", "so"))

    assert decided(replace(VAGUE, questions=many)).answer.count("?") == 3


@pytest.mark.parametrize(
    "signal", ["distress", "legal", "safety", "threat", "human_wanted", "spam"]
)
def test_what_a_person_must_see_waits_for_no_answer(signal: str) -> None:
    """Law: whoever despairs, sues or wants a person gets one, and no form to fill in."""
    assert decided(replace(VAGUE, signals={**VAGUE.signals, signal: "so"})).rule == signal


@pytest.mark.parametrize(
    ("briefing", "proposal", "rule"),
    [
        (replace(BRIEFING, may_ask=False), VAGUE, "vague"),
        (BRIEFING, replace(VAGUE, severity=4), "vague"),
        (BRIEFING, replace(VAGUE, questions=()), "vague"),
        (BRIEFING, replace(VAGUE, questions=("What is your password?",)), "vague"),
        (BRIEFING, replace(VAGUE, questions=(BLAMING, *ASK)), "vague"),
        (BRIEFING, replace(VAGUE, questions=(ENGLISH,), language="de"), "vague"),
        (replace(BRIEFING, customer=RICH), replace(VAGUE, questions=(PLAN,)), "vague"),
        (replace(BRIEFING, similar_open=8), VAGUE, "incident"),
    ],
)
def test_asking_is_for_once_and_for_what_can_wait(
    briefing: Briefing, proposal: Proposal, rule: str
) -> None:
    """Law: a second time, in an outage, with nothing fit to ask or where a question reads badly a
    person has the ticket."""
    assert (decided(proposal, briefing).decision, decided(proposal, briefing).rule) == (
        "escalate",
        rule,
    )


def test_why_a_question_was_not_asked_is_on_record() -> None:
    told = "A person should look at how it reads: blame."

    assert told in decided(replace(VAGUE, questions=(BLAMING,))).reasons


def test_what_is_asked_reads_well() -> None:
    assert look(decided().answer, Circumstances(NOW, language="en")) == ()
