"""Put a ticket before a person, once, and let the customer know."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot import agent_events, approval_events, events
from bot.config import Settings
from bot.config.directory import Directory
from bot.dossier import dossier, is_chat
from bot.entitlement import looks_after
from bot.flows.triage.promise import promise
from bot.flows.triage.words import a_person_will_answer
from bot.outgoing import INTERNAL, Outgoing
from bot.ports import Clock
from bot.promises import promise as promise_to
from storage.models import (
    Author,
    Certainty,
    Decision,
    Escalation,
    Message,
    Ticket,
    TicketStatus,
)
from storage.unit_of_work import UnitOfWork

GIVEN_AWAY = "requester_changed"
# In a draft category a person sends everything; the others wrote to somebody, or as somebody, else.
UNTOLD = frozenset({"draft", "colleague_answered", "outsider", GIVEN_AWAY})
# An answer tells advertisers that somebody reads. Whoever we know is told: they set off a false
# alarm more often than they attack.
UNTOLD_STRANGERS = frozenset({"spam", "injection"})
# These are found before the agent is asked, so that there is no decision to rehearse.
UNDECIDED = frozenset({"colleague_answered", "outsider", "agent_away"})
_REASONS = {
    "act_rejected": "An approver said no to what the agent proposed.",
    "act_expired": "Nobody decided in time on what the agent proposed.",
    "act_lapsed": "What the agent proposed cannot be done any more: its charge has less left, or "
    "is another customer's.",
    "act_refused": "What was approved could not be carried out.",
    "act_unclear": "Nobody can tell yet whether what was approved has happened.",
    "act_unreached": "The other side was not reached, so what was approved has not happened.",
    "act_repeated": "An act about the same thing was approved on this ticket before, or waits.",
    "gate_closed": "No gate lets pass what the agent proposed.",
}
_ENDS: Mapping[type[object], str] = {
    events.ActRejected: "act_rejected",
    events.ApprovalExpired: "act_expired",
    approval_events.ActLapsed: "act_lapsed",
}


@dataclass(frozen=True)
class Escalating:
    """Raises escalations inside the caller's transaction."""

    settings: Settings
    directory: Directory
    clock: Clock
    outgoing: Outgoing

    def escalate(
        self,
        uow: UnitOfWork,
        ticket: Ticket,
        rule: str,
        reasons: Sequence[str],
        decision: Decision | None,
    ) -> None:
        """Put the ticket before a person, unless it is before one already; so is then whatever
        its customer has written."""
        uow.tickets.take_up(ticket.id)
        if uow.escalations.open_of(ticket.id) is not None:
            return
        now = self.clock.now()
        if rule in UNDECIDED and self.only_observes(ticket):
            uow.record(now, "not escalated", "triage", f"ticket:{ticket.id}", {"rule": rule})
            return
        escalation = uow.escalations.add(
            Escalation(
                ticket_id=ticket.id,
                decision_id=decision.id if decision else None,
                rule=rule,
                reasons=list(reasons),
                created_at=now,
            )
        )
        about = {"ticket": ticket.id, "rule": rule}
        uow.record(now, "escalated", "triage", f"escalation:{escalation.id}", about)
        uow.emit(events.EscalationRaised(escalation.id), urgent=0)
        is_live = self.settings.mode_for(ticket.category) == "live"
        if is_live and self.outgoing.reaches(ticket) and not self._is_untold(uow, ticket, rule):
            self._tell_customer(uow, ticket, rule)

    def only_observes(self, ticket: Ticket) -> bool:
        """Then the trial channel is the only trace: nobody is asked for anything, but for what a
        colleague made a ticket in the chat."""
        return not is_chat(ticket) and self.settings.mode_for(ticket.category) == "observe"

    def _is_untold(self, uow: UnitOfWork, ticket: Ticket, rule: str) -> bool:
        if ticket.desk_owner:
            # A colleague speaks with them in the help desk.
            return True
        if rule not in UNTOLD_STRANGERS:
            return rule in UNTOLD
        facts = dossier(uow, ticket.customer_id, self.clock.now()).facts
        return not facts.account and not facts.earlier_tickets

    def _tell_customer(self, uow: UnitOfWork, ticket: Ticket, rule: str) -> None:
        """That a person has it, and by when that person answers, where hours back a time."""
        now = self.clock.now()
        who = dossier(uow, ticket.customer_id, now)
        channel = self.settings.route(ticket.category, who.facts.tier, who.facts.region)
        if not (channel or self.directory.administrators):
            # Nobody would see it before their Home: nothing is promised.
            return
        able = [
            person
            for person in self.directory.with_role("specialist")
            if looks_after(person, who.account_ref, self.settings)
        ]
        by = promise(able, now, ticket.priority or 3)
        message = uow.tickets.say(
            Message(
                ticket_id=ticket.id,
                customer_id=ticket.customer_id,
                author=Author.AGENT,
                body=a_person_will_answer(ticket.language, by, self.settings.company.time_zone),
                draft=True,
                created_at=now,
            )
        )
        self.outgoing.say(uow, message, f"policy:{rule}")
        if by is not None:
            promise_to(uow, ticket, message, by, "escalation", now)


