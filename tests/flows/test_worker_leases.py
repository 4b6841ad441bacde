"""Who holds a delivery, and for how long."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import pytest

from bot.steps import Lane, Step
from bot.worker import LEASE
from tests.clock import START
from tests.flows.one_step import OneStep, one_step, same_ticket

PATIENCE_S = 30.0


class SlowCall:
    """An act that lasts until the test says so; the first one is interrupted when asked to."""

    def __init__(self, interrupted: int = 0) -> None:
        self.began, self.may_end = threading.Event(), threading.Event()
        self.tickets: list[int] = []
        self._interrupted = interrupted

    def act(self, ticket: int) -> None:
        self.tickets.append(ticket)
        if len(self.tickets) <= self._interrupted:
            raise KeyboardInterrupt
        self.began.set()
        assert self.may_end.wait(PATIENCE_S)

    def step(self) -> Step:
        return Step("call", Lane.EFFECTS, same_ticket, self.act)


def wait_until(holds: Callable[[], bool], otherwise: str) -> None:
    limit = time.monotonic() + PATIENCE_S
    while not holds():
        assert time.monotonic() < limit, otherwise
        time.sleep(0)


def wait_for_lease(bot: OneStep, number: int, until: datetime) -> None:
    """Until the lease of this delivery has been renewed to last so long."""
    wait_until(lambda: bot.deliveries()[number].lease_until == until, "the lease was not renewed")


def lane_threads() -> set[threading.Thread]:
    """One that has nothing to do ends as soon as the bot stops."""
    return {each for each in threading.enumerate() if each.name.startswith(Lane.EFFECTS)}


@contextmanager
def stopping(bot: OneStep) -> Iterator[None]:
    thread = threading.Thread(target=bot.worker.stop)
    thread.start()
    yield
    thread.join(PATIENCE_S)


def test_a_slow_call_keeps_its_lease_while_the_bot_stops(database_url: str) -> None:
    """
    Whoever takes over meanwhile must not make the same call; it is settled by who made it.
    """
    slow, others = SlowCall(), lane_threads()
    with one_step(database_url, slow.step(), threads=2) as bot:
        bot.happen(1)
        bot.worker.start()
        assert slow.began.wait(PATIENCE_S)
        with stopping(bot):
            wait_until(lambda: len(lane_threads() - others) == 1, "an idle thread went on")
            for _ in range(3):
                bot.clock.advance(seconds=8)
                wait_for_lease(bot, 0, bot.clock.now() + LEASE)
            slow.may_end.set()

        assert bot.states() == ["done"]


def test_only_what_is_carried_keeps_its_lease(database_url: str) -> None:
    """
    What its thread let go of without a word is taken over when its lease is over.
    """
    slow = SlowCall(interrupted=1)
    with one_step(database_url, slow.step(), threads=2) as bot:
        bot.happen(1)
        with pytest.raises(KeyboardInterrupt):
            bot.worker.run_due()
        bot.happen(2)
        bot.worker.start()
        assert slow.began.wait(PATIENCE_S)

        bot.clock.advance(seconds=5)
        wait_for_lease(bot, 1, START + timedelta(seconds=15))
        assert bot.deliveries()[0].lease_until == START + LEASE

        slow.began.clear()
        bot.clock.advance(seconds=6)
        assert slow.began.wait(PATIENCE_S)
        slow.may_end.set()

    assert slow.tickets == [1, 2, 1]
