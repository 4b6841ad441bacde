"""The two parts that are played indoors: a model beside the bot, and days out of numbers."""

import dataclasses
import time
from pathlib import Path

from hypothesis import HealthCheck, Phase, Verbosity, settings

from benchmarks.torture.indoors import machine, simulation
from benchmarks.torture.indoors.room import Room
from benchmarks.torture.judges.trial import Verdict
from benchmarks.torture.load import Load
from benchmarks.torture.run import Result, Tell

# What a load says of people and tickets means nothing here.
NOBODY = {"approvals": 0, "clicks": 0, "kills": 0, "escalations": 0, "drops": 0.0}
STEPS, EVENTS, AT_A_TIME = 50, 200, 10


def hold_against_model(url: str, folder: Path, load: Load, runs: int, tell: Tell) -> Result:
    """Some runs at a time, each lot from a seed of its own."""
    verdict, began, room = Verdict(), time.monotonic(), Room(url, folder)
    apart: list[str] = []
    try:
        for done in range(0, runs, AT_A_TIME):
            tell(f"run {done}", done / runs)
            lot = min(AT_A_TIME, runs - done)
            try:
                machine.play(room, _lot(lot), f"{load.seed}-{done}")
            except AssertionError as error:
                apart.append(str(error))
                break
    finally:
        room.close()
    verdict.count("differences", apart)
    return _result(load, verdict, began, {"runs": runs, "steps": STEPS})


def live_days(url: str, folder: Path, load: Load, days: int, tell: Tell) -> Result:
    """From the load's seed on, a day for each number; stops at the first that breaks a law."""
    verdict, began, room = Verdict(), time.monotonic(), Room(url, folder)
    broken: list[str] = []
    try:
        for number in range(days):
            tell(f"day {load.seed + number}", number / days)
            try:
                simulation.play(room, load.seed + number, EVENTS)
            except simulation.LawBroken as error:
                broken.append(str(error))
                break
    finally:
        room.close()
    verdict.count("broken_laws", broken)
    return _result(load, verdict, began, {"days": days, "events": EVENTS})


def _lot(runs: int) -> settings:
    return settings(
        max_examples=runs,
        stateful_step_count=STEPS,
        deadline=None,
        database=None,
        verbosity=Verbosity.quiet,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
    )


def _result(load: Load, verdict: Verdict, began: float, figures: dict[str, float]) -> Result:
    figures["seconds"] = round(time.monotonic() - began, 1)
    return Result(dataclasses.replace(load, **NOBODY), verdict, figures)  # type: ignore[arg-type]  # each of its own kind
