"""One telling of a ticket by its help desk: what is new in it, and who has the ticket now."""

from datetime import datetime, timedelta

from bot import events
from bot.config.directory import Directory
from bot.flows.triage.escalating import GIVEN_AWAY, Escalating
from bot.outgoing import Outgoing
from bot.ports import Clock, DeskCustomer, DeskMessage, DeskTicket
from storage.models import (
    Author,
    Customer,
    Effect,
    EffectState,
    Message,
    Ticket,
    TicketStatus,
)
from storage.unit_of_work import UnitOfWork

# Hooks overtake each other, and an agent takes its time: a minute later it is known whether it was
# somebody there who opened it, or words that the agent answers for.
TELLINGS_SETTLE = timedelta(minutes=1)
# What a help desk's clock and ours differ by at most.
SKEW = timedelta(minutes=1)


def take_in(
    source: str,
    told: DeskTicket,
    uow: UnitOfWork,
    clock: Clock,
    directory: Directory,
    outgoing: Outgoing,
    escalating: Escalating,
) -> Ticket:
    """Whatever was told before or is older changes nothing. Words that nobody has taken up want a
    triage each time the ticket is told, so that one more telling mends whatever went wrong."""
    ticket = uow.tickets.by_ref(source, told.id)
    is_new = ticket is None
    if ticket is None:
        ticket = _open(source, told, uow, clock)
        uow.record(clock.now(), "ticket opened", source, f"ticket:{ticket.id}", {"ref": told.id})
    is_newer = told.updated >= ticket.desk_updated_at
    is_anothers = not is_new and is_newer and _rebind(source, ticket, told, uow, clock)
    was, news = ticket.status, _hear(ticket, told.messages, uow, directory)
    if is_new:
        _note_holder(ticket, told, directory)
        _leave_the_past(ticket, told, uow)
    elif is_newer:
        _update(ticket, told, uow, directory, outgoing)
    if is_anothers and not ticket.status.is_over:
        reasons = ("In the help desk the ticket was given to another customer.",)
        escalating.escalate(uow, ticket, GIVEN_AWAY, reasons, None)
    waits = bool(uow.tickets.waiting(ticket.id))
    if not is_new:
        _announce(ticket, news, waits, uow)
    if was.is_over and not ticket.status.is_over:
        due = clock.now() + TELLINGS_SETTLE
        uow.emit(events.TicketReopened(ticket.id), due=due, key=f"reopened:{ticket.id}")
    if waits:
        want_triage(ticket.id, uow)
    return ticket


def let_go(source: str, ref: str, uow: UnitOfWork, clock: Clock) -> bool:
    """Deleted there or marked as spam, it is nobody's task here either, and whatever waits for a
    yes on it is withdrawn; False if it is unknown."""
    ticket = uow.tickets.by_ref(source, ref)
    if ticket is None:
        return False
    if ticket.status is not TicketStatus.GONE:
        uow.record(clock.now(), "ticket gone", source, f"ticket:{ticket.id}", {"ref": ref})
        ticket.status, ticket.desk_owner = TicketStatus.GONE, None
        uow.emit(events.TicketChanged(ticket.id), key=f"ticket:{ticket.id}")
    uow.tickets.take_up(ticket.id)
    return True


def want_triage(ticket_id: int, uow: UnitOfWork) -> None:
    # One key: two triages of one ticket at a time would answer, or pay, twice.
    uow.emit(events.TriageWanted(ticket_id), key=f"triage:{ticket_id}")


def open_again(ticket: Ticket, uow: UnitOfWork, outgoing: Outgoing) -> None:
    """Words wait that nobody had read who solved it: it is open here, and is to be there."""
    ticket.status = TicketStatus.OPEN
    outgoing.set_status(uow, ticket, TicketStatus.OPEN.value, "policy:overtaken")


