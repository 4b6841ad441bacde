"""How a process ends: everything that was accepted is answered, and nothing is waited for ever."""

import threading
import time
from dataclasses import replace
from pathlib import Path

from bot import commands
from bot.bootstrap import Outside, build
from bot.bus import Bus
from bot.cards import Notice
from bot.config import load
from bot.errors import NotAllowed
from bot.people import Account, Standing
from bot.steps import Dependencies
from tests.company import ANA, HOME
from tests.flows.one_step import one_step
from tests.flows.test_worker_leases import PATIENCE_S, SlowCall, wait_until


def test_what_was_asked_is_answered_before_the_writer_ends(
    database_url: str, tmp_path: Path
) -> None:
    """
    A question may end in a refusal, which is written down.
    """
    file = tmp_path / "app.yaml"
    file.write_text("company: {name: Acme, time_zone: Europe/Berlin, currency: EUR}\n")
    environ = {"BACKSTOP_DATABASE_URL": database_url}
    bot = build(load(file, environ), environ, outside=Outside({}))
    asked, may_end = threading.Event(), threading.Event()

    def look(command: commands.ShowHelp) -> None:
        asked.set()
        assert may_end.wait(PATIENCE_S)
        raise NotAllowed("This is for members.")

    asking = {commands.ShowHelp: look}
    bus = Bus({}, asking, {}, bot.writer, bot.reading, bot.clock, Dependencies())
    answer = bus.submit(commands.ShowHelp(Account("slack", ANA, HOME, Standing.MEMBER)))
    assert asked.wait(PATIENCE_S)
    ending = threading.Thread(target=replace(bot, bus=bus).close, daemon=True)
    ending.start()
    # Whatever can end without the question has ended by then.
    ending.join(0.3)
    may_end.set()
    ending.join(PATIENCE_S)

    assert not ending.is_alive()
    assert answer.result(0) == Notice("This is for members.")


def test_a_stop_waits_so_long_in_all(database_url: str) -> None:
    """
    However many calls hang: a supervisor kills who takes his time for each.
    """
    slow, threads = SlowCall(), 10
    with one_step(database_url, slow.step(), threads=threads) as bot:
        bot.happen(*range(threads))
        bot.worker.start()
        wait_until(lambda: len(slow.tickets) == threads, "not every call began")
        began = time.monotonic()

        bot.worker.stop(timeout=0.3)

        assert time.monotonic() - began < threads * 0.3
        slow.may_end.set()