def escalate_act(
    event: events.ActRejected | events.ApprovalExpired | approval_events.ActLapsed,
    uow: UnitOfWork,
    escalating: Escalating,
) -> None:
    """A no, a silence and an act that became impossible bring the ticket to a person."""
    approval = uow.approvals.get(event.approval)
    rule = _ENDS[type(event)]
    said = approval.reason if isinstance(event, events.ActRejected) else ""
    reasons = [_REASONS[rule], *([f"Reason: {said}"] if said else [])]
    decision = uow.escalations.decision(approval.decision_id) if approval.decision_id else None
    ticket = uow.tickets.get(approval.ticket_id)
    escalating.escalate(uow, ticket, rule, reasons, decision)


def escalate_effect(
    event: events.EffectRefused | events.EffectStuck, uow: UnitOfWork, escalating: Escalating
) -> None:
    effect = uow.effects.get(event.effect)
    if effect.kind in INTERNAL:
        # The customer is not waiting for it; whoever asked for it is told.
        return
    ticket = uow.tickets.get(effect.ticket_id)
    if ticket.status is TicketStatus.GONE:
        return
    was_sent = effect.certainty is not Certainty.NEVER_SENT
    rule = "act_unclear" if was_sent else "act_unreached"
    if isinstance(event, events.EffectRefused):
        rule = "act_refused"
    reasons = [_REASONS[rule], f"{effect.kind.replace('_', ' ').capitalize()}: {effect.trouble}."]
    if effect.trouble == GIVEN_AWAY:
        # It was the customer's before: whoever has the ticket now is told nothing of it.
        rule = GIVEN_AWAY
    decision = uow.escalations.decision_of(effect.ticket_id)
    escalating.escalate(uow, ticket, rule, reasons, decision)


def escalate_for_agent(
    event: agent_events.AgentEscalated, uow: UnitOfWork, escalating: Escalating
) -> None:
    """Another agent’s reasons, as it gave them."""
    decision = uow.escalations.decision(event.decision)
    ticket = uow.tickets.get(decision.ticket_id)
    escalating.escalate(uow, ticket, "agent_escalates", decision.reasons, decision)


def escalate_repeated(event: events.ActRepeated, uow: UnitOfWork, escalating: Escalating) -> None:
    """What was granted once is not granted again by anybody's second mail."""
    decision = uow.escalations.decision(event.decision)
    earlier = uow.approvals.get(event.earlier).ticket_id
    reasons = [_REASONS["act_repeated"], f"Earlier: on ticket #{earlier}."]
    ticket = uow.tickets.get(decision.ticket_id)
    escalating.escalate(uow, ticket, "act_repeated", reasons, decision)


def escalate_forbidden(event: events.ActForbidden, uow: UnitOfWork, escalating: Escalating) -> None:
    decision = uow.escalations.decision(event.decision)
    reasons = [_REASONS["gate_closed"], f"Gate: {event.gate}."]
    ticket = uow.tickets.get(decision.ticket_id)
    escalating.escalate(uow, ticket, "gate_closed", reasons, decision)
