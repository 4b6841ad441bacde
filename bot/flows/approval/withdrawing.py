"""When what an act rests on is gone, so is the act: what waits is withdrawn, what was granted and
has not begun is not carried out, and words to the customer are not sent."""

from collections.abc import Mapping

from bot import agent_events, approval_events, events
from bot.agent_commands import is_anothers
from bot.errors import Outdated
from bot.ports import Clock
from bot.publisher import Publisher
from storage.models import Approval, ApprovalState, Effect, Ticket, TicketStatus
from storage.unit_of_work import UnitOfWork

TICKET_GONE = "ticket_gone"
OTHER_CUSTOMER = "requester_changed"
TAKEN_BACK = "taken_back"
CLOSED = "ticket_closed"
LAPSED = "ground_lapsed"
WITHDRAWN: Mapping[str, str] = {
    OTHER_CUSTOMER: "the ticket was given to another customer in the help desk",
    TAKEN_BACK: "whoever asked for it took it back",
    CLOSED: "the ticket was closed in the help desk",
    LAPSED: "what it rests on has changed, and a specialist has the ticket now",
    TICKET_GONE: "the ticket was marked as spam or deleted in the help desk",
}


def why_moot(ticket: Ticket, customer: int) -> str | None:
    """In a word why nothing on the ticket is to happen for this customer, or be said to them, any
    more: what is said there now is read by whoever has it now."""
    if ticket.status is TicketStatus.GONE:
        return TICKET_GONE
    return OTHER_CUSTOMER if ticket.customer_id != customer else None


def meant_for(effect: Effect, approval: Approval | None, uow: UnitOfWork) -> int | None:
    """The customer whom it is for; None for what nobody outside reads, and for erased words."""
    if approval is not None:
        return approval.customer_id
    message = uow.tickets.message(effect.message_id) if effect.message_id else None
    return message.customer_id if message is not None and message.public else None


def check_wanted(approval: Approval, ticket: Ticket) -> None:
    """The card may not have been redrawn yet.

    Raises:
        Outdated: Whatever was asked for, it is not to happen any more.

    """
    if why := why_moot(ticket, approval.customer_id):
        raise Outdated(f"This is withdrawn: {WITHDRAWN[why]}. Nothing is paid, changed or sent.")


def follow_ticket(
    event: events.TicketChanged, uow: UnitOfWork, clock: Clock, publisher: Publisher
) -> None:
    """Whoever decides sees on the card what has become of the ticket."""
    ticket = uow.tickets.get(event.ticket)
    for approval in uow.approvals.of_ticket(ticket.id):
        if approval.state is not ApprovalState.PENDING:
            continue
        why = why_moot(ticket, approval.customer_id)
        if why is None and _is_closed_there(ticket, uow):
            why = CLOSED
        if why:
            withdraw(approval, why, ticket.source, uow, clock)
        publisher.redraw(uow, f"approval-{approval.id}")


def _is_closed_there(ticket: Ticket, uow: UnitOfWork) -> bool:
    """Who resolves it here decides about the act by itself, and their card says that it waits."""
    if ticket.status is not TicketStatus.RESOLVED:
        return False
    escalation = uow.escalations.last_of(ticket.id)
    return escalation is None or escalation.resolved_by is None


def withdraw(approval: Approval, why: str, source: str, uow: UnitOfWork, clock: Clock) -> None:
    now = clock.now()
    if uow.approvals.close(approval.id, ApprovalState.WITHDRAWN, None, now, reason=why):
        about = f"approval:{approval.id}"
        uow.record(now, "approval withdrawn", source, about, {"because": why})
        if approval.message_id is not None:
            uow.emit(approval_events.LetterWithdrawn(approval.id))
        if approval.decision_id is not None and is_anothers(approval.requester):
            told = agent_events.AgentTold(approval.decision_id, "withdrawn")
            uow.emit(told, key=told.key)
