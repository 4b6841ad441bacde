"""Whose turn it is, the customer's or ours."""

from collections.abc import Sequence

from storage.models import Author, Effect, EffectState, Message, Ticket
from storage.unit_of_work import UnitOfWork


def unanswered(said: Sequence[Message]) -> list[Message]:
    """The customer's words that no person has answered, oldest first; an agent's are no answer.

    What was heard after a reply was written is not answered by it, whatever its time says: the
    help desk's clock is not ours.
    """
    answered = max((m.id for m in said if m.author is Author.PERSON), default=0)
    return [m for m in said if m.author.is_outside and m.id > answered]


def last_heard(ticket_id: int, uow: UnitOfWork) -> int:
    """The customer's message that was heard last, 0 for none."""
    said = uow.tickets.conversation(ticket_id)
    return max((m.id for m in said if m.author.is_outside), default=0)


def said_or_sent(ticket: Ticket, uow: UnitOfWork) -> list[Message]:
    """The public conversation, with those replies of people that are still on their way."""
    return [
        message
        for message in uow.tickets.conversation(ticket.id, public_only=True, drafts=True)
        if not message.draft or (message.author is Author.PERSON and unsent(message, uow) is None)
    ]


def unsent(message: Message, uow: UnitOfWork) -> Effect | None:
    """Why our own message did not arrive, where it did not."""
    if not message.draft:
        return None
    gave_up = (EffectState.REFUSED, EffectState.STUCK)
    for effect in uow.effects.of_ticket(message.ticket_id):
        if effect.message_id == message.id and effect.state in gave_up:
            return effect
    return None
