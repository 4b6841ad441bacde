"""Triage rules: which of them decides, in which order, and that each can be switched off."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bot.agent.briefing import (
    Briefing,
    Citation,
    CustomerFacts,
    DatedMoment,
    Passage,
    Proposal,
    ProposedAct,
    Sentence,
)
from bot.config.policy import EscalationSettings, Gate, Rules
from bot.flows.triage.reasons import BEFORE_ACTS, ESCALATION
from bot.flows.triage.rules import Decision, decide
from bot.money import Money

CUSTOMER = CustomerFacts(id=3, role="user", tier="standard")
ARTICLE = Passage("reset-your-password", "Reset your password", "Choose Forgot password.", 0.6)
BRIEFING = Briefing(ticket=7, subject="Reset", said=(), customer=CUSTOMER, passages=(ARTICLE,))
SURE = Proposal(
    agent="offline",
    playbook="1",
    category="sign_in",
    language="en",
    sentiment=0,
    confidence=0.8,
    answer="Choose Forgot password.",
    sentences=(Sentence("Choose Forgot password.", (Citation(ARTICLE.article, 1),)),),
    cites=("reset-your-password",),
)
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
OFF = EscalationSettings(
    rules=Rules(
        distress=False,
        human_wanted=False,
        first_time=False,
        executive=False,
        high_tier=(),
        legal=False,
        safety=False,
        threat=False,
        repeated_contact=0,
        several_products=False,
        integration=False,
        incident=0,
    )
)
SWITCHED = ("distress", "human_wanted", "legal", "safety", "threat", "several_products")


def noticing(*names: str) -> Proposal:
    return replace(SURE, signals=dict.fromkeys(names, "their words"))


def decided(
    proposal: Proposal = SURE,
    briefing: Briefing = BRIEFING,
    settings: EscalationSettings = SETTINGS,
    gates: tuple[Gate, ...] = (),
) -> Decision:
    return decide(briefing, proposal, settings, gates)


def of(**facts: Any) -> Briefing:
    return replace(BRIEFING, customer=replace(CUSTOMER, **facts))


def test_a_sure_answer_is_given_and_cited() -> None:
    """Law: when no rule holds, the agent's answer goes out with its articles."""
    decision = decided()

    assert (decision.decision, decision.rule) == ("answer", "answered")
    assert decision.answer == SURE.answer
    assert decision.cites == ("reset-your-password",)


@pytest.mark.parametrize(
    ("rule", "proposal", "briefing"),
    [
        ("injection", noticing("injection"), BRIEFING),
        ("spam", noticing("spam"), BRIEFING),
        ("secrecy", noticing("secrecy"), BRIEFING),
        ("safety", noticing("safety"), BRIEFING),
        ("legal", noticing("legal"), BRIEFING),
        ("threat", noticing("threat"), BRIEFING),
        ("distress", noticing("distress"), BRIEFING),
        ("human_wanted", noticing("human_wanted"), BRIEFING),
        ("executive", SURE, of(role="executive")),
        ("high_tier", SURE, of(tier="enterprise")),
        ("first_time", SURE, of(role="first_time")),
        ("incident", SURE, replace(BRIEFING, similar_open=8)),
        ("repeated_contact", SURE, of(tickets_30_days=3)),
        ("repeated_contact", noticing("repeated_contact"), BRIEFING),
        ("several_products", noticing("several_products"), BRIEFING),
        ("integration", noticing("integration"), BRIEFING),
        ("act_impossible", noticing("refund_wanted"), BRIEFING),
        ("act_impossible", noticing("account_change"), BRIEFING),
        ("act_impossible", noticing("deed_wanted"), BRIEFING),
        ("vague", noticing("vague"), BRIEFING),
        ("unquoted", replace(SURE, answer="", sentences=()), BRIEFING),
        ("no_article", replace(SURE, answer="", cites=()), BRIEFING),
        ("no_article", replace(SURE, answer="", sentences=(), confidence=0.49), BRIEFING),
        ("low_confidence", replace(SURE, confidence=0.49), BRIEFING),
    ],
)
def test_each_rule_escalates_by_its_name(rule: str, proposal: Proposal, briefing: Briefing) -> None:
    """Law: one reason is enough, the rule is cited, the reason is a sentence, nothing is sent."""
    decision = decided(proposal, briefing)

    assert (decision.decision, decision.rule) == ("escalate", rule)
    assert decision.reasons[0].endswith(".")
    assert decision.answer == ""
    assert rule in {known.name for known in ESCALATION}


def test_of_a_ticket_that_an_article_covers_nobody_says_that_none_does() -> None:
    """Law: each reason that is given is true; where no part of the article is sent, that is it."""
    reasons = decided(replace(SURE, answer="", sentences=()), BRIEFING).reasons
    assert [reason.split(",")[0] for reason in reasons] == ["An article covers this"]


@pytest.mark.parametrize(
    ("found", "told"), [(0.349, "0.34"), (0.3, "0.30"), (0.29, "0.29"), (0.0, "0.00")]
)
def test_what_is_not_sure_enough_never_reads_as_if_it_were(found: float, told: str) -> None:
    """Law: the figure is cut off, not rounded up to what is asked for."""
    settings = SETTINGS.model_copy(update={"confidence": 0.35})
    [reason] = decided(replace(SURE, confidence=found), BRIEFING, settings).reasons
    assert reason == f"The agent is not sure enough: {told}, at least 0.35 is asked for."


