"""Rounds of the race, and what is judged when all are over."""

import dataclasses
import time
from pathlib import Path

from benchmarks.torture.indoors.playing import NOBODY
from benchmarks.torture.indoors.room import Room
from benchmarks.torture.judges.trial import Verdict
from benchmarks.torture.load import Load
from benchmarks.torture.race.contest import Contest
from benchmarks.torture.race.judging import judge
from benchmarks.torture.run import Result, Tell

ROUNDS = 12


def race(url: str, folder: Path, load: Load, rounds: int, tell: Tell) -> Result:
    verdict, began, room = Verdict(), time.monotonic(), Room(url, folder)
    contest = Contest(room, load.seed)
    try:
        for number in range(rounds):
            tell(f"round {number}", number / rounds)
            contest.play(number)
        judge(contest, verdict)
    finally:
        contest.close()
        room.close()
    figures = {
        "rounds": rounds,
        "bots": len(contest.bots),
        "gestures": len(contest.pressed),
        "thrown_back": contest.thrown,
        "seconds": round(time.monotonic() - began, 1),
    }
    return Result(dataclasses.replace(load, **NOBODY), verdict, figures)  # type: ignore[arg-type]  # each of its own kind
