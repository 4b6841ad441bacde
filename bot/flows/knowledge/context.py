"""What was asked where: the ticket whose thread it is, and what is known of it."""

from bot.config import Settings
from bot.dossier import CHAT, dossier
from bot.entitlement import looks_after
from bot.money import Money
from bot.people import Person
from bot.ports import Clock
from storage.models import OUTSIDE, Ticket
from storage.unit_of_work import UnitOfWork


def ticket_at(
    surface: str, channel: str, thread: str, person: Person, uow: UnitOfWork, settings: Settings
) -> Ticket | None:
    """The ticket that this thread is about, where it is this person's to serve."""
    if not (channel and thread):
        return None
    ticket = uow.tickets.by_ref(CHAT, f"{channel}-{thread}")
    for key in uow.card_posts.standing_at(surface, channel, thread):
        kind, _, ident = key.rpartition("-")
        if kind == "escalation":
            ticket = uow.tickets.get(uow.escalations.get(int(ident)).ticket_id)
    return ticket if ticket and serves(person, ticket, uow, settings) else None


def serves(person: Person, ticket: Ticket, uow: UnitOfWork, settings: Settings) -> bool:
    customer = uow.customers.get(ticket.customer_id)
    account = uow.customers.account(customer.account_id)
    return looks_after(person, account.ref if account else None, settings)


def asked_in(ticket: Ticket, uow: UnitOfWork) -> str:
    """What the customer wants: the subject, and their last words."""
    text = uow.tickets.text(ticket.id)
    said = [m for m in uow.tickets.conversation(ticket.id) if m.author in OUTSIDE]
    subject, words = " ".join(text.subject.split()) if text else "", said[-1].body if said else ""
    # Of a message without a subject the first words are its subject.
    if words.strip().lower().startswith(subject.rstrip(" .…").lower()):
        return words
    return "\n".join(part for part in (subject, words) if part)


def stake_of(ticket: Ticket, uow: UnitOfWork, clock: Clock) -> Money | None:
    """What the customer is worth a year."""
    return dossier(uow, ticket.customer_id, clock.now()).facts.yearly_value
