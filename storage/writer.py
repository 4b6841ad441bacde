"""The only way to write: jobs run one after another on SQLite, side by side on PostgreSQL."""

import logging
import queue
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from itertools import count
from typing import Any, TypeVar

from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError, OperationalError

from storage.engine import is_sqlite
from storage.errors import Closed
from storage.unit_of_work import UnitOfWork

log = logging.getLogger(__name__)

T = TypeVar("T")
Job = Callable[[UnitOfWork], Any]
Instead = Callable[[Exception], Job | None]

_URGENT, _USUAL, _END = 0, 1, 2
BATCH = 32
THREADS = 8
RETRIES = 4
PATIENCE_S = 20.0
_UNIQUE_VIOLATION = "23505"


@dataclass(order=True)
class _Ticketed:
    """A job in the queue: urgent ones come first, then those that came first."""

    turn: int
    number: int
    job: Job = field(compare=False)
    instead: Instead = field(compare=False)
    done: Future[Any] = field(compare=False, default_factory=Future)


def _nothing_else(error: Exception) -> None:
    """What failed is answered with its error."""


class Writer:
    """Runs jobs in transactions of their own and answers after the commit.

    SQLite allows one writer: one thread runs what has queued up and commits it together, so that
    one fsync serves all. On PostgreSQL eight threads run a transaction each; a deadlock, a
    serialization failure or a row that another transaction has just made runs the job again.
    Somebody waits for an urgent job: it goes before others, and once the urgent ones are done the
    commit waits for nothing else. A job can be cancelled until it is taken, and never after.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        single = is_sqlite(engine)
        self._batch = BATCH if single else 1
        self._jobs: queue.PriorityQueue[_Ticketed] = queue.PriorityQueue()
        self._numbers = count()
        self._door = threading.Lock()
        self._is_closed = False
        self._threads = [
            threading.Thread(target=self._run, name=f"writer-{n}", daemon=True)
            for n in range(1 if single else THREADS)
        ]
        for thread in self._threads:
            thread.start()

    def submit(
        self, job: Callable[[UnitOfWork], T], urgent: bool = False, instead: Instead = _nothing_else
    ) -> "Future[T]":
        """`instead` names the job that answers for one that raised, of which nothing is kept.

        Raises `storage.errors.Closed` after the end: nobody would run the job any more.
        """
        ticketed = _Ticketed(_URGENT if urgent else _USUAL, next(self._numbers), job, instead)
        with self._door:
            if self._is_closed:
                raise Closed("nothing is written any more")
            self._jobs.put(ticketed)
        return ticketed.done

    def run(self, job: Callable[[UnitOfWork], T]) -> T:
        """Blocks until the job is committed; raises what the job raised (nothing is kept then)."""
        return self.submit(job).result()

    def close(self, timeout: float = PATIENCE_S) -> None:
        """Finish what is queued, then stop. What takes longer than `timeout` seconds in all is
        left to its thread, which dies with the process and commits all of its job or nothing."""
        until = time.monotonic() + timeout
        with self._door:
            self._is_closed = True
        for _ in self._threads:
            self._jobs.put(_Ticketed(_END, next(self._numbers), _nothing, _nothing_else))
        for thread in self._threads:
            thread.join(max(0.0, until - time.monotonic()))

    def _run(self) -> None:
        while (first := self._jobs.get()).turn != _END:
            if first.done.set_running_or_notify_cancel():
                self._commit([first], self._batch)

    def _follower(self, last: _Ticketed) -> _Ticketed | None:
        """What else can be committed together with `last` without making it wait."""
        try:
            following = self._jobs.get_nowait()
        except queue.Empty:
            return None
        if following.turn > last.turn:
            self._jobs.put(following)
            return None
        return following if following.done.set_running_or_notify_cancel() else None

    def _commit(self, batch: list[_Ticketed], most: int) -> None:
        """Run the batch, which grows by what is queued."""
        try:
            outcomes = self._attempt(batch, most)
        except Exception as error:
            if len(batch) == 1:
                self._alone(batch[0], error)
            else:
                # One transaction failed as a whole: each job gets its own, so that only the
                # one at fault fails.
                for ticketed in batch:
                    self._commit([ticketed], 1)
            return
        for ticketed, (answer, failure) in zip(batch, outcomes, strict=True):
            if failure is None:
                ticketed.done.set_result(answer)
            else:
                ticketed.done.set_exception(failure)

    def _alone(self, ticketed: _Ticketed, error: Exception) -> None:
        for _ in range(RETRIES):
            if not _may_pass(error):
                break
            log.info("transaction is run again: %s", type(error).__name__)
            try:
                [(answer, _)] = self._attempt([ticketed], 1)
            except Exception as again:
                error = again
                continue
            ticketed.done.set_result(answer)
            return
        ticketed.done.set_exception(error)

    def _attempt(self, batch: list[_Ticketed], most: int) -> list[tuple[Any, BaseException | None]]:
        outcomes: list[tuple[Any, BaseException | None]] = []
        with UnitOfWork(self._engine) as uow:
            for ticketed in batch:
                is_first = not outcomes
                try:
                    outcomes.append((_answer(uow, ticketed, is_first), None))
                except Exception as error:
                    if is_first or isinstance(error, OperationalError):
                        raise
                    outcomes.append((None, error))
                following = self._follower(ticketed) if len(batch) < most else None
                batch += [following] if following else []
            uow.commit()
        return outcomes


def _answer(uow: UnitOfWork, ticketed: _Ticketed, is_first: bool) -> Any:
    # Before the first job there is nothing that a savepoint would save.
    part = uow.turn if is_first else uow.savepoint
    try:
        with part():
            return ticketed.job(uow)
    except Exception as error:
        other = ticketed.instead(error)
        if other is None:
            raise
    if is_first:
        uow.rollback()
    with part():
        return other(uow)


def _may_pass(error: Exception) -> bool:
    """Whether the same job may succeed now. A unique key that another transaction took between
    this one's look and its insert can be seen the second time."""
    if isinstance(error, IntegrityError):
        return getattr(error.orig, "sqlstate", None) == _UNIQUE_VIOLATION
    return isinstance(error, OperationalError)


def _nothing(uow: UnitOfWork) -> None:
    """The job of the last ticket, which ends a thread."""
