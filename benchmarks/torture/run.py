"""One run: load, kills, drain, judgement."""

import asyncio
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from benchmarks.torture.casework import Casework, Talk
from benchmarks.torture.company import Payer, company
from benchmarks.torture.crowd import Crowd
from benchmarks.torture.judges import decisions, money, posts, replies, work
from benchmarks.torture.judges.rows import backlog, read_rows
from benchmarks.torture.judges.trial import Trial, Verdict
from benchmarks.torture.killer import Killer
from benchmarks.torture.load import Case, Load, draw_kills
from benchmarks.torture.seat import Seats
from benchmarks.torture.stage import Script, Stage, stage
from sandbox.world import Company
from storage.engine import open_engine

LOOK_S = 0.25
# Of fewer restarts than this, nineteen of twenty are all of them.
ENOUGH = 20
JUDGES: tuple[Callable[[Trial], None], ...] = (
    money.judge,
    posts.judge,
    replies.judge,
    decisions.judge,
    work.judge,
)
Tell = Callable[[str, float], None]


@dataclass
class Result:
    """What was done, what came of it, and how long it took; times in seconds."""

    load: Load
    verdict: Verdict
    figures: dict[str, float] = field(default_factory=dict)

    @property
    def wrong(self) -> dict[str, int]:
        return {name: many for name, many in self.verdict.counts.items() if many}


def payers(cases: Sequence[Case]) -> list[Payer]:
    return [Payer(case.customer, case.charge, case.amount) for case in cases]


async def run(script: Script, cases: Sequence[Case], tell: Tell) -> Result:
    """`tell` hears the phase and how far it is, from 0 to 1."""
    load, began = script.load, time.monotonic()
    talks = [Talk(number) for number in range(load.escalations)]
    async with stage(script) as made:
        killer = Killer(made, draw_kills(load), len(cases) * load.clicks + len(talks))
        seats = Seats(made)
        crowd = Crowd(made, seats, killer.done)
        casework = Casework(made, seats, killer.done)
        telling = asyncio.create_task(_keep_telling(killer, tell))
        lurking = asyncio.create_task(killer.lurk())
        try:
            await asyncio.gather(crowd.play(cases), casework.play(talks))
            played = time.monotonic()
            lurking.cancel()
            await asyncio.gather(lurking, return_exceptions=True)
            telling.cancel()
            tell("last kills", 1.0)
            await killer.finish()
            await made.ready()
            tell("press again", 1.0)
            await crowd.settle(cases)
            left = await drain(made, tell)
        finally:
            telling.cancel()
            lurking.cancel()
        verdict = Verdict()
        rows = read_rows(script.database)
        trial = Trial(made, rows, cases, sorted(casework.answered, key=str), talks, verdict)
        for judge in JUDGES:
            judge(trial)
        verdict.count("undrained", left)
    figures = _figures(made, seats, killer, (began, played))
    figures["replies"] = len(casework.answered)
    return Result(load, verdict, figures)


async def drain(made: Stage, tell: Tell) -> Sequence[str]:
    """Wait until nothing is on its way; what still is when patience ends, by step."""
    engine = open_engine(made.script.database)
    ends, most = time.monotonic() + made.script.load.patience_s, 1
    left: list[str] = []
    try:
        while time.monotonic() < ends:
            unheard = ["Slack's delivery"] * made.world.workspace.deliveries.pending
            left = [*await asyncio.to_thread(backlog, engine), *unheard]
            if not left:
                break
            most = max(most, len(left))
            tell(f"drain, {len(left)} left", 1 - len(left) / most)
            await asyncio.sleep(LOOK_S)
        return left
    finally:
        engine.dispose()


async def _keep_telling(killer: Killer, tell: Tell) -> None:
    while True:
        tell(f"load, {killer.kills} kills", killer.progress)
        await asyncio.sleep(LOOK_S)


def _figures(
    made: Stage, seats: Seats, killer: Killer, times: tuple[float, float]
) -> dict[str, float]:
    began, played = times
    asked = made.witness.asked
    waits = sorted(one.ended - one.began for one in asked if one.outcome.ok) or [0.0]
    back = [away.until - away.since for away in made.away if away.until != float("inf")] or [0.0]
    figures: dict[str, float] = {
        "kills": killer.kills,
        "gestures": len(asked),
        "cut_off": sum(not one.outcome.ok for one in asked),
        "pressed_again": seats.pressed_again,
        "answer_p50_ms": round(1000 * statistics.median(waits), 1),
        "answer_p99_ms": round(1000 * waits[int(len(waits) * 0.99)], 1),
        "restart_p50_s": round(statistics.median(back), 2),
        "load_seconds": round(played - began, 1),
        "seconds": round(time.monotonic() - began, 1),
    }
    if len(back) >= ENOUGH:
        figures["restart_p95_s"] = round(statistics.quantiles(back, n=20)[-1], 2)
    return figures


def company_of(load: Load, cases: Sequence[Case]) -> Company:
    """The company that this load needs."""
    return company(payers(cases), [Talk(number).customer for number in range(load.escalations)])
