"""Triage: what becomes of a ticket, and how urgent it is. Pure: no clock, database or platform.

The rules of `reasons` are asked in their order; the first that holds decides and is cited by name.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from bot.acts import Act
from bot.agent.briefing import Briefing, Passage, Proposal, ProposedAct, Run
from bot.config.policy import EscalationSettings, Gate
from bot.flows.triage.priority import bound_by, impact_of, priority_of, stakes_of
from bot.flows.triage.reasons import (
    BEFORE_ACTS,
    BEFORE_MESSAGES,
    BEHIND_ACTS,
    WORDING,
    Case,
    Rule,
)
from bot.flows.triage.vetting import vet
from bot.flows.triage.words import asking, signed
from bot.gates import Grade, grade_proposed
from bot.wording.findings import Finding

Outcome = Literal["answer", "ask", "escalate", "act"]


@dataclass(frozen=True)
class GradedAct:
    """`act` is None when what the agent handed over has no closed schema; then nothing runs.
    `basis` is the record of the charge that it is out of, or of what it changes, in plain JSON."""

    kind: str
    act: Act | None
    grade: Grade
    basis: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Decision:
    """What becomes of a ticket and why, complete enough to be read months later.

    `priority` is 1 (now) to 5 (when there is time); `rule` names the rule that decided and
    `reasons` say it in sentences; `stakes` are what the customer stands to lose. `answer` is what
    they are told, or asked. `withheld` is an answer that the rule kept from them and a person may
    start from; `found` are articles near the question, the nearest first.
    """

    decision: Outcome
    rule: str
    reasons: tuple[str, ...]
    category: str
    severity: int
    impact: int
    priority: int
    sentiment: int
    stakes: tuple[str, ...]
    acts: tuple[GradedAct, ...]
    cites: tuple[str, ...]
    answer: str
    withheld: str
    found: tuple[str, ...]
    confidence: float
    language: str
    agent: str
    playbook: str
    summary: str
    run: Run


# The answer was good enough and somebody else is to give it. To distress or a threat nobody starts
# from an article's words, and one that was not trusted would only have to be deleted.
WITHHELD = frozenset(
    {"high_tier", "first_time", "incident", "spike", "repeated_contact", "several_products"}
) | {"integration", "wording"}
# Where there is no answer, the customer may know more than they wrote; what harms them now waits
# for no answer of theirs.
ASKABLE = frozenset({"vague", "unsupported", "unquoted", "no_article", "low_confidence"})
HARM = 4


def decide(
    briefing: Briefing,
    proposal: Proposal,
    settings: EscalationSettings,
    gates: Sequence[Gate] = (),
    refunds_per_day: int | None = None,
    noticed: Sequence[Finding] = (),
    held: Sequence[Gate] | None = None,
) -> Decision:
    """Decide on an agent's proposal: escalate, propose its acts graded by the gates, or answer.

    What somebody else `noticed` in its words is added to what the rules find.
    """
    briefing = replace(briefing, passages=_read(briefing, proposal))
    left = vet(briefing, proposal)
    proposal = left.proposal
    case = Case(briefing, proposal, settings, left.dropped, (*left.findings, *noticed))
    acts = tuple(
        GradedAct(
            act.kind,
            *grade_proposed(
                signed(act, proposal.language), briefing.customer, gates, refunds_per_day, held
            ),
            _basis(act, briefing),
        )
        for act in proposal.acts
    )
    escalating = _first(BEFORE_ACTS, case)
    if escalating is None and acts:
        return _acting(case, acts)
    escalating = escalating or _first(BEHIND_ACTS, case)
    if escalating is not None and _may_ask(case, escalating[0]):
        return _decision(case, "ask", "asked", (_ASKED, *escalating[1]))
    if escalating is not None:
        return _decision(case, "escalate", *escalating)
    reason = f"An article covers this (confidence {proposal.confidence:.2f})."
    return _decision(case, "answer", "answered", (reason,))


def _read(briefing: Briefing, proposal: Proposal) -> tuple[Passage, ...]:
    known = {passage.article for passage in briefing.passages}
    more = (passage for passage in proposal.read if passage.article not in known)
    return (*briefing.passages, *more)


_ASKED = "The customer is asked for what is missing."


def _may_ask(case: Case, rule: str) -> bool:
    """Whoever is harmed is not kept waiting for an answer to questions, and none that reads badly
    is asked."""
    is_urgent = case.proposal.severity >= HARM
    is_grave = any(finding.grave for finding in case.findings)
    return (
        rule in ASKABLE
        and bool(case.proposal.questions)
        and case.briefing.may_ask
        and not is_urgent
        and not is_grave
    )


def _withheld(case: Case, rule: str) -> str:
    is_trusted = case.proposal.confidence >= case.settings.confidence
    return case.proposal.answer if rule in WITHHELD and is_trusted else ""


def _told(proposal: Proposal, decision: Outcome) -> str:
    if decision == "ask":
        return asking(proposal.language, proposal.questions)
    return proposal.answer if decision == "answer" else ""


def _basis(act: ProposedAct, briefing: Briefing) -> Mapping[str, Any]:
    for charge in briefing.charges:
        if charge.id == act.args.get("charge"):
            return {
                "captured": charge.captured.amount,
                "refundable": charge.refundable.amount,
                "currency": charge.captured.currency,
                "on": charge.on.isoformat() if charge.on else None,
            }
    before = briefing.account_now.get(str(act.args.get("change")))
    return {"before": before} if act.kind == "account_change" and before else {}


def _acting(case: Case, acts: tuple[GradedAct, ...]) -> Decision:
    """Propose the acts, unless a gate says that one of them may never run, or one is a message
    that a person should write."""
    closed = tuple(f"{act.kind}: {act.grade.reason}" for act in acts if act.grade.level == "never")
    if closed:
        return _decision(case, "escalate", "gate_closed", closed)
    speaks = any(act.kind == "reply" for act in acts)
    if held := _first(BEFORE_MESSAGES if speaks else WORDING, case):
        return _decision(case, "escalate", *held)
    reasons = tuple(f"{act.kind}: {act.grade.reason}" for act in acts)
    return _decision(case, "act", "act_proposed", reasons, acts)


def _first(rules: Sequence[Rule], case: Case) -> tuple[str, tuple[str, ...]] | None:
    """The first rule that holds with its sentence, followed by the sentences of all others."""
    held = [(rule.name, sentence) for rule in rules if (sentence := rule.holds(case))]
    if not held:
        return None
    return held[0][0], tuple(sentence for _, sentence in held)


def _decision(
    case: Case,
    decision: Outcome,
    rule: str,
    reasons: tuple[str, ...],
    acts: tuple[GradedAct, ...] = (),
) -> Decision:
    proposal = case.proposal
    impact = impact_of(case.briefing, case.settings.stakes)
    bound = bound_by(rule, proposal.severity, impact)
    return Decision(
        decision=decision,
        rule=rule,
        reasons=(*reasons, bound) if bound else reasons,
        category=proposal.category,
        severity=proposal.severity,
        impact=impact,
        priority=priority_of(rule, proposal.severity, impact),
        sentiment=proposal.sentiment,
        stakes=stakes_of(case.briefing),
        acts=acts,
        cites=proposal.cites if decision != "ask" else (),
        answer=_told(proposal, decision),
        withheld=_withheld(case, rule),
        found=tuple(dict.fromkeys(passage.article for passage in case.briefing.passages)),
        confidence=proposal.confidence,
        language=proposal.language,
        agent=proposal.agent,
        playbook=proposal.playbook,
        summary=proposal.summary,
        run=proposal.run,
    )
