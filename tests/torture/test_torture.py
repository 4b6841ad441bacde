"""A small torture, so that the harness itself is exercised: it sees nothing where nothing is
wrong, and it sees a defence that is missing."""

import asyncio
import dataclasses
from collections.abc import Sequence
from pathlib import Path

import pytest

from benchmarks.torture.company import WORKERS
from benchmarks.torture.load import Case, Click, Load, draw_cases, draw_kills
from benchmarks.torture.run import Result, company_of, run
from benchmarks.torture.sabotaged import SABOTAGES
from benchmarks.torture.stage import Script

# A test says what is right, not how fast a busy machine is: nobody gives up on an answer.
SMALL = Load(approvals=6, clicks=8, kills=2, escalations=1, ack_s=20.0, seed=7)


# Written down and not drawn: whoever comes first, what is missing has to show.
TEMPTED = {
    "deduplication": Case(0, "granted", 20_000, 1, (Click("ada", "grant", repeat=3),)),
    "effect_key": Case(0, "granted", 20_000, 1, (Click("ada", "grant"),)),
    "entitlement": Case(0, "hostile", 20_000, 1, tuple(Click(who, "grant") for who in WORKERS)),
}


def _play(
    load: Load, cases: Sequence[Case], folder: Path, database: str, sabotage: str = ""
) -> Result:
    script = Script(load, company_of(load, cases), folder, database, sabotage)
    return asyncio.run(run(script, cases, lambda phase, done: None))


def test_the_same_seed_draws_the_same_load() -> None:
    """A run that found something can be had again."""
    assert draw_cases(SMALL) == draw_cases(SMALL)
    assert draw_kills(SMALL) == draw_kills(SMALL)
    assert draw_cases(SMALL) != draw_cases(dataclasses.replace(SMALL, seed=8))


def test_kills_repeats_and_lost_answers_break_nothing(database_url: str, tmp_path: Path) -> None:
    """Killed twice under repeated, reordered and hostile clicks: every counter is 0."""
    result = _play(SMALL, draw_cases(SMALL), tmp_path, database_url)
    assert result.wrong == {}, {name: result.verdict.examples[name] for name in result.wrong}
    assert result.figures["kills"] == SMALL.kills


@pytest.mark.parametrize("sabotage", sorted(TEMPTED))
def test_a_missing_defence_is_noticed(sabotage: str, tmp_path: Path) -> None:
    """A judge that never convicts would be worth nothing."""
    once = dataclasses.replace(SMALL, approvals=1, kills=0, escalations=0, drops=0, drops_first=1)
    load = dataclasses.replace(once, patience_s=5.0)
    url = f"sqlite:///{tmp_path / 'backstop.db'}"
    result = _play(load, [TEMPTED[sabotage]], tmp_path, url, sabotage)
    assert SABOTAGES[sabotage].noticed_by in result.wrong
