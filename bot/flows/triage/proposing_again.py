"""An approver asks for changes: the agent proposes its act anew, or leaves it to a colleague."""

import json
from dataclasses import dataclass, replace

from bot import approval_events
from bot.agent.briefing import Agent, ChangeWanted
from bot.agent.noticing import Wording
from bot.config import Settings
from bot.dossier import dossier
from bot.errors import OutsideError
from bot.flows.triage import flow, rules
from bot.flows.triage.gathering import Reading
from bot.flows.triage.recording import record
from bot.ports import AccountActions, Clock, Payments
from bot.steps import Verdict
from storage.models import Approval
from storage.repositories import Claimed
from storage.search import Nearest
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class AskedAgain:
    kind: str
    question: flow.Question


def plan(
    event: approval_events.ChangesWanted, uow: UnitOfWork, delivery: Claimed, clock: Clock
) -> AskedAgain | None:
    """It is shown the whole conversation: what it proposed rests on all of it."""
    approval = uow.approvals.get(event.approval)
    if not _is_open(approval, event):
        return None
    ticket = uow.tickets.get(approval.ticket_id)
    text = uow.tickets.text(ticket.id)
    who = dossier(uow, ticket.customer_id, clock.now())
    said = uow.tickets.conversation(ticket.id, public_only=True)
    briefing = flow.briefed(ticket, text.subject if text else "", said, who, uow, clock)
    asked = uow.approvals.versions(approval.id)[-1].question
    wanted = ChangeWanted(approval.kind, json.loads(approval.payload), asked)
    briefing = replace(briefing, to_change=wanted, may_ask=False)
    question = flow.Question(ticket.id, (), delivery.created_at, briefing, who.payment_ref)
    return AskedAgain(approval.kind, question)


def act(
    intent: AskedAgain,
    agent: Agent,
    wording: Wording | None,
    settings: Settings,
    reading: Reading,
    payments: Payments | None,
    account_actions: AccountActions | None,
    clock: Clock,
    nearest: Nearest | None,
) -> rules.Decision:
    outside = payments, account_actions
    return flow.act(intent.question, agent, wording, settings, reading, *outside, clock, nearest)


def settle(
    event: approval_events.ChangesWanted,
    intent: AskedAgain,
    outcome: rules.Decision | OutsideError,
    uow: UnitOfWork,
    settings: Settings,
    clock: Clock,
) -> Verdict:
    """Whatever it says beside that one act is not asked for, and is dropped."""
    approval = uow.approvals.get(event.approval)
    if not _is_open(approval, event):
        return None
    # Without a model the act is the same as ever, whoever words it.
    if not isinstance(outcome, OutsideError) and outcome.decision == "act" and not outcome.run.note:
        kept = tuple(graded for graded in outcome.acts if graded.kind == intent.kind)[:1]
        ticket = uow.tickets.get(approval.ticket_id)
        if kept and approval.customer_id == ticket.customer_id:
            decision = record(ticket, replace(outcome, acts=kept), uow, settings, clock)
            anew = approval_events.ActRevised(event.approval, event.version, decision.id)
            uow.emit(anew)
            return None
    uow.emit(approval_events.ChangesLeft(event.approval, event.version))
    return None


def _is_open(approval: Approval, event: approval_events.ChangesWanted) -> bool:
    is_same = approval.version == event.version
    return is_same and approval.is_returned and bool(approval.payload)
