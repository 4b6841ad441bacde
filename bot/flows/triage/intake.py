"""What help desks tell us: tickets, messages and changes, taken in once and in any order."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from bot import commands, events
from bot.cards import Answer, Notice
from bot.config import Settings
from bot.config.directory import Directory
from bot.dossier import CHAT
from bot.entitlement import check_account
from bot.errors import Refused, TryLater
from bot.flows.triage.escalating import Escalating
from bot.flows.triage.hearing import is_anothers, let_go, take_in
from bot.outgoing import Outgoing
from bot.personal import beginning
from bot.ports import Clock, DeskCustomer, DeskMessage, DeskTicket, HelpDesk
from bot.steps import Again, Park, Verdict, later
from storage.models import TicketStatus
from storage.unit_of_work import UnitOfWork

# What help desks say of a ticket that was deleted. One that answers so to everything has another
# address: then the ticket is not known here either.
_MISSING = frozenset({"RecordNotFound", "not_found"})
NOT_CONNECTED_S = 60.0


def receive(
    command: commands.ReceiveTicket,
    uow: UnitOfWork,
    settings: Settings,
    clock: Clock,
    directory: Directory,
    outgoing: Outgoing,
    escalating: Escalating,
) -> Answer:
    """Store what was told. Known messages are skipped by id, and an older telling of the ticket
    never overwrites a newer one, so repetition and reordering change nothing. News of a ticket
    that is not known yet, is gone or is another customer's is a hint: the whole is asked for. So is
    another assignee, which only the help desk can tell from ourselves. Words in news of a solving
    or a reopening are taken in at once, and whether it is still so is asked: within a second hooks
    have no order."""
    if command.telling == "gone":
        let_go(command.source, command.ticket.id, uow, clock)
        return None
    is_news = command.telling == "news" and command.source == settings.help_desk.kind
    if command.telling == "hint" or (is_news and _is_half_told(command, uow)):
        _want_fetch(command.source, command.ticket.id, uow)
        return None
    told = command.ticket
    if is_news and (status := _other_status(command, uow)) is not None:
        _want_fetch(command.source, told.id, uow)
        told = replace(told, status=status)
    take_in(command.source, told, uow, clock, directory, outgoing, escalating)
    return None


def fetch(command: commands.FetchTickets, uow: UnitOfWork, clock: Clock) -> Answer:
    """A delivery for each: one that cannot be read stops no other, and a limit only postpones. Of
    what is gone there is nothing to fetch."""
    for ticket in command.gone:
        let_go(command.source, ticket, uow, clock)
    for ticket in command.tickets:
        _want_fetch(command.source, ticket, uow, command.due, urgent=2)
    return None


def _is_half_told(command: commands.ReceiveTicket, uow: UnitOfWork) -> bool:
    known = uow.tickets.by_ref(command.source, command.ticket.id)
    if known is None or known.status is TicketStatus.GONE:
        return True
    if is_anothers(known, command.ticket.customer.id, uow):
        return True
    return command.ticket.assignee not in (None, known.assignee)


def _other_status(
    command: commands.ReceiveTicket, uow: UnitOfWork
) -> Literal["open", "waiting", "resolved"] | None:
    """What is known to be so here, where the news would end the work on the ticket or renew it."""
    known = uow.tickets.by_ref(command.source, command.ticket.id)
    if known is None or known.status is TicketStatus.GONE:
        return None
    is_resolved = known.status is TicketStatus.RESOLVED
    if (command.ticket.status == "resolved") is is_resolved:
        return None
    if is_resolved:
        return "resolved"
    return "waiting" if known.status is TicketStatus.WAITING else "open"


@dataclass(frozen=True)
class Look:
    """`began` is before the help desk was asked: what it answers is no older."""

    source: str
    ref: str
    began: datetime


def plan_fetch(event: events.TicketToldInPart, clock: Clock) -> Look:
    return Look(event.source, event.ticket_ref, clock.now())


def act_fetch(intent: Look, help_desk: HelpDesk | None) -> DeskTicket:
    """Another help desk knows another ticket by this number, or says that there is none."""
    if help_desk is None or help_desk.name != intent.source:
        raise TryLater("the help desk is not connected: see backstop check", NOT_CONNECTED_S)
    return help_desk.ticket(intent.ref)


def settle_fetch(
    event: events.TicketToldInPart,
    intent: Look,
    outcome: DeskTicket | Exception,
    uow: UnitOfWork,
    clock: Clock,
    directory: Directory,
    outgoing: Outgoing,
    escalating: Escalating,
) -> Verdict:
    match outcome:
        case DeskTicket():
            if _is_outrun(event, intent, uow):
                return Again(0, "its status was set while it was read", held=True)
            take_in(event.source, outcome, uow, clock, directory, outgoing, escalating)
            return None
        case Refused() if outcome.code in _MISSING and let_go(event.source, intent.ref, uow, clock):
            return None
        case Refused():
            return Park(outcome.code)
        case TryLater():
            return later(str(outcome), outcome.retry_after)
    return Again(reason=str(outcome))


def _is_outrun(event: events.TicketToldInPart, look: Look, uow: UnitOfWork) -> bool:
    """Our own change arrived there while we looked: which of the two states was seen is not known,
    and the older one, believed, would undo ours."""
    ticket = uow.tickets.by_ref(event.source, look.ref)
    ours = uow.effects.last_status(ticket.id) if ticket else None
    return ours is not None and ours.done_at is not None and ours.done_at > look.began


def make_ticket(
    command: commands.MakeTicket,
    uow: UnitOfWork,
    directory: Directory,
    clock: Clock,
    outgoing: Outgoing,
    escalating: Escalating,
) -> Answer:
    """A chat message becomes a ticket of the source "chat"; the same message never a second one."""
    by = directory.find(command.by)
    check_account(command.by, by)
    if not command.text.strip():
        return Notice("This message has no text to make a ticket of.")
    now = clock.now()
    ref = f"{command.channel}-{command.message}"
    if known := uow.tickets.by_ref(CHAT, ref):
        return Notice(f"This message is ticket #{known.id} already.")
    told = DeskTicket(
        id=ref,
        subject=beginning(command.text.strip().splitlines()[0], 120),
        status="open",
        updated=now,
        customer=DeskCustomer(id=command.author, name=command.name),
        messages=(DeskMessage(command.message, "customer", command.text, True, now),),
        channel=command.place,
    )
    ticket = take_in(CHAT, told, uow, clock, directory, outgoing, escalating)
    who = by.id if by else f"{command.by.surface}:{command.by.user}"
    uow.record(now, "ticket made", who, f"ticket:{ticket.id}", {"ref": ref})
    return Notice(
        f"Ticket #{ticket.id} is open. Whoever claims it answers in the chat: nothing is sent to "
        "its author from here, so tell them that a person has it."
    )


def _want_fetch(
    source: str, ref: str, uow: UnitOfWork, due: datetime | None = None, urgent: int = 1
) -> None:
    uow.emit(
        events.TicketToldInPart(ref, source), due=due, key=f"fetch:{source}:{ref}", urgent=urgent
    )
