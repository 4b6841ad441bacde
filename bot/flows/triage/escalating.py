"""Put a ticket before a person, once, and let the customer know."""

from collections.abc import Sequence

from bot import events
from bot.config import Settings
from bot.config.directory import Directory
from bot.flows.triage.promise import promise
from bot.flows.triage.words import a_person_will_answer
from bot.ports import Clock
from storage.models import Author, Decision, Escalation, Message, Ticket
from storage.unit_of_work import UnitOfWork

# Whoever sends advertising is not promised an answer, and neither is an attempt to steer us.
UNANSWERED = frozenset({"spam", "injection", "draft"})
_REASONS = {
    "act_rejected": "An approver said no to what the agent proposed.",
    "act_expired": "Nobody decided in time on what the agent proposed.",
    "act_refused": "What was approved could not be carried out.",
    "act_unclear": "Nobody can tell yet whether what was approved has happened.",
    "gate_closed": "No gate lets pass what the agent proposed.",
}


def escalate(
    ticket: Ticket,
    rule: str,
    reasons: Sequence[str],
    uow: UnitOfWork,
    settings: Settings,
    directory: Directory,
    clock: Clock,
    decision: Decision | None = None,
) -> Escalation:
    """The ticket's open escalation, made when there is none."""
    known = uow.escalations.open_of(ticket.id)
    if known is not None:
        return known
    now = clock.now()
    escalation = uow.escalations.add(
        Escalation(
            ticket_id=ticket.id,
            decision_id=decision.id if decision else None,
            rule=rule,
            reasons=list(reasons),
            created_at=now,
        )
    )
    uow.record(
        now,
        "escalated",
        "triage",
        f"escalation:{escalation.id}",
        {"ticket": ticket.id, "rule": rule},
    )
    uow.emit(events.EscalationRaised(escalation.id), urgent=0)
    if rule not in UNANSWERED and settings.mode_for(ticket.category) == "live":
        _tell_customer(ticket, escalation, uow, settings, directory, clock)
    return escalation


def escalate_act(
    event: events.ActRejected | events.ApprovalExpired,
    uow: UnitOfWork,
    settings: Settings,
    directory: Directory,
    clock: Clock,
) -> None:
    """A no and a silence both bring the ticket to a person."""
    approval = uow.approvals.get(event.approval)
    rule = "act_rejected" if isinstance(event, events.ActRejected) else "act_expired"
    reasons = [_REASONS[rule], *([f"Reason: {approval.reason}"] if approval.reason else [])]
    _again(approval.ticket_id, rule, reasons, approval.decision_id, uow, settings, directory, clock)


def escalate_effect(
    event: events.EffectRefused | events.EffectStuck,
    uow: UnitOfWork,
    settings: Settings,
    directory: Directory,
    clock: Clock,
) -> None:
    effect = uow.effects.get(event.effect)
    rule = "act_refused" if isinstance(event, events.EffectRefused) else "act_unclear"
    reasons = [_REASONS[rule], f"{effect.kind.replace('_', ' ').capitalize()}: {effect.trouble}."]
    decision = uow.escalations.decision_of(effect.ticket_id)
    decision_id = decision.id if decision else None
    _again(effect.ticket_id, rule, reasons, decision_id, uow, settings, directory, clock)


def escalate_forbidden(
    event: events.ActForbidden,
    uow: UnitOfWork,
    settings: Settings,
    directory: Directory,
    clock: Clock,
) -> None:
    decision = uow.escalations.decision(event.decision)
    reasons = [_REASONS["gate_closed"], f"Gate: {event.gate}."]
    _again(decision.ticket_id, "gate_closed", reasons, decision.id, uow, settings, directory, clock)


def _again(
    ticket_id: int,
    rule: str,
    reasons: Sequence[str],
    decision_id: int | None,
    uow: UnitOfWork,
    settings: Settings,
    directory: Directory,
    clock: Clock,
) -> None:
    decision = uow.escalations.decision(decision_id) if decision_id else None
    ticket = uow.tickets.get(ticket_id)
    escalate(ticket, rule, reasons, uow, settings, directory, clock, decision)


def _tell_customer(
    ticket: Ticket,
    escalation: Escalation,
    uow: UnitOfWork,
    settings: Settings,
    directory: Directory,
    clock: Clock,
) -> None:
    now = clock.now()
    people = directory.with_role("specialist")
    by = promise(people, now, ticket.priority or 3)
    message = uow.tickets.say(
        Message(
            ticket_id=ticket.id,
            customer_id=ticket.customer_id,
            author=Author.AGENT,
            body=a_person_will_answer(ticket.language, by),
            draft=True,
            created_at=now,
        )
    )
    effect_id = uow.effects.add(
        kind="reply",
        key=f"{settings.installation}-m{message.id}",
        authority=f"policy:{escalation.rule}",
        approval_id=None,
        ticket_id=ticket.id,
        message_id=message.id,
        payload={},
        created_at=now,
    )
    if effect_id is not None:
        uow.emit(events.EffectReady(effect_id))
