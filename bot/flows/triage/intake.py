"""What help desks tell us: tickets, messages and changes, taken in once and in any order."""

from datetime import datetime, timedelta

from bot import commands, events
from bot.cards import Answer, Notice
from bot.config import Settings
from bot.config.directory import Directory
from bot.entitlement import check_account
from bot.errors import Refused, TryLater
from bot.ports import Clock, DeskCustomer, DeskMessage, DeskTicket, HelpDesk
from bot.steps import Again, Park, Verdict
from storage.models import Author, Customer, EffectState, Message, Ticket, TicketStatus
from storage.unit_of_work import UnitOfWork

CHAT = "chat"
# Hooks overtake each other: a minute later it is known whether the customer's own words opened it.
TELLINGS_SETTLE = timedelta(minutes=1)


def receive(
    command: commands.ReceiveTicket, uow: UnitOfWork, settings: Settings, clock: Clock
) -> Answer:
    """Store what was told. Known messages are skipped by id, and an older telling of the ticket
    never overwrites a newer one, so repetition and reordering change nothing. News of a ticket
    that is not known yet is a hint: the help desk is asked for the whole."""
    is_news = command.telling == "news" and command.source == settings.help_desk.kind
    is_new = uow.tickets.by_ref(command.source, command.ticket.id) is None
    if command.telling == "hint" or (is_news and is_new):
        _want_fetch(command.source, command.ticket.id, uow)
        return None
    take_in(command.source, command.ticket, uow, clock)
    return None


def fetch(command: commands.FetchTickets, uow: UnitOfWork) -> Answer:
    """A delivery for each: one that cannot be read stops no other, and a limit only postpones."""
    for ticket in command.tickets:
        _want_fetch(command.source, ticket, uow, command.due, urgent=2)
    return None


def take_in(source: str, told: DeskTicket, uow: UnitOfWork, clock: Clock) -> Ticket:
    ticket = uow.tickets.by_ref(source, told.id)
    if ticket is None:
        ticket = _open(source, told, uow, clock)
        _want_triage(ticket, uow)
        uow.record(clock.now(), "ticket opened", source, f"ticket:{ticket.id}", {"ref": told.id})
        _hear(ticket, told.messages, uow)
        return ticket
    was, news = ticket.status, _hear(ticket, told.messages, uow)
    if told.updated >= ticket.desk_updated_at:
        _update(ticket, told, uow)
    if was is TicketStatus.RESOLVED and ticket.status is not was:
        due = clock.now() + TELLINGS_SETTLE
        uow.emit(events.TicketReopened(ticket.id), due=due, key=f"reopened:{ticket.id}")
    _announce(ticket, news, uow)
    return ticket


def plan_fetch(event: events.TicketToldInPart) -> events.TicketToldInPart:
    return event


def act_fetch(intent: events.TicketToldInPart, help_desk: HelpDesk | None) -> DeskTicket:
    if help_desk is None:
        raise Refused("not_connected")
    return help_desk.ticket(intent.ticket_ref)


def settle_fetch(
    event: events.TicketToldInPart,
    intent: events.TicketToldInPart,
    outcome: DeskTicket | Exception,
    uow: UnitOfWork,
    clock: Clock,
) -> Verdict:
    match outcome:
        case DeskTicket():
            take_in(event.source, outcome, uow, clock)
            return None
        case Refused():
            return Park(outcome.code)
        case TryLater():
            return Again(outcome.retry_after, str(outcome), held=outcome.retry_after is not None)
    return Again(reason=str(outcome))


def make_ticket(
    command: commands.MakeTicket, uow: UnitOfWork, directory: Directory, clock: Clock
) -> Answer:
    """A chat message becomes a ticket of the source "chat"; the same message never a second one."""
    check_account(command.by, directory.find(command.by))
    if not command.text.strip():
        return Notice("This message has no text to make a ticket of.")
    now = clock.now()
    ref = f"{command.channel}-{command.message}"
    if known := uow.tickets.by_ref(CHAT, ref):
        return Notice(f"This message is ticket #{known.id} already.")
    told = DeskTicket(
        id=ref,
        subject=command.text.strip().splitlines()[0][:120],
        status="open",
        updated=now,
        customer=DeskCustomer(id=command.author),
        messages=(DeskMessage(command.message, "customer", command.text, True, now),),
        channel=CHAT,
    )
    ticket = take_in(CHAT, told, uow, clock)
    return Notice(f"Ticket #{ticket.id} is open.")


