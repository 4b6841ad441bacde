"""From what the model decided to a proposal: checked against the record, field by field.

Nothing a model says is believed here because it says so. Its acts are those of the closed schemas,
about this ticket, this customer and this customer's charges; its citations are of articles it has
read; and of the signals it can only add to those that the words themselves show.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

from pydantic import ValidationError

from bot.acts import AccountChange, Act, Refund, parse
from bot.agent.amounts import emails_in
from bot.agent.briefing import Briefing, Citation, Proposal, ProposedAct, Sentence
from bot.agent.claude.lookups import Lookups
from bot.agent.claude.model import Call
from bot.agent.claude.tools import (
    DECISIONS,
    PROPOSING,
    Answer,
    AskCustomer,
    Assessment,
    Decided,
    Escalate,
    Line,
    Propose,
)
from bot.agent.passages import passages_of
from bot.agent.proposals import REJECTED, was_rejected
from bot.agent.redaction import Redaction

NAME = "claude"
REFUSED, ASKED_FOR_PERSON = "proposal_refused", "agent_escalates"


class NotAllowed(Exception):
    """This proposal is refused; the words name fields and repeat no value."""


def read_call(call: Call) -> Decided:
    """Raises NotAllowed where a field is missing, unknown or of another kind."""
    try:
        return DECISIONS[call.tool].model_validate(call.args)
    except ValidationError as error:
        wrong = {each["type"] for each in error.errors()}
        raise NotAllowed(f"{call.tool}: {', '.join(sorted(wrong))}") from None


def handed(
    calls: Sequence[tuple[str, Decided]],
    briefing: Briefing,
    read: Proposal,
    lookups: Lookups,
    redaction: Redaction,
    categories: Collection[str],
) -> Proposal:
    """The model's decision on top of `read`, what the words alone say. To hand over to a person
    goes before an act, an act before a question, and a question before an answer."""
    proposal = _assessed(read, calls[0][1].assessment, categories)
    told = [decision for _, decision in calls]
    if any(isinstance(decision, Escalate) for decision in told):
        return _noticing(proposal, ASKED_FOR_PERSON)
    acts = tuple(
        checked_act(PROPOSING[tool], decision.act, briefing, redaction)
        for tool, decision in calls
        if isinstance(decision, Propose)
    )
    if acts:
        wanted = tuple(act for act in acts if not was_rejected(act, briefing))
        return replace(proposal, acts=wanted) if wanted else _noticing(proposal, REJECTED)
    for decision in told:
        if isinstance(decision, AskCustomer):
            questions = tuple(redaction.restore(each) for each in decision.questions)
            return replace(proposal, questions=questions)
    answers = [decision for decision in told if isinstance(decision, Answer)]
    return _answered(proposal, answers[0], lookups, redaction)


def refused(read: Proposal) -> Proposal:
    """What is left of a decision that was refused: a ticket for a person."""
    return _noticing(replace(read, agent=NAME, acts=(), answer="", cites=()), REFUSED)


def checked_act(kind: str, args: Any, briefing: Briefing, redaction: Redaction) -> ProposedAct:
    """The act with its addresses put back, where the record bears it; else raises NotAllowed."""
    told = redaction.restored(args)
    try:
        act = parse(kind, told)
    except ValueError:
        raise NotAllowed(f"{kind}: not of its schema") from None
    customer = briefing.customer
    if act.model_dump()["ticket"] != briefing.ticket:
        raise NotAllowed(f"{kind}: another ticket")
    if customer is None or act.model_dump().get("customer", customer.id) != customer.id:
        raise NotAllowed(f"{kind}: another customer")
    if wrong := _not_borne(act, briefing):
        raise NotAllowed(f"{kind}: {wrong}")
    return ProposedAct(kind, {name: value for name, value in told.items() if name != "kind"})


def _not_borne(act: Act, briefing: Briefing) -> str:
    """What of the act the systems of record do not bear out."""
    if isinstance(act, Refund):
        mine = {charge.id: charge.refundable for charge in briefing.charges}
        left = mine.get(act.charge)
        if left is None or left.currency != act.currency:
            return "no charge of this customer"
        return "more than is left of the charge" if act.amount > left.amount else ""
    if isinstance(act, AccountChange):
        if briefing.customer is None or act.account != briefing.customer.account:
            return "another account"
        wrote = {address.lower() for address in emails_in(_words(briefing))}
        is_address = act.change in ("billing_email", "owner")
        return "an address nobody wrote" if is_address and act.value.lower() not in wrote else ""
    return ""


def _words(briefing: Briefing) -> str:
    said = (said.text for said in briefing.said if said.author == "customer")
    return "\n".join([briefing.subject, *said])


def _assessed(read: Proposal, told: Assessment, categories: Collection[str]) -> Proposal:
    """Of two readings the graver: a model that was talked into calm changes nothing."""
    added = {name: "noticed by the model" for name in told.signals}
    return replace(
        read,
        agent=NAME,
        category=told.category if told.category in categories else read.category,
        severity=max(read.severity, told.severity),
        sentiment=min(read.sentiment, told.sentiment),
        confidence=told.confidence,
        signals=added | dict(read.signals),
        answer="",
        sentences=(),
        questions=(),
        cites=(),
        acts=(),
    )


def _answered(
    proposal: Proposal, answer: Answer, lookups: Lookups, redaction: Redaction
) -> Proposal:
    """An answer without any citation is none."""
    sentences = tuple(_sentence(line, lookups, redaction) for line in answer.sentences)
    cites = tuple(dict.fromkeys(cite.article for each in sentences for cite in each.cites))
    if not cites:
        return replace(proposal, confidence=0.0)
    text = " ".join(each.text for each in sentences)
    read = tuple(lookups.read[article] for article in cites)
    return replace(proposal, answer=text, sentences=sentences, cites=cites, read=read)


def _sentence(line: Line, lookups: Lookups, redaction: Redaction) -> Sentence:
    cites = tuple(
        Citation(each.article, each.passage)
        for each in line.cites
        if each.article in lookups.read
        and each.passage <= len(passages_of(lookups.read[each.article].text))
    )
    return Sentence(redaction.restore(line.text), cites)


def _noticing(proposal: Proposal, signal: str) -> Proposal:
    return replace(proposal, signals={signal: "the agent", **proposal.signals})
