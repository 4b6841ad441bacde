"""What models cost, in the store: known to every process, whatever comes of a call."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Protocol, TypeVar
from zoneinfo import ZoneInfo

from bot.agent.looking import OverBudget, Spent, of_day, of_ticket
from bot.config.agent import Budget
from bot.ports import Clock
from storage.repositories import Used
from storage.unit_of_work import UnitOfWork

T = TypeVar("T")


class Write(Protocol):
    """Runs a function in a transaction of its own."""

    def __call__(self, job: Callable[[UnitOfWork], T], /) -> T: ...


class StoredSpending:
    """By tickets, and by days of the company. Of two that reserve at once the second sees what the
    first did, in whatever processes they are; a process that dies leaves its call reserved, and so
    counted at its worst, until that day and that ticket are over."""

    def __init__(self, write: Write, clock: Clock, time_zone: str) -> None:
        self._write = write
        self._clock, self._zone = clock, ZoneInfo(time_zone)

    def reserve(self, worst: Spent, budget: Budget, ticket: int | None) -> int:
        return self._write(partial(_reserve, self._day(), worst, budget, ticket))

    def settle(self, reserved: int, spent: Spent) -> None:
        self._write(lambda uow: uow.spendings.settle(reserved, _used(spent)))

    def _day(self) -> date:
        return self._clock.now().astimezone(self._zone).date()


def _reserve(day: date, worst: Spent, budget: Budget, ticket: int | None, uow: UnitOfWork) -> int:
    """The day's row is locked first, so that nobody adds to the ticket while it is summed up."""
    most = of_day(budget)
    if not uow.spendings.book(day, _used(worst), most.tokens, most.cost):
        raise OverBudget("day")
    before = uow.spendings.on_ticket(ticket) if ticket is not None else Used()
    if not of_ticket(budget).bears(
        Spent(before.input_tokens, before.output_tokens, before.cost) + worst
    ):
        raise OverBudget("ticket")
    return uow.spendings.reserve(ticket, day, _used(worst))


def _used(spent: Spent) -> Used:
    return Used(spent.input_tokens, spent.output_tokens, spent.cost)
