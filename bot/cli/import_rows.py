"""Rows into the database: each is new, changed, or as it was; what was not told stays."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from enum import IntEnum
from typing import Any

from bot.imports import AccountRow, BadRow, ContactRow, CustomerRow, TicketRow
from storage.models import (
    Account,
    Author,
    Customer,
    Message,
    Ticket,
    TicketStatus,
)
from storage.search import Search
from storage.unit_of_work import UnitOfWork

FILES = "import"
_BODY = "body"
# As much as an address in a reply says.
LINKED = 1.0


class Erased(BadRow):
    """The row is about somebody who was erased, and is not repeated anywhere."""


class Outcome(IntEnum):
    """What a row came to; the greater one counts when several rows tell of the same thing."""

    SAME = 0
    CHANGED = 1
    NEW = 2


@dataclass(frozen=True)
class Stored:
    """One thing that a row told of."""

    noun: str
    ref: str
    outcome: Outcome


@dataclass(frozen=True)
class Told:
    """A row of customers, and the addresses that several people of its run share: by these nobody
    is known from elsewhere."""

    row: CustomerRow
    shared: frozenset[str]


@dataclass
class Telling:
    """What the rows of one run say, so that they do not contradict each other."""

    shared: frozenset[str]
    _accounts: dict[str, AccountRow] = field(default_factory=dict)

    def add(self, row: CustomerRow) -> Told:
        """Raises BadRow when an earlier row says something else of the same account."""
        account = row.account
        if account is not None:
            known = self._accounts.get(account.id)
            account = account if known is None else _joined(known, account)
            self._accounts[account.id] = account
        return Told(replace(row, account=account), self.shared)


def shared_addresses(rows: Iterable[CustomerRow]) -> frozenset[str]:
    """Those that rows tell of several people. Who only says that it is theirs shares none."""
    owners: dict[str, str] = {}
    contacts = (contact for row in rows for contact in row.contacts)
    return frozenset(
        contact.email.lower()
        for contact in contacts
        if contact.email
        and contact.vouched
        and owners.setdefault(contact.email.lower(), contact.id) != contact.id
    )


def put_customer(uow: UnitOfWork, told: Told, source: str, now: datetime) -> list[Stored]:
    """An account and its contacts. Raises Erased."""
    stored = []
    account = None
    if told.row.account is not None:
        account, outcome = _put_account(uow, told.row.account)
        stored.append(Stored("accounts", account.ref, outcome))
    for row in told.row.contacts:
        customer = find_contact(uow, source, row, row.email.lower() not in told.shared)
        outcome = Outcome.SAME
        if customer is None:
            customer, outcome = add_contact(uow, source, row, now), Outcome.NEW
        outcome = max(outcome, _tell_contact(uow, customer, row, account, source))
        stored.append(Stored("customers", row.id, outcome))
    return stored


def put_ticket(uow: UnitOfWork, row: TicketRow, now: datetime) -> list[Stored]:
    """A ticket of a file is history: it is stored, and nobody is asked to do anything."""
    ticket = uow.tickets.by_ref(FILES, row.id)
    if ticket is None:
        ticket = _add_ticket(uow, row, now)
        _link(uow, ticket, row, now)
        return [Stored("tickets", row.id, Outcome.NEW)]
    text = uow.tickets.text(ticket.id)
    if text is None:
        raise Erased("customer: was erased")
    body = next((m for m in uow.tickets.conversation(ticket.id) if m.ref == _BODY), None)
    outcomes = [
        changed(ticket, _told_of_ticket(row)),
        changed(text, _filled(subject=row.subject)),
    ]
    if body is not None:
        outcomes.append(changed(body, _filled(body=row.body)))
    elif row.body:
        _say(uow, ticket, row)
        outcomes.append(Outcome.CHANGED)
    outcomes.append(_link(uow, ticket, row, now))
    return [Stored("tickets", row.id, max(outcomes))]


def find_contact(
    uow: UnitOfWork, source: str, row: ContactRow, by_address: bool = True
) -> Customer | None:
    """By id, else by the address under which another source knows them, where this one vouches for
    it; raises Erased for somebody who was erased, whom no import brings back."""
    email = row.email if row.vouched and by_address else ""
    # Two ids of one source are two people; a row without an id may be either.
    beside = "" if row.id == row.email.lower() else source
    customer = uow.customers.known_as(source, row.id, email, beside)
    if customer is not None and customer.erased_at is not None:
        raise Erased("customer: was erased")
    return customer


def add_contact(uow: UnitOfWork, source: str, row: ContactRow, now: datetime) -> Customer:
    customer = Customer(source=source, ref=row.id, language=row.language, created_at=now)
    customer.vouched = row.vouched
    customer.role = (row.vouched and row.role) or "user"
    return uow.customers.add(customer, row.name, row.email, row.phone)


def _tell_contact(
    uow: UnitOfWork, customer: Customer, row: ContactRow, account: Account | None, source: str
) -> Outcome:
    """Whoever only says who they are gets nobody's role, money or account."""
    told = _filled(language=row.language)
    if row.vouched:
        told |= _filled(
            role=row.role,
            payment_ref=_payment_ref(customer.payment_ref, row, source),
            account_id=account.id if account else None,
        )
    outcome = changed(customer, {**told, "vouched": row.vouched})
    text = uow.customers.text(customer.id)
    words = _filled(name=row.name, email=row.email.lower(), phone=row.phone)
    return max(outcome, changed(text, words)) if text is not None else outcome


