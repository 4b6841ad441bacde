"""The only way to write: jobs run one after another, and are committed together."""

import logging
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, TypeVar

from sqlalchemy import Engine

from storage.errors import may_pass
from storage.jobs import Haste, Instead, Jobs, Ticketed
from storage.unit_of_work import UnitOfWork

log = logging.getLogger(__name__)

T = TypeVar("T")
# What a job answered, or why it failed.
Outcome = tuple[Any, Exception | None]
Part = Callable[[UnitOfWork, Ticketed], Outcome]

BATCH = 32
RETRIES = 4
PATIENCE_S = 20.0


def _nothing_else(error: Exception) -> None:
    """What failed is answered with its error."""


class Writer:
    """Runs jobs in transactions and answers after the commit.

    One thread runs what has queued up and commits it together, so that one fsync and one look at
    the audit's head serve all. SQLite allows one writer anyway. On PostgreSQL several threads
    wait for each other's turn in Python and for each other's audit entry, and do fewer jobs; side
    by side run processes. A deadlock, a serialization failure or a row that another transaction
    has just made runs the job again. What somebody waits for goes before others, and its commit
    waits for nothing less urgent. A job can be cancelled until it is taken, and never after.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._jobs = Jobs()
        self._thread = threading.Thread(target=self._run, name="writer", daemon=True)
        self._thread.start()

    def submit(
        self,
        job: Callable[[UnitOfWork], T],
        haste: Haste = Haste.NONE,
        instead: Instead = _nothing_else,
    ) -> "Future[T]":
        """`instead` names the job that answers for one that raised, of which nothing is kept.

        Raises `storage.errors.Closed` after the end: nobody would run the job any more.
        """
        ticketed = Ticketed(job, instead, haste)
        self._jobs.put(ticketed)
        return ticketed.done

    def run(self, job: Callable[[UnitOfWork], T], haste: Haste = Haste.NONE) -> T:
        """Blocks until the job is committed; raises what the job raised (nothing is kept then)."""
        return self.submit(job, haste).result()

    def close(self, timeout: float = PATIENCE_S) -> None:
        """Finish what is queued, then stop. What takes longer than `timeout` seconds in all is
        left to its thread, which dies with the process and commits all of its job or nothing."""
        self._jobs.close()
        self._thread.join(timeout)

    def _run(self) -> None:
        while first := self._jobs.take():
            if first.done.set_running_or_notify_cancel():
                self._commit([first], BATCH)

    def _follower(self, last: Ticketed) -> Ticketed | None:
        following = self._jobs.following(last)
        if following is None or not following.done.set_running_or_notify_cancel():
            return None
        return following

    def _commit(self, batch: list[Ticketed], most: int) -> None:
        """Run the batch, which grows by what is queued; when that fails with more care, and when
        that fails too each job in a transaction of its own, so that only the one at fault fails."""
        for first, others, grows_to in (
            (_alone, _hopefully, most),
            (_carefully, _carefully, 0),
        ):
            try:
                outcomes = self._attempt(batch, grows_to, first, others)
            except Exception as error:
                if len(batch) == 1:
                    return self._again(batch[0], error)
            else:
                return _settle(batch, outcomes)
        for ticketed in batch:
            self._commit([ticketed], 1)

    def _again(self, ticketed: Ticketed, error: Exception) -> None:
        for _ in range(RETRIES):
            if not may_pass(error):
                break
            log.info("transaction is run again: %s", type(error).__name__)
            try:
                [(answer, _)] = self._attempt([ticketed], 1, _alone, _alone)
            except Exception as again:
                error = again
                continue
            ticketed.done.set_result(answer)
            return
        ticketed.done.set_exception(error)

    def _attempt(
        self, batch: list[Ticketed], most: int, first: Part, others: Part
    ) -> list[Outcome]:
        outcomes: list[Outcome] = []
        with UnitOfWork(self._engine) as uow:
            for ticketed in batch:
                part = others if outcomes else first
                outcomes.append(part(uow, ticketed))
                following = self._follower(ticketed) if len(batch) < most else None
                batch += [following] if following else []
            uow.commit()
        return outcomes


def _hopefully(uow: UnitOfWork, ticketed: Ticketed) -> Outcome:
    """Savepoints take a tenth of the time, and few jobs need one: without, whoever fails spoils
    what was done before it."""
    with uow.turn():
        return ticketed.job(uow), None


def _alone(uow: UnitOfWork, ticketed: Ticketed) -> Outcome:
    """Before the first of a transaction there is nothing to spoil."""
    try:
        return _hopefully(uow, ticketed)
    except Exception as error:
        other = ticketed.instead(error)
        if other is None:
            raise
    uow.rollback()
    with uow.turn():
        return other(uow), None


def _carefully(uow: UnitOfWork, ticketed: Ticketed) -> Outcome:
    try:
        with uow.savepoint():
            return ticketed.job(uow), None
    except Exception as error:
        other = ticketed.instead(error)
        if other is None:
            if may_pass(error):
                raise
            return None, error
    with uow.savepoint():
        return other(uow), None


def _settle(batch: list[Ticketed], outcomes: list[Outcome]) -> None:
    for ticketed, (answer, failure) in zip(batch, outcomes, strict=True):
        if failure is None:
            ticketed.done.set_result(answer)
        else:
            ticketed.done.set_exception(failure)
