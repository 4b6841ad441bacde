"""What another agent escalates, proposes or has resolved becomes a decision like one of our own:
its acts pass the same gates, and nothing that it says consents to anything."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from bot import acts, agent_events, events
from bot import agent_commands as commands
from bot.agent_commands import author
from bot.cards import Answer, Told
from bot.config import Settings
from bot.config.policy import stricter_mode
from bot.config.values import Mode
from bot.dossier import dossier
from bot.errors import InvalidForm, NotAllowed, Outdated, Refused
from bot.flows.agents.reading import OBSERVED, RECEIVED, REFUSED
from bot.flows.agents.telling import end
from bot.personal.addresses import emails
from bot.ports import Charge, Clock, Payments
from bot.steps import Verdict, later
from storage.models import Author, Decision, Message, Ticket
from storage.unit_of_work import UnitOfWork

LATELY = timedelta(minutes=1)
# A no is remembered for as long as our own agent remembers it.
LESSONS_LAST = timedelta(days=90)
# What the ticket itself says, and no agent does.
_OURS = frozenset({"kind", "ticket", "customer"})


def escalate(command: commands.EscalateTicket, uow: UnitOfWork, clock: Clock) -> Answer:
    ticket = _open_ticket(command.ticket, uow)
    uow.tickets.take_up(ticket.id)
    reasons = [command.reason, *([f"Tried: {command.tried}"] if command.tried else [])]
    decision = _decided(command, ticket, "escalate", "", reasons, uow, clock)
    text = uow.tickets.text(ticket.id)
    if text is not None and command.summary:
        text.summary = command.summary
    uow.emit(agent_events.AgentEscalated(decision.id), urgent=0)
    return _told(command, decision, "escalated")


def propose(
    command: commands.ProposeAct, uow: UnitOfWork, settings: Settings, clock: Clock
) -> Answer:
    """Raises InvalidForm for what is no act, NotAllowed for an account that is another's."""
    ticket = _open_ticket(command.ticket, uow)
    _check_nobody_has_it(ticket)
    act = _act(command, ticket)
    _check_own_account(act, ticket, uow, clock)
    _check_no_was_said(act, ticket, uow, clock)
    triaged = ticket.category
    decision = _decided(command, ticket, "act", command.category, [], uow, clock)
    decision.acts = [{"kind": act.kind, "args": act.model_dump(), "basis": {}}]
    decision.mode = _mode(command.category, act.kind, settings)
    if triaged:
        decision.mode = stricter_mode(decision.mode, settings.mode_for(triaged, act.kind))
    uow.session.flush()
    if decision.mode == "observe":
        # Nothing answers for the customer's words, which go on waiting.
        return _told(command, decision, OBSERVED)
    uow.tickets.take_up(ticket.id)
    if isinstance(act, acts.Refund):
        uow.emit(agent_events.ActReceived(decision.id))
    else:
        uow.emit(events.ActProposed(decision.id, 0))
    return _told(command, decision, RECEIVED)


def _mode(category: str, kind: str, settings: Settings) -> Mode:
    """What the category says; the strictest of all where app.yaml knows none of this name, since
    whoever asks chooses it."""
    known = settings.modes.categories
    asked = [category] if category in known else [category, *known]
    found = settings.mode_for(asked[0], kind)
    for name in asked[1:]:
        found = stricter_mode(found, settings.mode_for(name, kind))
    return found


def report(command: commands.ReportResolution, uow: UnitOfWork, clock: Clock) -> Answer:
    """What it told the customer stands beside the decision: reviews draw from these too."""
    ticket = _open_ticket(command.ticket, uow)
    _check_nobody_has_it(ticket)
    now = clock.now()
    # What came while it answered is not answered by it.
    uow.tickets.take_up(ticket.id, until=now - LATELY)
    words = uow.tickets.say(
        Message(
            ticket_id=ticket.id,
            customer_id=ticket.customer_id,
            author=Author.AGENT,
            body=command.answer,
            draft=True,
            created_at=now,
        )
    )
    decision = _decided(command, ticket, "answer", command.category, [], uow, clock)
    decision.draft_id = words.id
    decision.cites = [*uow.articles.citable(command.cites)]
    uow.session.flush()
    return _told(command, decision, "resolved")


@dataclass(frozen=True)
class Wanted:
    charge: str
    payer: str | None


def plan(event: agent_events.ActReceived, uow: UnitOfWork) -> Wanted:
    decision = uow.escalations.decision(event.decision)
    ticket = uow.tickets.get(decision.ticket_id)
    customer = uow.customers.get(ticket.customer_id)
    return Wanted(decision.acts[0]["args"]["charge"], customer.payment_ref)


