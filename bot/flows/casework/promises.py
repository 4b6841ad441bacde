"""What was promised to a customer: reminded of before its time, told when it is broken."""

from zoneinfo import ZoneInfo

from bot import events
from bot.cards import Moment, Span, Strong
from bot.flows.casework.holding import Casework
from bot.promises import set_timers
from storage.models import Author, Promise, PromiseState, Ticket, TicketStatus
from storage.unit_of_work import UnitOfWork


def take_up(event: events.Started, uow: UnitOfWork, casework: Casework) -> None:
    """What an earlier version promised has no timers yet."""
    now = casework.clock.now()
    for promise in uow.promises.open_ones():
        set_timers(uow, promise, now)


def remind(event: events.PromiseNears, uow: UnitOfWork, casework: Casework) -> None:
    """Its owner, by their clock; where nobody holds the ticket, everybody who could claim it."""
    promise = _still_owed(event.promise, uow, casework)
    if promise is not None and promise.state is PromiseState.OPEN:
        owner = casework.directory.get(promise.owner or "")
        zone = owner.time_zone if owner else "UTC"
        due = f"{promise.due.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M} ({zone})"
        told = f"A customer was promised an answer by {due} on ticket #{promise.ticket_id}."
        _tell(promise, told, uow, casework)


def miss(event: events.PromiseDue, uow: UnitOfWork, casework: Casework) -> None:
    promise = _still_owed(event.promise, uow, casework)
    if promise is None or not uow.promises.break_(promise.id):
        return
    about = {"ticket": promise.ticket_id}
    uow.record(casework.clock.now(), "promise broken", "system", f"promise:{promise.id}", about)
    told = f"The answer that was promised on ticket #{promise.ticket_id} is late."
    _tell(promise, told, uow, casework)
    escalation = uow.escalations.open_of(promise.ticket_id)
    if escalation is not None:
        casework.redraw(uow, escalation.id)


def keep(ticket_id: int, uow: UnitOfWork, casework: Casework) -> None:
    """End what is not owed any more: the customer was answered, or waits for nothing."""
    owed = uow.promises.owed(ticket_id)
    if not owed:
        return
    ticket, now = uow.tickets.get(ticket_id), casework.clock.now()
    said = uow.tickets.conversation(ticket_id, public_only=True)
    answers = [message.id for message in said if message.author is Author.PERSON]
    if answers:
        uow.promises.keep(ticket_id, max(answers), now)
    for promise in uow.promises.owed(ticket_id):
        if _is_void(promise, ticket):
            uow.promises.lapse(promise.id, now)


def _is_void(promise: Promise, ticket: Ticket) -> bool:
    """Who is waited for waits for no first answer; what a person wrote themselves still holds."""
    is_their_turn = ticket.status is TicketStatus.WAITING and promise.source == "escalation"
    return ticket.status.is_over or is_their_turn or promise.customer_id != ticket.customer_id


def owed_line(ticket_id: int, uow: UnitOfWork, casework: Casework) -> tuple[Span, ...]:
    """What its customer waits for first; empty where nothing is owed."""
    owed = uow.promises.owed(ticket_id)
    if not owed:
        return ()
    if owed[0].due <= casework.clock.now():
        return (Strong("Promise broken: "), "an answer was due ", Moment(owed[0].due))
    return ("Promised to the customer: by ", Moment(owed[0].due))


def owed_words(ticket_id: int, uow: UnitOfWork, casework: Casework) -> str:
    """The same for lock screens and screen readers."""
    owed = uow.promises.owed(ticket_id)
    if not owed:
        return ""
    is_late = owed[0].due <= casework.clock.now()
    told = "an answer was promised and is late since" if is_late else "an answer is promised by"
    return f", {told} {owed[0].due:%Y-%m-%d %H:%M} UTC"


def _still_owed(promise_id: int, uow: UnitOfWork, casework: Casework) -> Promise | None:
    promise = uow.promises.get(promise_id)
    if promise is None:
        return None
    keep(promise.ticket_id, uow, casework)
    return next((p for p in uow.promises.owed(promise.ticket_id) if p.id == promise_id), None)


def _tell(promise: Promise, text: str, uow: UnitOfWork, casework: Casework) -> None:
    owner = casework.directory.get(promise.owner or "")
    if owner is not None:
        casework.publisher.tell(uow, owner, text, promise.ticket_id)
        return
    escalation = uow.escalations.open_of(promise.ticket_id)
    posts = uow.card_posts.of(f"escalation-{escalation.id}") if escalation else []
    for post in posts:
        if not post.channel.startswith("@"):
            told = f"{text} Nobody has claimed it yet."
            casework.publisher.announce(uow, post.surface, post.channel, told)
