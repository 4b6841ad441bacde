"""A small torture, so that the harness itself is exercised: it sees nothing where nothing is
wrong, and it sees a defence that is missing."""

import asyncio
import dataclasses
from pathlib import Path

import pytest

from benchmarks.torture.load import Load, draw_cases, draw_kills
from benchmarks.torture.run import Result, company_of, run
from benchmarks.torture.sabotaged import SABOTAGES
from benchmarks.torture.stage import Script

# A test says what is right, not how fast a busy machine is: nobody gives up on an answer.
SMALL = Load(approvals=6, clicks=8, kills=2, escalations=1, ack_s=20.0, seed=7)


def _run(load: Load, folder: Path, database: str, sabotage: str = "") -> Result:
    cases = draw_cases(load)
    script = Script(load, company_of(load, cases), folder, database, sabotage)
    return asyncio.run(run(script, cases, lambda phase, done: None))


def test_the_same_seed_draws_the_same_load() -> None:
    """A run that found something can be had again."""
    assert draw_cases(SMALL) == draw_cases(SMALL)
    assert draw_kills(SMALL) == draw_kills(SMALL)
    assert draw_cases(SMALL) != draw_cases(dataclasses.replace(SMALL, seed=8))


def test_kills_repeats_and_lost_answers_break_nothing(database_url: str, tmp_path: Path) -> None:
    """Killed twice under repeated, reordered and hostile clicks: every counter is 0."""
    result = _run(SMALL, tmp_path, database_url)
    assert result.wrong == {}, result.verdict.examples
    assert result.figures["kills"] == SMALL.kills


@pytest.mark.parametrize("sabotage", ["deduplication", "entitlement"])
def test_a_missing_defence_is_noticed(sabotage: str, tmp_path: Path) -> None:
    """A judge that never convicts would be worth nothing."""
    load = dataclasses.replace(SMALL, approvals=3, kills=0, escalations=0, drops=0, patience_s=5.0)
    result = _run(load, tmp_path, f"sqlite:///{tmp_path / 'backstop.db'}", sabotage)
    assert SABOTAGES[sabotage].noticed_by in result.wrong
