"""How a colleague's letter leaves: read by somebody else first, or after a while in which whoever
wrote it may take it back, or at once."""

from bot import approval_events, commands
from bot.acts import Reply
from bot.agent.noticing import Wording
from bot.cards import Answer, Block, Button, Buttons, Text
from bot.errors import InvalidForm, Outdated
from bot.flows.casework import reply_form
from bot.flows.casework.holding import Casework
from storage.models import Approval, ApprovalState, Message, Ticket
from storage.unit_of_work import UnitOfWork


def check_readable(text: str, ticket: Ticket) -> None:
    """Raises InvalidForm for words of which a card could not show every character."""
    try:
        Reply(ticket=ticket.id, text=text, language="en")
    except ValueError:
        told = "Somebody else reads this first, and a card would not show all of it: take out "
        told += "invisible characters, card numbers and passwords, and make it shorter."
        raise InvalidForm({"text": told}) from None


def leave(message: Message, is_read_first: bool, uow: UnitOfWork, casework: Casework) -> None:
    grace = casework.settings.approvals.grace
    if is_read_first:
        uow.emit(approval_events.ReplyWaits(message.id), urgent=0)
    elif grace:
        message.leaves_at = casework.clock.now() + grace
        uow.emit(
            approval_events.ReplyLeaves(message.id),
            due=message.leaves_at,
            key=f"letter:{message.id}",
        )
    else:
        casework.outgoing.say(uow, message, f"person:{message.person}")


def send(event: approval_events.ReplyLeaves, uow: UnitOfWork, casework: Casework) -> None:
    """Of this and taking it back, whichever changes the row first."""
    message = uow.tickets.message(event.message)
    if message is not None and uow.tickets.let_leave(message.id):
        casework.outgoing.say(uow, message, f"person:{message.person}")


def hurry(ticket_id: int, uow: UnitOfWork, casework: Casework) -> None:
    """Whoever goes on from their reply means it."""
    for message in uow.tickets.leaving(ticket_id):
        send(approval_events.ReplyLeaves(message.id), uow, casework)


def take_back(
    command: commands.TakeReplyBack, uow: UnitOfWork, casework: Casework, wording: Wording | None
) -> Answer:
    """Their words stand in the form again."""
    person, escalation = casework.held_by(command.by, command.escalation, "reply", uow)
    ticket = uow.tickets.get(escalation.ticket_id)
    held = [one for one in uow.tickets.leaving(ticket.id) if one.person == person.id]
    taken = [one for one in held if uow.tickets.let_leave(one.id)]
    if not taken:
        raise Outdated("It has left already, or was taken back.")
    now, text = casework.clock.now(), taken[-1].body
    for message in taken:
        uow.promises.lapse_message(message.id, now)
        uow.tickets.unsay(message.id)
    uow.record(now, "reply taken back", person.id, f"ticket:{ticket.id}", {})
    casework.redraw(uow, escalation.id)
    written = reply_form.read(text, "", person, ticket, uow, casework)
    return reply_form.draw(written, person, ticket, escalation, uow, casework, wording)


def line(escalation_id: int, ticket: Ticket, uow: UnitOfWork, casework: Casework) -> list[Block]:
    """While a letter may be taken back, or is read by somebody else."""
    held = uow.tickets.leaving(ticket.id)
    if held:
        seconds = casework.settings.approvals.grace.total_seconds()
        told = f"A reply leaves {seconds:.0f} seconds after it was sent."
        undo = Button("Undo", "escalation.take_back", {"escalation": escalation_id})
        return [Text((told,)), Buttons((undo,))]
    if read_first(ticket.id, uow):
        return [Text(("A reply waits until somebody else has read and approved it.",))]
    return []


def read_first(ticket_id: int, uow: UnitOfWork) -> list[Approval]:
    """Letters that wait for approval."""
    pending = ApprovalState.PENDING
    of_ticket = uow.approvals.of_ticket(ticket_id)
    return [one for one in of_ticket if one.message_id is not None and one.state is pending]


def not_sent(ticket: Ticket, person_id: str, uow: UnitOfWork) -> str:
    """Their last words that nobody approved, unless the customer was answered since."""
    ended = (ApprovalState.REJECTED, ApprovalState.EXPIRED, ApprovalState.WITHDRAWN)
    theirs = [one for one in uow.approvals.of_ticket(ticket.id) if one.requester == person_id]
    letters = [one for one in theirs if one.message_id is not None]
    if not letters or letters[-1].state not in ended or not letters[-1].payload:
        return ""
    if letters[-1].customer_id != ticket.customer_id:
        return ""
    said = uow.tickets.conversation(ticket.id, public_only=True)
    is_answered = any(one.person and one.created_at > letters[-1].created_at for one in said)
    return "" if is_answered else Reply.model_validate_json(letters[-1].payload).text
