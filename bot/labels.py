"""What tickets and approvals are called wherever they are named, and where their names lead."""

import json

from bot import acts
from bot.cards import Jump, Link, Span
from bot.config import Settings
from bot.dossier import is_chat, ticket_label
from bot.money import Money
from storage.models import Approval, Author, Message, Ticket
from storage.unit_of_work import UnitOfWork


def heading(approval: Approval) -> str:
    """The act and its amount, such as "Refund 20.00 USD" or "Change the plan"; of an erased act
    only its kind is left."""
    if not approval.payload:
        return approval.kind.replace("_", " ").capitalize()
    label = acts.parse(approval.kind, json.loads(approval.payload)).label
    return f"{label} {amount_of(approval)}".rstrip()


def amount_of(approval: Approval) -> str:
    if approval.amount is None or approval.currency is None:
        return ""
    return str(Money(approval.amount, approval.currency))


def written_by(ticket: Ticket, uow: UnitOfWork) -> str:
    """The customer and their account, as lists name them."""
    customer = uow.customers.get(ticket.customer_id)
    words = uow.customers.text(customer.id)
    account = uow.customers.account(customer.account_id)
    parts = (words.name if words else "", account.name if account else "")
    return ", ".join(part for part in parts if part) or "somebody without a name"


def progress(approval: Approval) -> str:
    """How many have said yes already, where one alone is not enough."""
    return f" · {approval.granted} of {approval.needed} said yes" if approval.needed > 1 else ""


def last_words_of(words: Message | None, customer: str) -> str:
    """Whose they are: nobody reads as the customer's what somebody in copy wrote."""
    if words is not None and words.author is Author.OTHER:
        return "Somebody else wrote, who is not the ticket’s customer"
    return f"{customer}’s last words"


def ticket_link(ticket: Ticket, settings: Settings) -> Span:
    """Its number, leading to where the ticket can be read whole: the help desk, or a thread."""
    label = ticket_label(ticket)
    if is_chat(ticket):
        return thread_link(ticket, label)
    url = settings.help_desk.ticket_url(ticket.ref)
    return Link(url, label) if url and ticket.source == settings.help_desk.kind else label


def thread_link(ticket: Ticket, label: str) -> Jump:
    """Of a ticket made of a message in chat."""
    channel, _, message = ticket.ref.partition("-")
    return Jump(channel, message, label)
