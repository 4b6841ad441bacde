"""What waits to be written: the most urgent first, and each kind in the order they came."""

import enum
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


class Haste(enum.IntEnum):
    """Who waits for a job: somebody at a screen, somebody for their money, or nobody."""

    ANSWER = 0
    EFFECT = 1
    NONE = 2


@dataclass(frozen=True)
class Ticketed:
    """A job, what answers for it when it raises, and where its answer goes."""

    job: Job
    instead: Instead
    haste: Haste
    done: Future[Any] = field(default_factory=Future)


class Jobs:
    def __init__(self) -> None:
        self._waiting: dict[Haste, deque[Ticketed]] = {haste: deque() for haste in Haste}
        self._changed = threading.Condition()
        self._is_closed = False

    def put(self, ticketed: Ticketed) -> None:
        """Raises `Closed` after the end: nobody would run the job any more."""
        with self._changed:
            if self._is_closed:
                raise Closed("nothing is written any more")
            self._waiting[ticketed.haste].append(ticketed)
            self._changed.notify()

    def take(self) -> Ticketed | None:
        """Wait for the next; None once nothing is left and nothing will come."""
        with self._changed:
            while (found := self._next(Haste.NONE)) is None and not self._is_closed:
                self._changed.wait()
        return found

    def following(self, last: Ticketed) -> Ticketed | None:
        """What can be committed together with `last` without making it wait for the less urgent."""
        with self._changed:
            return self._next(last.haste)

    def close(self) -> None:
        with self._changed:
            self._is_closed = True
            self._changed.notify_all()

    def _next(self, least: Haste) -> Ticketed | None:
        for haste, waiting in self._waiting.items():
            if waiting and haste <= least:
                return waiting.popleft()
        return None
