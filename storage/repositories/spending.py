"""What models used: each call by itself, and per day."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select, update

from storage.errors import Missing
from storage.models import ModelCall, SpendingDay
from storage.repositories.base import Repository, table_of

_D, _C = table_of(SpendingDay), table_of(ModelCall)
_NAMES = ("input_tokens", "output_tokens", "cost")


@dataclass(frozen=True)
class Used:
    input_tokens: int = 0
    output_tokens: int = 0
    cost: int = 0


@dataclass(frozen=True)
class Called:
    """A ticket's calls: how many, what they used, and how many of them nobody heard the end of."""

    calls: int
    used: Used
    unsettled: int


class Spendings(Repository):
    def book(self, day: date, worst: Used, tokens: int, cost: int) -> bool:
        """Add to the day unless that went beyond so many tokens or so much money: looked at and
        added by one statement, which waits for whoever adds to the same day."""
        insert = self.upsert(SpendingDay).values(day=day, **dict.fromkeys(_NAMES, 0))
        self.session.execute(insert.on_conflict_do_nothing(index_elements=["day"]))
        used = worst.input_tokens + worst.output_tokens
        is_borne = (
            _D.c.input_tokens + _D.c.output_tokens + used <= tokens,
            _D.c.cost + worst.cost <= cost,
        )
        more = {name: _D.c[name] + getattr(worst, name) for name in _NAMES}
        return self.change(update(_D).where(_D.c.day == day, *is_borne).values(more)) == 1

    def reserve(self, ticket_id: int | None, day: date, worst: Used) -> int:
        """A call that was booked on its day."""
        given = {name: getattr(worst, name) for name in _NAMES}
        call = ModelCall(ticket_id=ticket_id, day=day, **given)
        self.session.add(call)
        self.session.flush()
        return call.id

    def settle(self, call_id: int, used: Used) -> None:
        """On the day it was booked on, whichever it is by now."""
        call = self.session.get(ModelCall, call_id)
        if call is None:
            raise Missing(f"call {call_id}")
        more = {name: getattr(used, name) - getattr(call, name) for name in _NAMES}
        added = {name: _D.c[name] + many for name, many in more.items()}
        self.session.execute(update(_D).where(_D.c.day == call.day).values(added))
        for name in _NAMES:
            setattr(call, name, getattr(used, name))
        call.settled = True

    def on_ticket(self, ticket_id: int) -> Used:
        return self.calls_on(ticket_id).used

    def calls_on(self, ticket_id: int) -> Called:
        sums = (func.coalesce(func.sum(_C.c[name]), 0) for name in _NAMES)
        unsettled = func.count().filter(~_C.c.settled)
        query = select(func.count(), unsettled, *sums).where(_C.c.ticket_id == ticket_id)
        calls, unknown, *used = self.session.execute(query).one()
        return Called(calls, Used(*map(int, used)), unknown)
