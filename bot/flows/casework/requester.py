"""A ticket that the help desk gives to another customer while a person works on it."""

from bot import events
from bot.errors import Outdated
from bot.flows.casework.following import show_in_thread
from bot.flows.casework.holding import Casework
from storage.models import Author, Decision, Message, Ticket
from storage.unit_of_work import UnitOfWork

_GIVEN = (
    "In the help desk this ticket was given to another customer. What stands above was said with "
    "the one before; a reply goes to the one who has it now."
)


def follow_requester(event: events.RequesterChanged, uow: UnitOfWork, casework: Casework) -> None:
    """Whoever holds it hears of it where they work: the card alone changes without a sound."""
    escalation = uow.escalations.open_of(event.ticket)
    owner = casework.directory.get(escalation.owner or "") if escalation else None
    if escalation is None or owner is None:
        return
    ticket = uow.tickets.get(event.ticket)
    note = uow.tickets.say(
        Message(
            ticket_id=ticket.id,
            customer_id=ticket.customer_id,
            author=Author.AGENT,
            public=False,
            body=_GIVEN,
            created_at=casework.clock.now(),
        )
    )
    if not show_in_thread(escalation.id, note.id, uow, casework.publisher):
        casework.publisher.tell(uow, owner, _GIVEN, ticket.id)


def check_reader(ticket: Ticket, customer: int) -> None:
    """Whoever filled in the form had this customer in mind.

    Raises:
        Outdated: Another one would read it.

    """
    if ticket.customer_id != customer:
        raise Outdated(
            "The help desk has given this ticket to another customer since you opened this form, "
            "so nothing was sent. Keep what you still need of your words, close the form, and look "
            "at the card: a reply goes to whoever it names now."
        )


def draft_for(ticket: Ticket, decision: Decision | None, uow: UnitOfWork) -> str:
    """The agent's answer, while it is an answer to the ticket's customer."""
    message = uow.tickets.message(decision.draft_id) if decision and decision.draft_id else None
    return message.body if message and message.customer_id == ticket.customer_id else ""


def last_words(ticket: Ticket, uow: UnitOfWork) -> Message | None:
    """What there is to reply to: nothing, while the ticket's customer has not written in it."""
    words = uow.tickets.last_words(ticket.id)
    return words if words and words.customer_id == ticket.customer_id else None