def _payment_ref(known: str | None, row: ContactRow, source: str) -> str:
    """In the company's own file the id is the one its payment provider knows, too, unless the file
    says otherwise, and an address is nobody's account. What a help desk has in its place counts
    where nothing else is known."""
    if source != FILES:
        return known or row.payment_ref
    return row.payment_ref or known or ("" if "@" in row.id else row.id)


def _put_account(uow: UnitOfWork, row: AccountRow) -> tuple[Account, Outcome]:
    account = uow.customers.account_by_ref(row.id)
    outcome = Outcome.SAME
    if account is None:
        account, outcome = uow.customers.add_account(Account(ref=row.id)), Outcome.NEW
    told = _filled(name=row.name, tier=row.tier, region=row.region)
    if row.yearly_value is not None:
        told["yearly_amount"] = row.yearly_value.amount
        told["yearly_currency"] = row.yearly_value.currency
    if row.products is not None:
        told["products"] = [{"name": p.name, "version": p.version} for p in row.products]
    if row.handoffs is not None:
        told["handoffs"] = [{"function": h.function, "about": h.about} for h in row.handoffs]
    outcome = max(outcome, changed(account, told))
    if row.moments is not None:
        moments = {(moment.date, moment.kind): moment.label for moment in row.moments}
        if uow.customers.set_moments(account.id, moments):
            outcome = max(outcome, Outcome.CHANGED)
    return account, outcome


def _add_ticket(uow: UnitOfWork, row: TicketRow, now: datetime) -> Ticket:
    contact = row.contact or ContactRow(f"ticket:{row.id}")
    customer = find_contact(uow, FILES, contact) or add_contact(uow, FILES, contact, now)
    created = row.created or now
    ticket = Ticket(source=FILES, ref=row.id, customer_id=customer.id, created_at=created)
    ticket.desk_updated_at = created
    for name, value in _told_of_ticket(row).items():
        setattr(ticket, name, value)
    uow.tickets.add(ticket, row.subject)
    if row.body:
        _say(uow, ticket, row)
    return ticket


def _link(uow: UnitOfWork, ticket: Ticket, row: TicketRow, now: datetime) -> Outcome:
    """What people linked then is found for tickets like it now; articles that are not here yet are
    linked when the file comes again."""
    before = len(uow.links.of_ticket(ticket.id))
    for ref in row.solved_by:
        article = uow.articles.by_ref(ref)
        if article is not None:
            uow.links.put(ticket.id, article.id, LINKED, FILES, now)
    links = len(uow.links.of_ticket(ticket.id))
    if links:
        Search(uow.session).learn(ticket.id, row.subject, row.body, row.language)
    return Outcome.CHANGED if links > before else Outcome.SAME


def _say(uow: UnitOfWork, ticket: Ticket, row: TicketRow) -> None:
    uow.tickets.say(
        Message(
            ticket_id=ticket.id,
            customer_id=ticket.customer_id,
            ref=_BODY,
            author=Author.CUSTOMER,
            taken_up=True,
            body=row.body,
            created_at=ticket.created_at,
        )
    )


def _told_of_ticket(row: TicketRow) -> dict[str, Any]:
    return _filled(
        status=TicketStatus(row.status) if row.status else None,
        channel=row.channel,
        language=row.language,
        tags=list(row.tags),
        desk_priority=row.priority,
    )


def _filled(**values: Any) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value}


def changed(thing: object, told: dict[str, Any]) -> Outcome:
    differing = {name: value for name, value in told.items() if getattr(thing, name) != value}
    for name, value in differing.items():
        setattr(thing, name, value)
    return Outcome.CHANGED if differing else Outcome.SAME


def _joined(known: AccountRow, told: AccountRow) -> AccountRow:
    """Both tellings in one; raises BadRow where they differ."""
    values: dict[str, Any] = {}
    for each in fields(AccountRow):
        one, other = getattr(known, each.name), getattr(told, each.name)
        empty: Sequence[Any] = (None, "")
        if one not in empty and other not in empty and one != other:
            raise BadRow(f"account: an earlier row tells another {each.name} of it")
        values[each.name] = other if one in empty else one
    return AccountRow(**values)
