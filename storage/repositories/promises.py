"""Promises: what is owed to whom, and how each of them ended."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import case, select, update

from storage.models import OWED, Account, Customer, Promise, PromiseState, Ticket
from storage.repositories.base import Repository, table_of

P = table_of(Promise)
_IS_OWED = P.c.state.in_(OWED)


class Promises(Repository):
    def add(self, promise: Promise) -> Promise:
        self.session.add(promise)
        self.session.flush()
        return promise

    def get(self, promise_id: int) -> Promise | None:
        return self.fresh(Promise, promise_id)

    def of_ticket(self, ticket_id: int) -> Sequence[Promise]:
        """Oldest first, ended ones too."""
        query = select(Promise).where(Promise.ticket_id == ticket_id).order_by(Promise.id)
        return self.session.scalars(query.execution_options(populate_existing=True)).all()

    def owed(self, ticket_id: int) -> list[Promise]:
        """What the customer still waits for, the soonest first."""
        owed = (one for one in self.of_ticket(ticket_id) if one.state in OWED)
        return sorted(owed, key=lambda one: one.due)

    def open_ones(self) -> Sequence[Promise]:
        open_ = Promise.state == PromiseState.OPEN
        return self.session.scalars(select(Promise).where(open_).order_by(Promise.id)).all()

    def overdue(self, now: datetime) -> list[tuple[Promise, str | None]]:
        """Every promise that is broken by now, the oldest first, with the ref of its account."""
        rows = self.session.execute(
            select(Promise, Account.ref)
            .join(Ticket, Ticket.id == Promise.ticket_id)
            .join(Customer, Customer.id == Ticket.customer_id)
            .outerjoin(Account, Account.id == Customer.account_id)
            .where(Promise.state.in_(OWED), Promise.due <= now)
            .order_by(Promise.due)
        )
        return [(promise, ref) for promise, ref in rows]

    def hand_to(self, ticket_id: int, owner: str | None) -> None:
        owed = update(P).where(P.c.ticket_id == ticket_id, _IS_OWED)
        self.session.execute(owed.values(owner=owner))

    def break_(self, promise_id: int) -> bool:
        """True for the one who finds it open and late."""
        open_ = (P.c.id == promise_id, P.c.state == PromiseState.OPEN)
        return bool(self.change(update(P).where(*open_).values(state=PromiseState.BROKEN)))

    def keep(self, ticket_id: int, answer: int, at: datetime) -> bool:
        """The message `answer` answers whatever was promised before it; late where it was due."""
        is_late = (P.c.state == PromiseState.BROKEN) | (P.c.due < at)
        ended = case((is_late, PromiseState.LATE.value), else_=PromiseState.KEPT.value)
        before = (P.c.ticket_id == ticket_id, P.c.message_id < answer, _IS_OWED)
        return bool(self.change(update(P).where(*before).values(state=ended, ended_at=at)))

    def lapse(self, promise_id: int, at: datetime) -> None:
        owed = update(P).where(P.c.id == promise_id, _IS_OWED)
        self.session.execute(owed.values(state=PromiseState.LAPSED, ended_at=at))

    def lapse_message(self, message_id: int, at: datetime) -> None:
        """Words that never arrived have promised nothing."""
        owed = update(P).where(P.c.message_id == message_id, _IS_OWED)
        self.session.execute(owed.values(state=PromiseState.LAPSED, ended_at=at))
