"""What puts a ticket before a person, in the order in which it is asked. Pure.

First what no article or refund may paper over (steering the machine, danger, law, despair),
then who writes, then what kind of trouble it is. A proposed act comes behind the first group and
behind an executive, since a person should hear about those before any money moves, but before
the customer's tier and the kind of trouble: its own gate decides who must look at it. Last comes
whether there is an answer at all. Spam is escalated too, at the lowest priority, and never
answered: a person drops it with one look, and a false alarm costs a customer an hour, not a reply.
"""

from collections.abc import Callable
from dataclasses import dataclass

from bot.agent.briefing import Briefing, Proposal
from bot.config.policy import EscalationSettings
from bot.wording.findings import Finding

# So many times what is usual is no ordinary busy hour.
SPIKE = 3
# From this severity on a ticket tells of something that fails, and does not merely ask.
FAILS = 2


@dataclass(frozen=True)
class Case:
    """`proposal` holds what of its answer may be sent, `dropped` the checks that the rest failed;
    `findings` are how that answer reads."""

    briefing: Briefing
    proposal: Proposal
    settings: EscalationSettings
    dropped: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()

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
    "refund_wanted": "Money back is asked for, and no charge on record settles which and how much.",
    "account_change": "A change of the account is asked for, and its words leave something open.",
    "deed_wanted": "Something is to be done to money, an order, an account or a way in, which no "
    "article does.",
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
    if many and case.briefing.incident and case.proposal.severity >= FAILS:
        return f"A known incident: {case.briefing.incident}."
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
    if case.proposal.acts:
        return ""
    told = (sentence for signal, sentence in _IMPOSSIBLE.items() if case.notices(signal))
    return next(told, "")


def _unsupported(case: Case) -> str:
    if case.proposal.answer or not case.dropped:
        return ""
    return f"No article supports what the agent wrote ({', '.join(dict.fromkeys(case.dropped))})."


def _wording(case: Case) -> str:
    grave = [finding.name.replace("_", " ") for finding in case.findings if finding.grave]
    return f"A person should look at how it reads: {', '.join(grave)}." if grave else ""


def _unquoted(case: Case) -> str:
    proposal = case.proposal
    is_sure = bool(proposal.cites) and proposal.confidence >= case.settings.confidence
    if proposal.answer or case.dropped or not is_sure:
        return ""
    return "An article covers this, and which part of it answers is for a person to see."


def _no_article(case: Case) -> str:
    return "" if case.proposal.answer or _unquoted(case) else "No article covers this."


def _low_confidence(case: Case) -> str:
    least, found = case.settings.confidence, case.proposal.confidence
    if found >= least:
        return ""
    # Rounded up it could read as if it were enough.
    told = int(found * 100 + 1e-9) / 100
    return f"The agent is not sure enough: {told:.2f}, at least {least:.2f} is asked for."


BEFORE_ACTS: tuple[Rule, ...] = (
    _signal("injection", "The ticket holds words meant to steer the agent."),
    _signal("spam", "This looks like advertising or fraud."),
    _signal("proposal_refused", "The agent proposed what it may not, and was refused."),
    _signal("agent_escalates", "The agent asks for a person."),
    _signal("secrecy", "Something is wanted behind somebody's back."),
    _signal("safety", "Somebody may be in danger, or a stranger in their account.", "safety"),
    _signal("legal", "The customer speaks of law or authorities.", "legal"),
    _signal("threat", "The customer may leave or go public.", "threat"),
    _signal("distress", "The customer is distressed.", "distress"),
    _signal("human_wanted", "The customer wants to speak with a person.", "human_wanted"),
    _role("executive", "An executive of the customer writes."),
)
WORDING = (Rule("wording", _wording),)
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
    Rule("unsupported", _unsupported),
    Rule("unquoted", _unquoted),
    Rule("no_article", _no_article),
    Rule("low_confidence", _low_confidence),
    *WORDING,
)
# A message is an answer by another way: whoever is to be answered by a person is not sent one, and
# consent to its words is no consent to who says them. What is missing of an answer is its own.
BEFORE_MESSAGES = tuple(
    rule for rule in BEHIND_ACTS if rule.name not in {"unsupported", "unquoted", "no_article"}
)
ESCALATION = (*BEFORE_ACTS, *BEHIND_ACTS)
