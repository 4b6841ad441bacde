"""Messages that an agent proposes: held as its answers are, and signed."""

from dataclasses import replace
from typing import Any

import pytest

from bot.acts import Reply
from bot.agent.briefing import Briefing, CustomerFacts, Proposal, ProposedAct
from bot.config.policy import EscalationSettings
from bot.flows.triage.rules import decide
from bot.flows.triage.words import ai_wrote_this

CUSTOMER = CustomerFacts(id=3, role="user", tier="standard")
BRIEFING = Briefing(ticket=7, subject="Reset", said=(), customer=CUSTOMER, passages=())
SURE = Proposal("claude", "1", "sign_in", "en", sentiment=0, confidence=0.8)
MESSAGE = ProposedAct("reply", {"ticket": 7, "text": "Your order left.", "language": "en"})
REFUND = ProposedAct(
    "refund",
    {
        "charge": "ch_1",
        "amount": 1900,
        "currency": "USD",
        "ticket": 7,
        "customer": 3,
        "reason": "Charged twice",
    },
)
SETTINGS = EscalationSettings()


def noticing(name: str) -> Proposal:
    return replace(SURE, signals={name: "their words"})


def of(**facts: Any) -> Briefing:
    return replace(BRIEFING, customer=replace(CUSTOMER, **facts))


@pytest.mark.parametrize(
    ("rule", "proposal", "briefing"),
    [
        ("rejected_before", noticing("rejected_before"), BRIEFING),
        ("high_tier", SURE, of(tier="enterprise")),
        ("first_time", SURE, of(role="first_time")),
        ("incident", replace(SURE, severity=2), replace(BRIEFING, incident="Sync is down")),
        ("incident", SURE, replace(BRIEFING, similar_open=8)),
        ("spike", SURE, replace(BRIEFING, alike_open=20)),
        ("repeated_contact", SURE, of(tickets_30_days=3)),
        ("several_products", noticing("several_products"), BRIEFING),
        ("integration", noticing("integration"), BRIEFING),
        ("vague", noticing("vague"), BRIEFING),
        ("low_confidence", replace(SURE, confidence=0.49), BRIEFING),
    ],
)
@pytest.mark.parametrize("beside", [(), (REFUND,)])
def test_a_message_goes_no_way_that_an_answer_may_not(
    rule: str, proposal: Proposal, briefing: Briefing, beside: tuple[ProposedAct, ...]
) -> None:
    """Law: what keeps an answer from a customer keeps a proposed message from the card too."""
    bare = replace(proposal, acts=(*beside, MESSAGE))
    decision = decide(briefing, bare, SETTINGS)

    assert (decision.decision, decision.rule, decision.acts) == ("escalate", rule, ())
    assert (decision.answer, decision.withheld) == ("", "")


def test_a_message_that_nothing_speaks_against_waits_for_one() -> None:
    """Law: without a gate of its own a message is approved by one, and lacks no article."""
    bare = replace(SURE, acts=(MESSAGE,))
    decision = decide(BRIEFING, bare, SETTINGS)

    assert (decision.decision, [act.grade.level for act in decision.acts]) == ("act", ["one"])


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "Your order is on its way."), ("de", "Ihre Bestellung ist unterwegs.")],
)
def test_a_message_that_waits_for_a_yes_says_who_wrote_it(language: str, text: str) -> None:
    """Law: what is approved is what leaves, with the line that an AI wrote it, and that once."""
    said = {"ticket": 7, "text": text, "language": language}
    written = ProposedAct("reply", said)
    proposal = replace(SURE, acts=(written,), language=language)
    [act] = [one.act for one in decide(BRIEFING, proposal, SETTINGS).acts]
    assert isinstance(act, Reply)
    assert act.text == f"{text}\n\n{ai_wrote_this(language)}"

    again = replace(written, args=act.model_dump(exclude={"kind"}))
    [same] = [one.act for one in decide(BRIEFING, replace(proposal, acts=(again,)), SETTINGS).acts]
    assert same == act
