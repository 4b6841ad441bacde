"""What the record knows of a customer, gathered for agents, gates and cards."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.agent.briefing import CustomerFacts, DatedMoment
from bot.money import Money
from bot.personal import SECRET, beginning
from storage.models import Ticket, TicketText
from storage.unit_of_work import UnitOfWork

CHAT = "chat"


@dataclass(frozen=True)
class Dossier:
    """`facts` carries no names; `name` and `company` are for cards in internal channels only."""

    facts: CustomerFacts
    name: str
    company: str
    language: str
    payment_ref: str | None
    account_ref: str | None
    is_erased: bool = False
    is_vouched: bool = True

    def line(self) -> str:
        """Who this is in one line, most telling first."""
        facts = self.facts
        who = self.name or ("Erased customer" if self.is_erased else "Customer without a name")
        role = "" if facts.role in ("", "user") else facts.role.replace("_", "-")
        value = facts.yearly_value
        yearly = f"{value.whole:,} {value.currency} a year" if value and value.amount else ""
        known = "" if self.is_vouched else "address not verified"
        parts = (who, known, role, self.company, facts.tier, yearly, facts.region.upper())
        return " · ".join(part for part in parts if part)


def dossier(uow: UnitOfWork, customer_id: int, now: datetime) -> Dossier:
    customer = uow.customers.get(customer_id)
    words = uow.customers.text(customer_id)
    account = uow.customers.account(customer.account_id)
    moments = uow.customers.moments(account.id, now.date()) if account else ()
    value = None
    if account and account.yearly_amount is not None and account.yearly_currency:
        value = Money(account.yearly_amount, account.yearly_currency)
    return Dossier(
        facts=CustomerFacts(
            id=customer_id,
            role=customer.role,
            tier=account.tier if account else "",
            yearly_value=value,
            region=account.region if account else "",
            products=tuple(p["name"] for p in account.products) if account else (),
            releases=tuple(_release(p) for p in account.products) if account else (),
            handoffs=tuple(_handoff(h) for h in account.handoffs) if account else (),
            moments=tuple(DatedMoment(m.on_day, m.kind, m.label) for m in moments),
            earlier_tickets=max(0, uow.tickets.count_of(customer_id) - 1),
            tickets_30_days=uow.tickets.count_of(customer_id, now - timedelta(days=30)),
            refunds_90_days=uow.effects.refunds_since(customer_id, now - timedelta(days=90)),
            refunds_today=uow.effects.refunds_since(customer_id, now - timedelta(days=1)),
            account=account.ref if account else "",
        ),
        name=words.name if words else "",
        company=account.name if account else "",
        language=customer.language,
        payment_ref=customer.payment_ref,
        account_ref=account.ref if account else None,
        is_erased=customer.erased_at is not None,
        is_vouched=customer.vouched,
    )


def _release(product: Mapping[str, str]) -> str:
    return f"{product['name']} {product.get('version', '')}".strip()


def _handoff(handoff: Mapping[str, str]) -> str:
    return f"{handoff['function']}: {handoff['about']}"


def excerpt(text: str, most: int = 360) -> str:
    """The beginning of somebody's words, for a card that has to fit a phone."""
    if len(text) <= most:
        return text
    kept = beginning(text, most, SECRET)
    whole = kept.rsplit(None, 1)[0] if " " in kept else kept
    return f"{whole.rstrip()} … (shortened)"


def subject_line(text: TicketText) -> str:
    """What a ticket is about: its subject, with the first words where it says nothing ("help").

    A summary of later words does not take the subject's place.
    """
    subject = " ".join(text.subject.split())
    return text.summary if text.summary.startswith(subject) and text.summary else subject


def is_chat(ticket: Ticket) -> bool:
    """Made of a message in chat; then `ref` is its channel and the message, `channel` the name."""
    return ticket.source == CHAT


def ticket_label(ticket: Ticket) -> str:
    """How people find the ticket: our number and the help desk's."""
    if is_chat(ticket):
        return f"#{ticket.id} (from {ticket.channel})"
    return f"#{ticket.id} ({ticket.source} {ticket.ref})"
