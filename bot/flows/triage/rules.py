"""Triage: what becomes of a ticket, and how urgent it is. Pure: no clock, database or platform.

Rules are asked in the order of `ESCALATION`; the first that holds decides and is cited by name.
First what no article or refund may paper over (steering the machine, danger, law, despair),
then who writes, then what kind of trouble it is. A proposed act comes behind the first group and
behind an executive, since a person should hear about those before any money moves, but before
the customer's tier and the kind of trouble: its own gate decides who must look at it. Last comes
whether there is an answer at all. Spam is escalated too, at the lowest priority, and never
answered: a person drops it with one look, and a false alarm costs a customer an hour, not a reply.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from bot.acts import Act
from bot.agent.briefing import Briefing, Proposal, ProposedAct
from bot.config.policy import EscalationSettings, Gate
from bot.flows.triage.priority import bound_by, impact_of, priority_of, stakes_of
from bot.flows.triage.words import signed
from bot.gates import Grade, grade_proposed

# So many times what is usual is no ordinary busy hour.
SPIKE = 3

Outcome = Literal["answer", "escalate", "act"]


@dataclass(frozen=True)
class GradedAct:
    """`act` is None when what the agent handed over has no closed schema; then nothing runs.
    `basis` is the record of the charge that it is out of, in plain JSON."""

    kind: str
    act: Act | None
    grade: Grade
    basis: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Decision:
    """What becomes of a ticket and why, complete enough to be read months later.

    `priority` is 1 (now) to 5 (when there is time); `rule` names the rule that decided and
    `reasons` say it in sentences; `stakes` are what the customer stands to lose. `withheld` is an
    answer that the rule kept from the customer and a person may start from; `found` are articles
    near the question, the nearest first.
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


@dataclass(frozen=True)
class Case:
    briefing: Briefing
    proposal: Proposal
    settings: EscalationSettings

    def notices(self, signal: str) -> bool:
        return signal in self.proposal.signals


@dataclass(frozen=True)
class Rule:
    """`holds` returns the sentence that says why, or nothing."""

    name: str
    holds: Callable[[Case], str]


_IMPOSSIBLE = {
    "charge_of_another": "Money back is asked for, of a charge that is not this customer's: "
    "take care, it may be somebody else's or a fraud.",
    "charge_spent": "Money back is asked for, of a charge that was given back already.",
    "more_than_paid": "More money back is asked for than is left of the charge.",
}


def _signal(name: str, sentence: str, switch: str | None = None) -> Rule:
    """A rule on one signal; `switch` is its key under `escalation.rules`, if it has one.

    The customer's words behind it stay out of the sentence: reasons are kept when text is erased.
    """

    def holds(case: Case) -> str:
        is_on = switch is None or bool(getattr(case.settings.rules, switch))
        return sentence if is_on and case.notices(name) else ""

    return Rule(name, holds)


def _role(role: str, sentence: str) -> Rule:
    def holds(case: Case) -> str:
        customer = case.briefing.customer
        is_on = bool(getattr(case.settings.rules, role))
        return sentence if is_on and customer is not None and customer.role == role else ""

    return Rule(role, holds)


def _high_tier(case: Case) -> str:
    customer = case.briefing.customer
    if customer is None or customer.tier not in case.settings.rules.high_tier:
        return ""
    return f"Customers of the tier {customer.tier} are answered by a person."


def _repeated_contact(case: Case) -> str:
    most = case.settings.rules.repeated_contact
    customer = case.briefing.customer
    if not most:
        return ""
    if customer is not None and customer.tickets_30_days >= most:
        return f"The customer wrote {customer.tickets_30_days} times within 30 days."
    return "The customer says they asked before." if case.notices("repeated_contact") else ""


def _incident(case: Case) -> str:
    many, similar = case.settings.rules.incident, case.briefing.similar_open
    if not many or similar < many:
        return ""
    return f"{similar} open tickets tell of the same trouble."


def _spike(case: Case) -> str:
    many, alike = case.settings.rules.spike, case.briefing.alike_open
    usual = case.briefing.alike_usually
    if not many or alike < many or alike < SPIKE * usual:
        return ""
    return f"{alike} open tickets are of this category, where {usual:.1f} are usual."


def _act_impossible(case: Case) -> str:
    if case.proposal.acts or not case.notices("refund_wanted"):
        return ""
    told = (sentence for signal, sentence in _IMPOSSIBLE.items() if case.notices(signal))
    return next(
        told, "Money back is asked for, and no charge on record settles which and how much."
    )


