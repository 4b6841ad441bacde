"""What waits to be written: urgent jobs first, and each kind in the order they came."""

import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any

from storage.errors import Closed
from storage.unit_of_work import UnitOfWork

Job = Callable[[UnitOfWork], Any]
Instead = Callable[[Exception], Job | None]


@dataclass(frozen=True)
class Ticketed:
    """A job, what answers for it when it raises, and where its answer goes."""

    job: Job
    instead: Instead
    is_urgent: bool
    done: Future[Any] = field(default_factory=Future)


class Jobs:
    """A queue with two ends: who takes all jobs, and who takes urgent ones alone."""

    def __init__(self) -> None:
        self._urgent: deque[Ticketed] = deque()
        self._usual: deque[Ticketed] = deque()
        lock = threading.Lock()
        self._for_all = threading.Condition(lock)
        self._for_urgent = threading.Condition(lock)
        self._is_closed = False

    def put(self, ticketed: Ticketed) -> None:
        """Raises `Closed` after the end: nobody would run the job any more."""
        with self._for_all:
            if self._is_closed:
                raise Closed("nothing is written any more")
            if ticketed.is_urgent:
                self._urgent.append(ticketed)
                self._for_urgent.notify()
            else:
                self._usual.append(ticketed)
            self._for_all.notify()

    def take(self, urgent_alone: bool) -> Ticketed | None:
        """Wait for the next; None once nothing is left and nothing will come."""
        mine = self._for_urgent if urgent_alone else self._for_all
        with mine:
            while (found := self._next(urgent_alone)) is None and not self._is_closed:
                mine.wait()
        return found

    def following(self, last: Ticketed) -> Ticketed | None:
        """What can be committed together with `last` without making it wait."""
        with self._for_all:
            return self._next(last.is_urgent)

    def close(self) -> None:
        with self._for_all:
            self._is_closed = True
            self._for_all.notify_all()
            self._for_urgent.notify_all()

    def _next(self, urgent_alone: bool) -> Ticketed | None:
        if self._urgent:
            return self._urgent.popleft()
        if self._usual and not urgent_alone:
            return self._usual.popleft()
        return None
