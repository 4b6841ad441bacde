"""A bot with one step of the test's own, for what every flow relies on."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from bot import events
from bot.bootstrap import reading
from bot.bus import Bus
from bot.steps import Dependencies, Lane, Step
from bot.worker import Worker
from storage.engine import Engine, open_engine
from storage.models import AuditEntry, Delivery
from storage.unit_of_work import UnitOfWork
from storage.writer import Writer
from tests.clock import SteerableClock


def same_ticket(event: events.TicketChanged, uow: UnitOfWork) -> int:
    return event.ticket


@dataclass(frozen=True)
class OneStep:
    engine: Engine
    clock: SteerableClock
    bus: Bus
    worker: Worker

    def happen(self, *tickets: int) -> None:
        """One event each, and its delivery."""

        def emit(uow: UnitOfWork) -> None:
            for ticket in tickets:
                uow.emit(events.TicketChanged(ticket))
            self.bus.dispatch(uow)

        self.bus.writer.run(emit)

    def later(self, **by: float) -> None:
        self.clock.advance(**by)
        self.worker.run_due()

    def deliveries(self) -> list[Delivery]:
        """Oldest first."""
        with reading(self.engine) as uow:
            return list(reversed(uow.deliveries.listed(None, 100)))

    def states(self) -> list[str]:
        return [delivery.state.value for delivery in self.deliveries()]

    def audited(self) -> list[str]:
        with reading(self.engine) as uow:
            return [entry.kind for entry in uow.session.query(AuditEntry)]


@contextmanager
def one_step(
    url: str,
    step: Step,
    threads: int = 1,
    do: Mapping[type[Any], Callable[..., Any]] | None = None,
) -> Iterator[OneStep]:
    """`do` are its commands; leases are renewed all the time."""
    clock, engine = SteerableClock(), open_engine(url)
    writer = Writer(engine)
    subscribers = {events.TicketChanged: (step,)}
    bus = Bus(do or {}, {}, subscribers, writer, lambda: reading(engine), clock, Dependencies())
    worker = Worker(bus, {Lane.EFFECTS: threads}, heartbeat=0.01)
    try:
        yield OneStep(engine, clock, bus, worker)
    finally:
        worker.stop()
        writer.close()
        bus.close()
        engine.dispose()