def _open(source: str, told: DeskTicket, uow: UnitOfWork, clock: Clock) -> Ticket:
    now = clock.now()
    customer = _customer(source, told.id, told.customer, uow, clock)
    is_news = any(_is_news(message, customer) for message in told.messages)
    return uow.tickets.add(
        Ticket(
            source=source,
            ref=told.id,
            customer_id=customer.id,
            status=TicketStatus(told.status),
            channel=told.channel,
            tags=list(told.tags),
            assignee=told.assignee,
            desk_priority=told.priority,
            created_at=now,
            desk_updated_at=told.updated,
        ),
        told.subject if is_news or customer.erased_at is None else "",
    )


def _customer(
    source: str, ticket_ref: str, told: DeskCustomer, uow: UnitOfWork, clock: Clock
) -> Customer:
    """By the help desk's id, else by the address of somebody imported before, else new."""
    ref = told.id or f"ticket:{ticket_ref}"
    customer = uow.customers.by_ref(source, ref) or uow.customers.by_email(told.email)
    if customer is None:
        account = uow.customers.account_by_ref(told.organisation) if told.organisation else None
        customer = uow.customers.add(
            Customer(
                source=source,
                ref=ref,
                account_id=account.id if account else None,
                language=told.language,
                created_at=clock.now(),
            ),
            told.name,
            told.email,
        )
    return customer


def _hear(ticket: Ticket, told: tuple[DeskMessage, ...], uow: UnitOfWork) -> list[Message]:
    known = uow.tickets.heard(ticket.id)
    customer = uow.customers.get(ticket.customer_id)
    news = []
    for message in told:
        if message.id in known or not _is_news(message, customer):
            continue
        known.add(message.id)
        news.append(
            uow.tickets.say(
                Message(
                    ticket_id=ticket.id,
                    customer_id=ticket.customer_id,
                    ref=message.id,
                    author=Author(message.author),
                    public=message.public,
                    body=message.text,
                    created_at=message.at,
                )
            )
        )
    return news


def _is_news(message: DeskMessage, customer: Customer) -> bool:
    """The help desk tells the whole again; what was erased here does not come back that way."""
    return customer.erased_at is None or message.at > customer.erased_at


def _update(ticket: Ticket, told: DeskTicket, uow: UnitOfWork) -> None:
    status = ticket.status if _is_setting_status(ticket, uow) else TicketStatus(told.status)
    there = (ticket.status, ticket.tags, ticket.assignee, ticket.desk_priority)
    ticket.status, ticket.tags = status, list(told.tags) or ticket.tags
    ticket.assignee, ticket.desk_priority = told.assignee, told.priority
    changed = there != (ticket.status, ticket.tags, ticket.assignee, ticket.desk_priority)
    ticket.desk_updated_at = told.updated
    text = uow.tickets.text(ticket.id)
    if text is not None and told.subject and text.subject != told.subject:
        text.subject, changed = told.subject, True
    if changed:
        uow.emit(events.TicketChanged(ticket.id), key=f"ticket:{ticket.id}")


def _is_setting_status(ticket: Ticket, uow: UnitOfWork) -> bool:
    """Until our own change has arrived there, the help desk tells what was before it."""
    return any(
        effect.kind == "status" and effect.state in (EffectState.READY, EffectState.CALLING)
        for effect in uow.effects.of_ticket(ticket.id)
    )


def _announce(ticket: Ticket, news: list[Message], uow: UnitOfWork) -> None:
    for message in news:
        if message.author is Author.CUSTOMER:
            if ticket.status is not TicketStatus.OPEN:
                ticket.status = TicketStatus.OPEN
            uow.emit(events.CustomerWrote(ticket.id, message.id))
            _want_triage(ticket, uow)
    if news:
        uow.emit(events.TicketChanged(ticket.id), key=f"ticket:{ticket.id}")


def _want_fetch(
    source: str, ref: str, uow: UnitOfWork, due: datetime | None = None, urgent: int = 1
) -> None:
    uow.emit(
        events.TicketToldInPart(ref, source), due=due, key=f"fetch:{source}:{ref}", urgent=urgent
    )


def _want_triage(ticket: Ticket, uow: UnitOfWork) -> None:
    # One key: two triages of one ticket at a time would answer, or pay, twice.
    uow.emit(events.TriageWanted(ticket.id), key=f"triage:{ticket.id}")