def _open(source: str, told: DeskTicket, uow: UnitOfWork, clock: Clock) -> Ticket:
    now = clock.now()
    customer = _customer(source, told.id, told.customer, uow, clock)
    is_news = any(_is_news(message, customer.erased_at) for message in told.messages)
    return uow.tickets.add(
        Ticket(
            source=source,
            ref=told.id,
            customer_id=customer.id,
            requester=told.customer.id,
            status=TicketStatus(told.status),
            channel=told.channel,
            tags=list(told.tags or ()),
            desk_priority=told.priority,
            created_at=now,
            desk_updated_at=told.updated,
        ),
        told.subject if is_news or customer.erased_at is None else "",
    )


def _customer(
    source: str, ticket_ref: str, told: DeskCustomer, uow: UnitOfWork, clock: Clock
) -> Customer:
    """By the help desk's id, else by the address of somebody imported before, where the help desk
    vouches for it; else new. Whoever only says who they are gets nobody's account."""
    ref = told.id or f"ticket:{ticket_ref}"
    email = told.email if told.vouched else ""
    known = uow.customers.known_as(source, ref, email)
    if known is not None:
        known.vouched = known.vouched or bool(email)
        return known
    home = told.organisation if told.vouched else None
    account = uow.customers.account_by_ref(home) if home else None
    return uow.customers.add(
        Customer(
            source=source,
            ref=ref,
            account_id=account.id if account else None,
            language=told.language,
            vouched=told.vouched,
            created_at=clock.now(),
        ),
        told.name,
        told.email,
    )


def _rebind(source: str, ticket: Ticket, told: DeskTicket, uow: UnitOfWork, clock: Clock) -> bool:
    """Whether it is another customer's from now on. What waits for the one before is withdrawn,
    since the ticket's replies go to the other."""
    is_other = is_anothers(ticket, told.customer.id, uow)
    was = uow.customers.get(ticket.customer_id)
    if is_other or was.erased_at is None or "@" not in told.customer.id:
        ticket.requester = told.customer.id or ticket.requester
    if not is_other:
        return False
    customer = _customer(source, told.id, told.customer, uow, clock)
    if was.id == customer.id:
        return False
    ticket.erased_at, ticket.customer_id = _erased_at(ticket, was), customer.id
    about = {"from": was.id, "to": customer.id}
    uow.record(clock.now(), "requester changed", source, f"ticket:{ticket.id}", about)
    uow.emit(events.RequesterChanged(ticket.id))
    uow.emit(events.TicketChanged(ticket.id), key=f"ticket:{ticket.id}")
    return True


def is_anothers(ticket: Ticket, requester: str, uow: UnitOfWork) -> bool:
    """Whether the help desk names another customer than it did. Whose address was erased with them
    is not told from another by it, and stays erased."""
    customer = uow.customers.get(ticket.customer_id)
    is_own_id = not customer.ref.startswith(("ticket:", "erased:"))
    has_own_id = customer.source == ticket.source and is_own_id
    known = ticket.requester or (customer.ref if has_own_id else "")
    return "" not in (known, requester) and known != requester


def _hear(
    ticket: Ticket, told: tuple[DeskMessage, ...], uow: UnitOfWork, directory: Directory
) -> list[Message]:
    """Store what is new, in the order it was told. A colleague who answers the customer there has
    read what stood above when they wrote it, and has the ticket from then on."""
    known = uow.tickets.heard(ticket.id)
    erased_at = _erased_at(ticket, uow.customers.get(ticket.customer_id))
    news = []
    for message in told:
        if message.id in known or not _is_news(message, erased_at):
            continue
        known.add(message.id)
        person = directory.with_email(message.email)
        news.append(
            uow.tickets.say(
                Message(
                    ticket_id=ticket.id,
                    customer_id=ticket.customer_id,
                    ref=message.id,
                    author=Author(message.author),
                    person=person.id if person and message.author == "person" else None,
                    public=message.public,
                    body=message.text,
                    created_at=message.at,
                )
            )
        )
        if message.author == "person" and message.public:
            uow.tickets.take_up(ticket.id, until=message.at)
            ticket.desk_owner = person.id if person else ticket.desk_owner or Ticket.ANSWERED
    return news


