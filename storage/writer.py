"""The only way to write: jobs run one after another on SQLite, side by side on PostgreSQL."""

import logging
import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError

from storage.engine import is_sqlite
from storage.unit_of_work import UnitOfWork

log = logging.getLogger(__name__)

T = TypeVar("T")
Job = Callable[[UnitOfWork], Any]

BATCH = 32
THREADS = 8
RETRIES = 4


@dataclass
class _Ticketed:
    job: Job
    done: Future[Any]


class Writer:
    """Runs jobs in transactions of their own and answers after the commit.

    SQLite allows one writer: one thread takes what has queued up, runs each job behind a
    savepoint and commits them together, so that one fsync serves all. On PostgreSQL eight
    threads run a transaction each; a deadlock or serialization failure runs the job again.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        single = is_sqlite(engine)
        self._batch = BATCH if single else 1
        self._jobs: queue.SimpleQueue[_Ticketed | None] = queue.SimpleQueue()
        self._threads = [
            threading.Thread(target=self._run, name=f"writer-{n}", daemon=True)
            for n in range(1 if single else THREADS)
        ]
        for thread in self._threads:
            thread.start()

    def submit(self, job: Callable[[UnitOfWork], T]) -> "Future[T]":
        done: Future[T] = Future()
        self._jobs.put(_Ticketed(job, done))
        return done

    def run(self, job: Callable[[UnitOfWork], T]) -> T:
        """Blocks until the job is committed; raises what the job raised (nothing is kept then)."""
        return self.submit(job).result()

    def depth(self) -> int:
        return self._jobs.qsize()

    def close(self) -> None:
        """Finish what is queued, then stop."""
        for _ in self._threads:
            self._jobs.put(None)
        for thread in self._threads:
            thread.join()

    def _run(self) -> None:
        while True:
            batch, ended = self._next_batch()
            if batch:
                self._commit(batch)
            if ended:
                return

    def _next_batch(self) -> tuple[list[_Ticketed], bool]:
        first = self._jobs.get()
        if first is None:
            return [], True
        batch = [first]
        while len(batch) < self._batch:
            try:
                item = self._jobs.get_nowait()
            except queue.Empty:
                break
            if item is None:
                return batch, True
            batch.append(item)
        return batch, False

    def _commit(self, batch: list[_Ticketed]) -> None:
        try:
            outcomes = self._attempt(batch)
        except Exception as error:
            if len(batch) == 1:
                self._alone(batch[0], error)
            else:
                # One transaction failed as a whole: each job gets its own, so that only the
                # one at fault fails.
                for ticketed in batch:
                    self._commit([ticketed])
            return
        for ticketed, (answer, failure) in zip(batch, outcomes, strict=True):
            if failure is not None:
                ticketed.done.set_exception(failure)
            else:
                ticketed.done.set_result(answer)

    def _alone(self, ticketed: _Ticketed, error: Exception) -> None:
        for _ in range(RETRIES):
            if not isinstance(error, OperationalError):
                break
            log.info("transaction is run again: %s", type(error.orig).__name__)
            try:
                [(answer, failure)] = self._attempt([ticketed])
            except Exception as again:
                error = again
                continue
            if failure is not None:
                ticketed.done.set_exception(failure)
            else:
                ticketed.done.set_result(answer)
            return
        ticketed.done.set_exception(error)

    def _attempt(self, batch: list[_Ticketed]) -> list[tuple[Any, BaseException | None]]:
        outcomes: list[tuple[Any, BaseException | None]] = []
        with UnitOfWork(self._engine) as uow:
            for ticketed in batch:
                try:
                    with uow.savepoint():
                        answer = ticketed.job(uow)
                    outcomes.append((answer, None))
                except OperationalError:
                    raise
                except Exception as error:
                    outcomes.append((None, error))
            uow.commit()
        return outcomes
