"""The only way to write: jobs run one after another on SQLite, side by side on PostgreSQL."""

import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, TypeVar

from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError, OperationalError

from storage.engine import is_sqlite
from storage.jobs import Instead, Jobs, Ticketed
from storage.unit_of_work import UnitOfWork

log = logging.getLogger(__name__)

T = TypeVar("T")

BATCH = 32
# On PostgreSQL; so many take any job, and so many urgent ones alone.
USUAL, URGENT = 3, 3
RETRIES = 4
PATIENCE_S = 20.0
_UNIQUE_VIOLATION = "23505"


def _nothing_else(error: Exception) -> None:
    """What failed is answered with its error."""


class Writer:
    """Runs jobs in transactions of their own and answers after the commit.

    SQLite allows one writer: one thread runs what has queued up and commits it together, so that
    one fsync serves all. On PostgreSQL six threads run a transaction each; a deadlock, a
    serialization failure or a row that another transaction has just made runs the job again.
    Somebody waits for an urgent job: it goes before others, half of the threads are kept for its
    like, and once the urgent ones are done the commit waits for nothing else. A job can be
    cancelled until it is taken, and never after.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        single = is_sqlite(engine)
        self._batch = BATCH if single else 1
        self._jobs = Jobs()
        parts = [False] if single else [False] * USUAL + [True] * URGENT
        self._threads = [
            threading.Thread(target=self._run, args=(part,), name=f"writer-{n}", daemon=True)
            for n, part in enumerate(parts)
        ]
        for thread in self._threads:
            thread.start()

    def submit(
        self, job: Callable[[UnitOfWork], T], urgent: bool = False, instead: Instead = _nothing_else
    ) -> "Future[T]":
        """`instead` names the job that answers for one that raised, of which nothing is kept.

        Raises `storage.errors.Closed` after the end: nobody would run the job any more.
        """
        ticketed = Ticketed(job, instead, urgent)
        self._jobs.put(ticketed)
        return ticketed.done

    def run(self, job: Callable[[UnitOfWork], T], urgent: bool = False) -> T:
        """Blocks until the job is committed; raises what the job raised (nothing is kept then)."""
        return self.submit(job, urgent).result()

    def close(self, timeout: float = PATIENCE_S) -> None:
        """Finish what is queued, then stop. What takes longer than `timeout` seconds in all is
        left to its thread, which dies with the process and commits all of its job or nothing."""
        until = time.monotonic() + timeout
        self._jobs.close()
        for thread in self._threads:
            thread.join(max(0.0, until - time.monotonic()))

    def _run(self, urgent_alone: bool) -> None:
        while first := self._jobs.take(urgent_alone):
            if first.done.set_running_or_notify_cancel():
                self._commit([first], self._batch)

    def _follower(self, last: Ticketed) -> Ticketed | None:
        following = self._jobs.following(last)
        if following is None or not following.done.set_running_or_notify_cancel():
            return None
        return following

    def _commit(self, batch: list[Ticketed], most: int) -> None:
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

    def _alone(self, ticketed: Ticketed, error: Exception) -> None:
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

    def _attempt(self, batch: list[Ticketed], most: int) -> list[tuple[Any, BaseException | None]]:
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


def _answer(uow: UnitOfWork, ticketed: Ticketed, is_first: bool) -> Any:
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
