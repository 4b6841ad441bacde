"""A help desk's past: tickets as they were told, and patience with its limits."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any

from bot.cli.import_rows import Outcome, Stored, add_contact, find_contact
from bot.errors import Refused, TryLater
from bot.imports import ContactRow
from bot.ports import Changed, DeskMessage, DeskTicket, HelpDesk
from storage.models import OUTSIDE, Author, Message, Ticket, TicketStatus
from storage.unit_of_work import UnitOfWork

PATIENCE = 6
FIRST_WAIT, LONGEST_WAIT = 1.0, 120.0

Rows = Callable[[], Iterator[Mapping[str, Any]]]
# Told so many seconds, and why.
Waits = Callable[[float, str], None]


def put_history(uow: UnitOfWork, told: DeskTicket, source: str, now: datetime) -> list[Stored]:
    """Store a ticket that is not known yet; one that is known belongs to the intake.

    What an open ticket's customer wrote last, and nobody answered, is left out: the bot fetches
    whatever is open at its next look, and then it is news. Stored here, it would never be
    anybody's business.
    """
    if uow.tickets.by_ref(source, told.id) is not None:
        return [Stored("tickets", told.id, Outcome.SAME)]
    messages = _settled(told)
    contact = ContactRow(
        id=told.customer.id or f"ticket:{told.id}",
        name=told.customer.name,
        email=told.customer.email,
        language=told.customer.language,
        vouched=told.customer.vouched,
    )
    customer = find_contact(uow, source, contact)
    if customer is None:
        customer = add_contact(uow, source, contact, now)
        home = told.customer.organisation if told.customer.vouched else None
        account = uow.customers.account_by_ref(home) if home else None
        customer.account_id = account.id if account else None
    ticket = Ticket(
        source=source,
        ref=told.id,
        customer_id=customer.id,
        requester=told.customer.id,
        status=TicketStatus(told.status),
        channel=told.channel,
        tags=list(told.tags or ()),
        created_at=min((message.at for message in told.messages), default=told.updated),
        desk_updated_at=told.updated,
    )
    uow.tickets.add(ticket, told.subject)
    for message in messages:
        uow.tickets.say(
            Message(
                ticket_id=ticket.id,
                customer_id=customer.id,
                ref=message.id,
                author=Author(message.author),
                public=message.public,
                taken_up=True,
                body=message.text,
                created_at=message.at,
            )
        )
    return [Stored("tickets", told.id, Outcome.NEW)]


def tickets_patiently(
    desk: HelpDesk, since: datetime, wait: Waits
) -> Iterator[DeskTicket | Refused]:
    """Every ticket changed since then, once, or the help desk's reason not to show it. A limit is
    waited for; raises `TryLater` when it is still busy after that."""
    for changed in changed_patiently(desk, since, wait):
        yield _ticket_patiently(desk, changed.ticket, wait)


def changed_patiently(desk: HelpDesk, since: datetime, wait: Waits) -> Iterator[Changed]:
    """What was told before a limit stays told: the help desk is asked on from there."""
    seen: set[tuple[str, datetime]] = set()
    tries = 0
    while True:
        try:
            for changed in desk.changed(since):
                since, tries = max(since, changed.at), 0
                if (changed.ticket, changed.at) not in seen:
                    seen.add((changed.ticket, changed.at))
                    yield changed
            return
        except TryLater as busy:
            tries += 1
            _wait_out(busy, tries, wait)


def rows_patiently(rows: Rows, wait: Waits) -> Iterator[Mapping[str, Any]]:
    """Every row once; after a limit the rows told already are passed over."""
    told = tries = 0
    while True:
        try:
            for number, row in enumerate(rows()):
                if number >= told:
                    told, tries = number + 1, 0
                    yield row
            return
        except TryLater as busy:
            tries += 1
            _wait_out(busy, tries, wait)


def _ticket_patiently(desk: HelpDesk, ref: str, wait: Waits) -> DeskTicket | Refused:
    tries = 0
    while True:
        try:
            return desk.ticket(ref)
        except Refused as refused:
            return refused
        except TryLater as busy:
            tries += 1
            _wait_out(busy, tries, wait)


def _wait_out(busy: TryLater, tries: int, wait: Waits) -> None:
    if tries > PATIENCE:
        raise busy
    asked = busy.retry_after
    seconds = FIRST_WAIT * 2**tries if asked is None else max(asked, FIRST_WAIT)
    wait(min(LONGEST_WAIT, seconds), str(busy))


def _settled(told: DeskTicket) -> list[DeskMessage]:
    """A note among colleagues is no answer."""
    messages = sorted(told.messages, key=lambda message: message.at)
    if told.status != "open":
        return messages
    answers = [
        number
        for number, message in enumerate(messages, start=1)
        if message.public and message.author not in OUTSIDE
    ]
    answered = max(answers, default=0)
    rest = [message for message in messages[answered:] if message.author not in OUTSIDE]
    return messages[:answered] + rest
