"""What models cost today, in the store: known to every process, whatever comes of a call."""

from collections.abc import Callable
from datetime import date
from zoneinfo import ZoneInfo

from bot.agent.looking import Spent
from bot.ports import Clock
from storage.repositories import Used
from storage.unit_of_work import UnitOfWork

Write = Callable[[Callable[[UnitOfWork], None]], object]


class StoredSpending:
    """By days of the company; `write` runs a function in a transaction of its own."""

    def __init__(
        self, reading: Callable[[], UnitOfWork], write: Write, clock: Clock, time_zone: str
    ) -> None:
        self._reading, self._write = reading, write
        self._clock, self._zone = clock, ZoneInfo(time_zone)

    def today(self) -> Spent:
        with self._reading() as uow:
            used = uow.spendings.on(self._day())
        return Spent(used.input_tokens, used.output_tokens, used.cost)

    def add(self, spent: Spent) -> None:
        if spent.tokens:
            used = Used(spent.input_tokens, spent.output_tokens, spent.cost)
            day = self._day()
            self._write(lambda uow: uow.spendings.add(day, used))

    def _day(self) -> date:
        return self._clock.now().astimezone(self._zone).date()
