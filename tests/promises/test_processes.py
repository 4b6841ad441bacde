"""Promises 37 and 38: real processes that are killed, asked to end, or stand still."""

import asyncio
import dataclasses
import os
import signal
import time
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from benchmarks.torture.company import ENTITLED
from benchmarks.torture.crowd import Crowd
from benchmarks.torture.judges import decisions, money, work
from benchmarks.torture.judges.rows import read_rows
from benchmarks.torture.judges.trial import Trial, Verdict
from benchmarks.torture.load import Case, Click, Load
from benchmarks.torture.run import company_of, drain
from benchmarks.torture.seat import Seats
from benchmarks.torture.stage import Away, Script, Stage, stage
from bot.bootstrap import reading
from sandbox.bot_process import BotProcess
from sandbox.ports import free_port
from storage.engine import open_engine
from storage.models import Effect, EffectState

# Nobody gives up on an answer: a test says what is right, not how fast a busy machine is.
SMALL = Load(
    approvals=3, clicks=2, kills=0, escalations=0, drops=0.02, ack_s=20.0, patience_s=60.0, seed=37
)
LOOK_S = 0.02
PATIENCE_S = 60.0
Judges = Sequence[Callable[[Trial], None]]
JUDGES: Judges = (money.judge, decisions.judge, work.judge)
PASSED_ON = "has passed on"
Play = Callable[[Stage, Crowd, list[Case]], Awaitable[None]]


def _cases(many: int) -> list[Case]:
    """Each wants the yes of one person, and gets it twice."""
    both = tuple(Click(who, "grant") for who in ENTITLED[:2])
    return [Case(n, "granted", 20_000 + n, 1, both) for n in range(many)]


def _played(
    load: Load, folder: Path, url: str, play: Play, judges: Judges = JUDGES
) -> dict[str, Any]:
    """What the judges of torture found to be wrong."""
    cases = _cases(load.approvals)

    async def run() -> Verdict:
        verdict = Verdict()
        async with stage(Script(load, company_of(load, cases), folder, url)) as made:
            crowd = Crowd(made, Seats(made), lambda: None)
            await play(made, crowd, cases)
            await crowd.settle(cases)
            verdict.count("undrained", await drain(made, lambda phase, part: None))
            trial = Trial(made, read_rows(url), cases, [], [], verdict)
            for judge in judges:
                judge(trial)
        return verdict

    found = asyncio.run(run())
    return {name: found.examples[name] for name, many in found.counts.items() if many}


async def _until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE_S):
        while not holds():
            await asyncio.sleep(LOOK_S)


def test_promise_37_restart_and_drain(database_url: str, tmp_path: Path) -> None:
    """Killed once and asked to end once, under clicks that each come twice and answers that get
    lost: it is ready again each time, and nothing is lost or doubled."""

    async def play(made: Stage, crowd: Crowd, cases: list[Case]) -> None:
        [bot], pressed = made.bots, made.witness.asked
        playing = asyncio.create_task(crowd.play(cases))
        for gestures, ends_itself in ((1, False), (3, True)):
            await _until(partial(_reached, pressed, gestures))
            await made.ready()
            starts, began = bot.record.starts, time.monotonic()
            if ends_itself:
                os.kill(_pid(bot), signal.SIGTERM)
            else:
                bot.kill()
            place = len(made.away)
            made.away.append(Away(began, float("inf")))
            await _until(partial(_started, bot, starts))
            await made.ready()
            made.away[place] = Away(began, time.monotonic())
            ended.append(bot.record.last_exit)
        await playing

    ended: list[int | None] = []
    assert _played(SMALL, tmp_path, database_url, play) == {}
    assert ended[0] == -signal.SIGKILL
    assert ended[1] in (0, -signal.SIGTERM)


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
def test_promise_38_two_processes_one_truth(database_url: str, tmp_path: Path) -> None:
    """One process stands still in the middle of its calls; another takes them over when the lease
    is over, looks, and settles. The first one goes on, finds that its lease has passed on, and
    does nothing."""

    async def play(made: Stage, crowd: Crowd, cases: list[Case]) -> None:
        first, second = made.bots
        await _until(lambda: second.record.state == "ready")
        faults = made.world.provider.faults
        faults.hang, faults.hang_seconds = 1.0, 3.0
        _stand_still(second)
        playing = asyncio.create_task(crowd.play(cases))
        await _until(lambda: len(made.world.provider.ledger.rows()["refunds"]) == len(cases))
        faults.hang = 0.0
        _stand_still(first)
        _go_on(second)
        await playing
        await _until(lambda: _states(database_url) == {EffectState.DONE})
        _go_on(first)
        await _until(lambda: PASSED_ON in first.launch.log.read_text("utf-8"))

    # Who pressed into the one that stands still gets no answer, and presses again.
    load = dataclasses.replace(SMALL, approvals=2, processes=2, drops=0.0, ack_s=4.0)
    judges = (money.judge, decisions.judge)
    assert _played(load, tmp_path, database_url, play, judges) == {}


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_promise_38_a_file_has_one_process(database_url: str, tmp_path: Path) -> None:
    """Whoever comes second is sent away, also while the first one stands still; it goes on as if
    nothing had been."""

    async def play(made: Stage, crowd: Crowd, cases: list[Case]) -> None:
        [bot] = made.bots
        _stand_still(bot)
        other = await asyncio.create_subprocess_exec(
            *bot.launch.line("run"),
            env={**os.environ, **bot.launch.environment, "BACKSTOP_PORT": str(free_port())},
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        said, _ = await other.communicate()
        # Stopped within a transaction it holds the whole file, and no other gets that far.
        assert other.returncode
        assert b"another bot runs on" in said or b"is locked" in said
        _go_on(bot)
        await crowd.play(cases)

    load = dataclasses.replace(SMALL, approvals=1)
    assert _played(load, tmp_path, database_url, play) == {}


def _reached(pressed: Sequence[object], least: int) -> bool:
    return len(pressed) >= least


def _started(bot: BotProcess, past: int) -> bool:
    return bot.record.starts > past


def _pid(bot: BotProcess) -> int:
    """Never 0, which would be ourselves."""
    assert bot.record.pid, bot.record.note
    return bot.record.pid


def _stand_still(bot: BotProcess) -> None:
    """Nobody is led to it meanwhile."""
    os.kill(_pid(bot), signal.SIGSTOP)
    bot.record.state = "stopped"


def _go_on(bot: BotProcess) -> None:
    os.kill(_pid(bot), signal.SIGCONT)
    bot.record.state = "ready"


def _states(url: str) -> set[EffectState]:
    """Of all refunds that were meant."""
    engine = open_engine(url)
    try:
        with reading(engine) as uow:
            return {one.state for one in uow.session.query(Effect).filter_by(kind="refund")}
    finally:
        engine.dispose()