def _no_article(case: Case) -> str:
    return "" if case.proposal.answer else "No article covers this."


def _low_confidence(case: Case) -> str:
    least, found = case.settings.confidence, case.proposal.confidence
    if found >= least:
        return ""
    return f"The agent is not sure enough: {found:.2f}, at least {least:.2f} is asked for."


BEFORE_ACTS: tuple[Rule, ...] = (
    _signal("injection", "The ticket holds words meant to steer the agent."),
    _signal("spam", "This looks like advertising or fraud."),
    _signal("secrecy", "Something is wanted behind somebody's back."),
    _signal("safety", "Somebody may be in danger, or a stranger in their account.", "safety"),
    _signal("legal", "The customer speaks of law or authorities.", "legal"),
    _signal("threat", "The customer may leave or go public.", "threat"),
    _signal("distress", "The customer is distressed.", "distress"),
    _signal("human_wanted", "The customer wants to speak with a person.", "human_wanted"),
    _role("executive", "An executive of the customer writes."),
)
BEHIND_ACTS: tuple[Rule, ...] = (
    _signal("rejected_before", "An approver said no to this lately, and it is asked for again."),
    Rule("high_tier", _high_tier),
    _role("first_time", "The customer writes for the first time."),
    Rule("incident", _incident),
    Rule("spike", _spike),
    Rule("repeated_contact", _repeated_contact),
    _signal("several_products", "Several products are involved.", "several_products"),
    _signal("integration", "An integration gives trouble.", "integration"),
    Rule("act_impossible", _act_impossible),
    _signal("vague", "The ticket does not say what it is about."),
    Rule("no_article", _no_article),
    Rule("low_confidence", _low_confidence),
)
ESCALATION = (*BEFORE_ACTS, *BEHIND_ACTS)
# The answer was good enough and somebody else is to give it. To distress or a threat nobody starts
# from an article's words, and one that was not trusted would only have to be deleted.
WITHHELD = frozenset(
    {"high_tier", "first_time", "incident", "spike", "repeated_contact", "several_products"}
) | {"integration"}


def decide(
    briefing: Briefing,
    proposal: Proposal,
    settings: EscalationSettings,
    gates: Sequence[Gate] = (),
    refunds_per_day: int | None = None,
) -> Decision:
    """Decide on an agent's proposal: escalate, propose its acts graded by the gates, or answer."""
    case = Case(briefing, proposal, settings)
    acts = tuple(
        GradedAct(
            act.kind,
            *grade_proposed(
                signed(act, proposal.language), briefing.customer, gates, refunds_per_day
            ),
            _basis(act, briefing),
        )
        for act in proposal.acts
    )
    escalating = _first(BEFORE_ACTS, case)
    if escalating is None and acts:
        return _acting(case, acts)
    escalating = escalating or _first(BEHIND_ACTS, case)
    if escalating is not None:
        return _decision(case, "escalate", *escalating)
    reason = f"An article covers this (confidence {proposal.confidence:.2f})."
    return _decision(case, "answer", "answered", (reason,))


def _withheld(case: Case, rule: str) -> str:
    is_trusted = case.proposal.confidence >= case.settings.confidence
    return case.proposal.answer if rule in WITHHELD and is_trusted else ""


def _basis(act: ProposedAct, briefing: Briefing) -> Mapping[str, Any]:
    for charge in briefing.charges:
        if charge.id == act.args.get("charge"):
            return {
                "captured": charge.captured.amount,
                "refundable": charge.refundable.amount,
                "currency": charge.captured.currency,
                "on": charge.on.isoformat() if charge.on else None,
            }
    return {}


def _acting(case: Case, acts: tuple[GradedAct, ...]) -> Decision:
    """Propose the acts, unless a gate says that one of them may never run."""
    closed = tuple(f"{act.kind}: {act.grade.reason}" for act in acts if act.grade.level == "never")
    if closed:
        return _decision(case, "escalate", "gate_closed", closed)
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
        cites=proposal.cites,
        answer=proposal.answer if decision == "answer" else "",
        withheld=_withheld(case, rule),
        found=tuple(dict.fromkeys(passage.article for passage in case.briefing.passages)),
        confidence=proposal.confidence,
        language=proposal.language,
        agent=proposal.agent,
        playbook=proposal.playbook,
        summary=proposal.summary,
    )
