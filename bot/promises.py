"""What a customer was told to expect becomes a record with an owner, and with timers."""

from datetime import datetime, timedelta

from bot import events
from storage.models import Message, Promise, Ticket
from storage.unit_of_work import UnitOfWork

# Whoever has to keep it hears of it when a quarter of its time is left, and two hours at most.
_LEFT = 4
_AT_MOST = timedelta(hours=2)


def promise(
    uow: UnitOfWork, ticket: Ticket, message: Message, due: datetime, source: str, now: datetime
) -> Promise:
    """`message` tells the customer of the ticket that they hear from us by `due`."""
    made = uow.promises.add(
        Promise(
            ticket_id=ticket.id,
            customer_id=ticket.customer_id,
            message_id=message.id,
            source=source,
            owner=ticket.owner,
            due=due,
            created_at=now,
        )
    )
    about = {"ticket": ticket.id, "due": due.isoformat(), "source": source}
    uow.record(now, "promised", ticket.owner or "triage", f"promise:{made.id}", about)
    set_timers(uow, made, now)
    return made


def set_timers(uow: UnitOfWork, made: Promise, now: datetime) -> None:
    """Those that are set already stay as they are; what is near by now is reminded of no more."""
    nears = made.due - min((made.due - made.created_at) / _LEFT, _AT_MOST)
    if nears >= now:
        uow.emit(events.PromiseNears(made.id), due=nears, key=f"nears:{made.id}")
    uow.emit(events.PromiseDue(made.id), due=made.due, key=f"due:{made.id}")