def _erased_at(ticket: Ticket, customer: Customer) -> datetime | None:
    """What was said in the ticket until then is erased: its customer's words, or of the one who
    had it before."""
    return max((at for at in (ticket.erased_at, customer.erased_at) if at), default=None)


def _is_news(message: DeskMessage, erased_at: datetime | None) -> bool:
    """The help desk tells the whole again; what was erased here does not come back that way."""
    return erased_at is None or message.at > erased_at


def _leave_the_past(ticket: Ticket, told: DeskTicket, uow: UnitOfWork) -> None:
    """A ticket that is first told when it was solved, or when it waited for its customer behind an
    agent's answer, was somebody's business before it was ours."""
    ends = told.messages[-1].author if told.messages else ""
    if told.status == "resolved" or (told.status == "waiting" and ends == "agent"):
        uow.tickets.take_up(ticket.id)


def _update(
    ticket: Ticket, told: DeskTicket, uow: UnitOfWork, directory: Directory, outgoing: Outgoing
) -> None:
    there = (ticket.status, ticket.tags, ticket.assignee, ticket.desk_priority)
    ticket.status = _status(ticket, told, uow, outgoing)
    ticket.tags = ticket.tags if told.tags is None else list(told.tags)
    _note_holder(ticket, told, directory)
    ticket.desk_priority = told.priority
    changed = there != (ticket.status, ticket.tags, ticket.assignee, ticket.desk_priority)
    ticket.desk_updated_at = told.updated
    text = uow.tickets.text(ticket.id)
    if text is not None and told.subject and text.subject != told.subject:
        text.subject, changed = told.subject, True
    if changed:
        uow.emit(events.TicketChanged(ticket.id), key=f"ticket:{ticket.id}")


def _status(ticket: Ticket, told: DeskTicket, uow: UnitOfWork, outgoing: Outgoing) -> TicketStatus:
    """Until our own change has arrived there, the help desk tells what was before it. And where
    our solving has overtaken words of the customer, the ticket is opened there again; words that
    came behind it opened the ticket there by themselves, and somebody there has solved it anew."""
    ours = uow.effects.last_status(ticket.id)
    if ours is not None and ours.state in (EffectState.READY, EffectState.CALLING):
        return ticket.status
    is_overtaken = (
        ours is not None
        and ours.state is EffectState.DONE
        and told.status == ours.payload["status"] == "resolved"
        and ticket.status is TicketStatus.OPEN
        and _came_before(uow.tickets.last_words(ticket.id), ours)
    )
    if is_overtaken:
        open_again(ticket, uow, outgoing)
        return ticket.status
    if told.status == "resolved" and not ticket.status.is_over:
        # Whoever solves it there has read it.
        uow.tickets.take_up(ticket.id)
    return TicketStatus(told.status)


def _came_before(words: Message | None, ours: Effect) -> bool:
    """Within what clocks differ by: opened once too often, a ticket is seen; once too few, not."""
    return words is not None and words.created_at < (ours.done_at or ours.created_at) + SKEW


def _note_holder(ticket: Ticket, told: DeskTicket, directory: Directory) -> None:
    """Whoever it is assigned to has it until it is assigned otherwise; whoever has only answered,
    until it is solved."""
    is_theirs = told.assignee is not None and not told.is_ours
    if told.assignee != ticket.assignee:
        person = directory.with_email(told.assignee_email)
        ticket.assignee, ticket.desk_owner = told.assignee, None
        if is_theirs:
            ticket.desk_owner = person.id if person else Ticket.ASSIGNED
    elif told.status == "resolved" and not is_theirs:
        ticket.desk_owner = None


def _announce(ticket: Ticket, news: list[Message], waits: bool, uow: UnitOfWork) -> None:
    written = [message for message in news if message.author.is_outside]
    for message in written:
        uow.emit(events.CustomerWrote(ticket.id, message.id))
    if written and waits:
        ticket.status = TicketStatus.OPEN
    if news:
        uow.emit(events.TicketChanged(ticket.id), key=f"ticket:{ticket.id}")
