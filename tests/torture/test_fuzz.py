"""A small pouring, so that it is run: nothing is found where nothing is wrong, and a door without
its lock is noticed."""

import asyncio
import dataclasses
import random
from pathlib import Path

from benchmarks.torture.fuzz.letters import JSON, Original, Post
from benchmarks.torture.fuzz.playing import LOAD, TEMPTED, Pouring
from benchmarks.torture.fuzz.signing import slack
from benchmarks.torture.run import Result, company_of
from benchmarks.torture.sabotaged import SABOTAGES
from benchmarks.torture.stage import Script

SMALL = Pouring(seconds=2.0, slow=20)
SEEDED = dataclasses.replace(LOAD, ack_s=20.0, seed=7)


def _pour(pouring: Pouring, folder: Path, sabotage: str = "") -> Result:
    cases = pouring.cases_of(SEEDED)
    url = f"sqlite:///{folder / 'backstop.db'}"
    script = Script(SEEDED, company_of(SEEDED, cases), folder, url, sabotage)
    return asyncio.run(pouring.run(script, cases, lambda phase, done: None))


def test_what_nobody_may_send_does_nothing_and_breaks_nothing(tmp_path: Path) -> None:
    """Law: bent, unsigned and slow calls at every door leave every counter at 0."""
    result = _pour(SMALL, tmp_path)
    assert result.wrong == {}, {name: result.verdict.examples[name] for name in result.wrong}
    assert result.figures["letters"]
    assert result.figures["slow_callers"] == SMALL.slow


def test_a_door_that_takes_anybody_is_noticed(tmp_path: Path) -> None:
    result = _pour(dataclasses.replace(TEMPTED, seconds=1.0), tmp_path, "signature")
    assert SABOTAGES["signature"].noticed_by in result.wrong


def test_the_same_seed_bends_the_same_bytes() -> None:
    """Law: what was found can be had again."""
    original = Original("/slack/events", slack, b'{"type": "event_callback", "n": 1}', JSON)
    first, again = (Post([original], random.Random(7)) for _ in range(2))
    assert [first.draw().body for _ in range(50)] == [again.draw().body for _ in range(50)]
