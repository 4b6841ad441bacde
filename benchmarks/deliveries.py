"""How fast deliveries are put down and carried out: one event, one inner step, many times."""

import os
import sys
import threading
import time
from pathlib import Path

from bot import events
from bot.bootstrap import Backstop, build
from bot.bus import Bus
from bot.config import load
from bot.flows.casework.following import follow_ticket
from bot.steps import Lane, Step
from bot.worker import Worker
from storage.unit_of_work import UnitOfWork

COUNT = 2_000
PATIENCE_S = 120.0


def per_second(backstop: Backstop, count: int) -> float:
    """Put down in transactions of their own, as inputs do, while the worker carries them out."""
    done = threading.Semaphore(0)
    known = backstop.bus.dependencies

    def counted(event: events.TicketChanged, uow: UnitOfWork) -> None:
        known.call(follow_ticket, event, uow=uow)
        uow.after_commit(done.release)

    step = Step("follow ticket", Lane.INNER, counted)
    bus = Bus(
        {},
        {},
        {events.TicketChanged: (step,)},
        backstop.writer,
        backstop.reading,
        backstop.clock,
        known,
    )
    worker = Worker(bus, {Lane.INNER: 1})

    def put_down(uow: UnitOfWork) -> None:
        uow.emit(events.TicketChanged(1))
        bus.dispatch(uow)

    worker.start()
    began = time.perf_counter()
    for one in [backstop.writer.submit(put_down) for _ in range(count)]:
        one.result(PATIENCE_S)
    for _ in range(count):
        assert done.acquire(timeout=PATIENCE_S)
    seconds = time.perf_counter() - began
    worker.stop()
    bus.close()
    return count / seconds


if __name__ == "__main__":
    built = build(load(Path(sys.argv[1])), os.environ)
    print(per_second(built, COUNT))
    built.close()
