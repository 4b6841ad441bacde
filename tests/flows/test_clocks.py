"""Whose time counts when machines disagree, or are set."""

import asyncio
import logging
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from bot.bootstrap import Backstop, Outside, build
from bot.clock import SteadyClock
from bot.config import load
from bot.watchers import Watchers
from bot.worker import LEASE
from storage.engine import told_time
from tests.clock import START, SteerableClock
from tests.storage.rows import a_delivery

HOUR = timedelta(hours=1)


class Machine:
    """A clock that somebody sets, and ticks that nobody does."""

    def __init__(self) -> None:
        self.told, self.ticks = START, 0.0

    def pass_time(self, seconds: float) -> None:
        self.ticks += seconds
        self.told += timedelta(seconds=seconds)

    def steady(self) -> SteadyClock:
        return SteadyClock(lambda: self.told, lambda: self.ticks)


def a_bot(url: str, folder: Path, clock: SteerableClock | None = None) -> Backstop:
    file = folder / "app.yaml"
    file.write_text("company: {name: Acme, time_zone: Europe/Berlin, currency: EUR}\n")
    environ = {"BACKSTOP_DATABASE_URL": url}
    return build(load(file, environ), environ, clock, Outside({}))


def test_time_goes_on_whatever_the_clock_is_set_to() -> None:
    """
    Between two adjustments only ticks count.
    """
    machine = Machine()
    clock = machine.steady()
    machine.told -= HOUR

    machine.pass_time(5)

    assert clock.now() == START + timedelta(seconds=5)


def test_a_clock_that_is_set_back_only_slows_down() -> None:
    """
    What is due goes on being due; each adjustment takes back a second at most.
    """
    machine = Machine()
    clock = machine.steady()
    machine.told -= HOUR

    seen = [clock.now()]
    for _ in range(3):
        machine.pass_time(60)
        clock.adjust()
        seen.append(clock.now())

    assert [after - before for before, after in pairwise(seen)] == [timedelta(seconds=59)] * 3


def test_after_a_sleep_it_is_now() -> None:
    """
    A machine that slept counted no ticks; whatever became due meanwhile is due.
    """
    machine = Machine()
    clock = machine.steady()
    machine.told += HOUR

    clock.adjust()

    assert clock.now() == START + HOUR


def test_processes_go_by_the_clock_of_their_database(database_url: str, tmp_path: Path) -> None:
    """
    Two of them mean the same when they say how long a lease lasts.
    """
    one, other = (a_bot(database_url, tmp_path) for _ in range(2))
    try:
        before = told_time(one.engine)
        times = [one.clock.now(), other.clock.now()]
        after = told_time(one.engine)
    finally:
        one.close()
        other.close()

    # Each is behind by no more than the way of an answer.
    assert all(before - timedelta(seconds=1) < at <= after for at in times)


def test_a_clock_that_stands_before_what_is_written_is_told_of(
    database_url: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """
    Somebody set it back while nothing ran: what was due waits, and the log says why.
    """
    clock = SteerableClock()
    bot = a_bot(database_url, tmp_path, clock)
    bot.writer.run(lambda uow: uow.record(clock.now(), "started", "system", "x", {}))
    clock.set(datetime.fromisoformat("2026-09-23T08:00:00+00:00"))

    with caplog.at_level(logging.WARNING, "bot.watchers"):
        asyncio.run(Watchers(bot).compare_clocks())
    bot.close()

    assert "the clock was set back: what was due then waits up to 3600 s" in caplog.text


def test_what_a_dead_bot_held_is_free_though_the_clock_was_set_back(
    database_url: str, tmp_path: Path
) -> None:
    """
    The one bot of a file lets go of every lease, whenever it was taken.
    """
    bot = a_bot(database_url, tmp_path)
    row = a_delivery(lane="effects", due=START - HOUR, created_at=START)
    bot.writer.run(lambda uow: uow.deliveries.add([row]))
    bot.writer.run(lambda uow: uow.deliveries.claim("effects", "dead", START, LEASE, 1))
    bot.writer.run(lambda uow: uow.deliveries.release_all())

    found = bot.writer.run(
        lambda uow: uow.deliveries.claim("effects", "alive", START - HOUR / 2, LEASE, 1)
    )
    bot.close()

    assert [one.owner for one in found] == ["alive"]
