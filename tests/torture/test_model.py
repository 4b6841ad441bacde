"""The bot and a model of what it promises, step by step; `make torture` takes more of them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from benchmarks.torture.indoors.machine import play
from benchmarks.torture.indoors.room import Room
from benchmarks.torture.indoors.sabotages import SABOTAGES
from benchmarks.torture.indoors.tempting import TEMPTING, difference
from tests.databases import SqliteTemplate

RUNS, STEPS = {"sqlite": 16, "postgresql": 5}, 30


@pytest.fixture
def room(database_url: str, tmp_path: Path) -> Iterator[Room]:
    made = Room(database_url, tmp_path)
    yield made
    made.close()


def test_whatever_happens_the_bot_does_what_the_model_says(room: Room) -> None:
    """Law: state, version, votes, money and cards are as promised after every step."""
    kind = room.bot.engine.dialect.name
    runs = settings(
        max_examples=RUNS[kind],
        stateful_step_count=STEPS,
        print_blob=True,
        suppress_health_check=list(HealthCheck),
    )
    play(room, runs)


@pytest.mark.parametrize("sabotage", sorted(SABOTAGES))
def test_the_model_notices_a_missing_defence(
    sabotage: str, sqlite: SqliteTemplate, tmp_path: Path
) -> None:
    """A model that agrees with everything would be worth nothing."""
    with sqlite.fresh() as url:
        room = Room(url, tmp_path)
        try:
            assert difference(room, sabotage, "") == ""
            assert difference(room, sabotage, sabotage) != ""
        finally:
            room.close()


def test_each_sabotage_has_its_temptation() -> None:
    assert set(TEMPTING) == set(SABOTAGES)
