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
    left = min((due - now) / _LEFT, _AT_MOST)
    uow.emit(events.PromiseNears(made.id), due=due - left)
    uow.emit(events.PromiseDue(made.id), due=due)
    return made