@pytest.mark.parametrize(
    ("signal", "words"),
    [
        ("charge_of_another", "not this customer's"),
        ("charge_spent", "given back already"),
        ("more_than_paid", "More money back is asked for than is left"),
    ],
)
def test_a_refund_that_cannot_be_says_why(signal: str, words: str) -> None:
    """Law: whoever gets the ticket need not find out what the agent knew."""
    decision = decided(noticing("refund_wanted", signal))
    assert decision.rule == "act_impossible"
    assert words in decision.reasons[0]


@pytest.mark.parametrize(
    ("proposal", "briefing"),
    [
        *((noticing(name), BRIEFING) for name in SWITCHED),
        (noticing("integration", "repeated_contact"), BRIEFING),
        (SURE, of(role="executive", tier="enterprise", tickets_30_days=9)),
        (SURE, of(role="first_time")),
        (SURE, replace(BRIEFING, similar_open=99)),
    ],
)
def test_a_rule_that_is_switched_off_decides_nothing(
    proposal: Proposal, briefing: Briefing
) -> None:
    """Law: app.yaml can switch off every rule it names."""
    assert decided(proposal, briefing, OFF).decision == "answer"


@pytest.mark.parametrize("name", ["injection", "spam", "secrecy", "vague"])
def test_what_protects_from_the_agent_cannot_be_switched_off(name: str) -> None:
    """Law: steering, advertising, secrecy and tickets about nothing are never answered."""
    assert decided(noticing(name), settings=OFF).rule == name


def test_earlier_rules_decide_and_later_ones_are_still_told() -> None:
    """Law: the first rule that holds is cited; the reasons of all others follow it."""
    decision = decided(noticing("distress", "safety", "injection"), of(tier="enterprise"))

    assert decision.rule == "injection"
    assert len(decision.reasons) == 3


@pytest.mark.parametrize("rule", [rule.name for rule in BEFORE_ACTS if rule.name != "executive"])
def test_no_act_passes_what_a_person_should_hear_about_first(rule: str) -> None:
    """Law: danger, law, despair and steering come before any proposed act."""
    decision = decided(replace(noticing(rule), acts=(REFUND,)))

    assert (decision.decision, decision.rule, decision.acts) == ("escalate", rule, ())


def test_an_act_is_proposed_with_its_grade() -> None:
    """Law: what no gate matches is still an act for one approver, whatever the tier."""
    decision = decided(replace(SURE, acts=(REFUND,)), of(tier="enterprise"))

    assert (decision.decision, decision.rule) == ("act", "act_proposed")
    assert [act.grade.level for act in decision.acts] == ["one"]


@pytest.mark.parametrize(
    ("act", "gates"),
    [
        (REFUND, (Gate(name="closed", act="refund", grade="never"),)),
        (ProposedAct("refund", {"amount": 1}), ()),
        (ProposedAct("wire_transfer", {}), ()),
    ],
)
def test_an_act_that_may_never_run_is_escalated(act: ProposedAct, gates: tuple[Gate, ...]) -> None:
    """Law: a closed gate or an open schema leaves no act behind."""
    decision = decided(replace(SURE, acts=(act,)), gates=gates)

    assert (decision.decision, decision.rule, decision.acts) == ("escalate", "gate_closed", ())


@pytest.mark.parametrize(
    ("priority", "rule_signals", "severity", "facts"),
    [
        (5, (), 1, {}),
        (4, (), 2, {}),
        (3, (), 4, {}),
        (2, (), 3, {"tier": "enterprise"}),
        (1, (), 4, {"tier": "enterprise"}),
        (1, ("safety",), 1, {}),
        (2, ("legal",), 1, {}),
        (2, ("distress",), 1, {}),
        (5, ("spam",), 4, {"tier": "enterprise"}),
    ],
)
def test_priority_is_severity_times_impact_within_the_rules_bounds(
    priority: int, rule_signals: tuple[str, ...], severity: int, facts: dict[str, Any]
) -> None:
    """Law: 1 is now and 5 is when there is time; no customer is too small for danger or despair."""
    proposal = replace(noticing(*rule_signals), severity=severity)

    assert decided(proposal, of(**facts)).priority == priority


@pytest.mark.parametrize(
    ("signals", "severity", "said"),
    [
        (("safety",), 1, "Such a ticket is never less urgent than P1."),
        (("spam",), 4, "Such a ticket is never more urgent than P5."),
        (("distress",), 4, None),
        ((), 1, None),
    ],
)
def test_a_bound_that_set_the_product_aside_is_among_the_reasons(
    signals: tuple[str, ...], severity: int, said: str | None
) -> None:
    """Law: whoever multiplies severity and impact reads why the priority is another one."""
    proposal = replace(noticing(*signals), severity=severity)
    reasons = decided(proposal, of(tier="enterprise") if severity == 4 else of()).reasons

    assert [one for one in reasons if one.startswith("Such a ticket")] == ([said] if said else [])


def test_what_is_near_and_what_is_large_raises_the_impact() -> None:
    """Law: tier or value, role, and a dated moment within two weeks each count; at most four."""
    today = date(2026, 3, 2)
    near = DatedMoment(date(2026, 3, 4), "launch", "Launch of the new site")
    far = DatedMoment(date(2026, 5, 1), "renewal", "Renewal")
    large = {"tier": "business", "yearly_value": Money(6_000_000, "EUR"), "role": "executive"}
    briefing = replace(of(**large, moments=(far, near)), today=today)

    decision = decided(SURE, briefing)

    assert decision.impact == 4
    assert decision.stakes == (
        "Writes as executive",
        "Tier business",
        "60,000.00 EUR a year",
        "Launch of the new site in 2 days",
    )
    assert decided().impact == 1