def act(wanted: Wanted, payments: Payments | None) -> Charge:
    if payments is None:
        raise Refused("not_connected")
    charge = payments.charge(wanted.charge)
    if wanted.payer is None or charge.customer != wanted.payer:
        raise Refused("charge_of_another_customer")
    return charge


def settle(
    event: agent_events.ActReceived, wanted: Wanted, outcome: Any, uow: UnitOfWork
) -> Verdict:
    """Read as our own agent's charges are: what a refund is out of is never its proposer's word."""
    decision = uow.escalations.decision(event.decision)
    if isinstance(outcome, Charge):
        [wished] = decision.acts
        if wished["args"]["amount"] > outcome.refundable.amount:
            _leave(decision, "more_than_refundable", uow)
            return None
        decision.acts = [{**wished, "basis": _basis(outcome)}]
        uow.session.flush()
        uow.emit(events.ActProposed(decision.id, 0))
        return None
    if isinstance(outcome, Refused):
        _leave(decision, outcome.code, uow)
        return None
    return later("the provider does not say", getattr(outcome, "retry_after", None))


def _leave(decision: Decision, why: str, uow: UnitOfWork) -> None:
    """Nobody is asked, and the customer has a person instead."""
    decision.reasons = [f"Another agent asked for what cannot be: {why}."]
    end(decision, REFUSED, why, uow)
    uow.emit(agent_events.AgentEscalated(decision.id))


def _basis(charge: Charge) -> Mapping[str, Any]:
    return {
        "captured": charge.captured.amount,
        "refundable": charge.refundable.amount,
        "currency": charge.captured.currency,
        "on": charge.on.isoformat() if charge.on else None,
    }


def _open_ticket(typed: str, uow: UnitOfWork) -> Ticket:
    found = uow.tickets.find(typed)
    if len(found) != 1:
        raise InvalidForm({"ticket": "No ticket is known here by this; write SOURCE:REF or #N."})
    [ticket] = found
    if ticket.status.is_over:
        raise Outdated("This ticket is closed, so nothing is done on it any more.")
    return ticket


def _check_nobody_has_it(ticket: Ticket) -> None:
    if ticket.owner or ticket.desk_owner:
        raise Outdated("A colleague has this ticket, so nothing is done on it from here.")


def _check_no_was_said(act: acts.Act, ticket: Ticket, uow: UnitOfWork, clock: Clock) -> None:
    digest = acts.digest(acts.canonical(act))
    for earlier in uow.approvals.rejected(ticket.customer_id, clock.now() - LESSONS_LAST):
        if earlier.digest == digest:
            raise Outdated("Somebody said no to exactly this lately, so nobody is asked again.")


def _act(command: commands.ProposeAct, ticket: Ticket) -> acts.Act:
    if said := sorted(_OURS & command.args.keys()):
        raise InvalidForm({f"args.{name}": "The ticket says this itself." for name in said})
    given = {**command.args, "ticket": ticket.id}
    if command.kind != "reply":
        given["customer"] = ticket.customer_id
    try:
        return acts.parse(command.kind, given)
    except ValueError as error:
        raise InvalidForm({"args": str(error)}) from None


def _check_own_account(act: acts.Act, ticket: Ticket, uow: UnitOfWork, clock: Clock) -> None:
    if not isinstance(act, acts.AccountChange):
        return
    if dossier(uow, ticket.customer_id, clock.now()).account_ref != act.account:
        raise NotAllowed("This account is not the ticket’s customer’s.")
    if "@" in act.value:
        heard = uow.tickets.conversation(ticket.id, public_only=True)
        theirs = [one.body.lower() for one in heard if one.author is Author.CUSTOMER]
        written = {words[start:end] for words in theirs for start, end in emails(words)}
        if act.value.lower() not in written:
            raise NotAllowed("The customer has not written this address.")


def _decided(
    command: commands.FromAgent,
    ticket: Ticket,
    what: str,
    category: str,
    reasons: Sequence[str],
    uow: UnitOfWork,
    clock: Clock,
) -> Decision:
    now = clock.now()
    ticket.category = category or ticket.category
    ticket.triaged_at = now
    decision = uow.escalations.decide(
        Decision(
            ticket_id=ticket.id,
            decision=what,
            mode="live",
            category=ticket.category,
            severity=0,
            impact=0,
            priority=ticket.priority or 3,
            sentiment=0,
            confidence=1.0,
            rule="agent_says",
            reasons=list(reasons),
            stakes=[],
            cites=[],
            found=[],
            acts=[],
            agent=author(command.agent),
            playbook="",
            created_at=now,
        )
    )
    about = {"decision": what, "category": ticket.category, "id": decision.id}
    uow.record(now, "told by agent", decision.agent, f"ticket:{ticket.id}", about)
    return decision


def _told(command: commands.FromAgent, decision: Decision, state: str) -> Told:
    return Told({"id": decision.id, "state": state, "request": command.request})
