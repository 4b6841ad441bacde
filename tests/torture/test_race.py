"""A small race, so that it is run: nothing is found where nothing is wrong, and what is missing
is noticed."""

from pathlib import Path

import pytest

from benchmarks.torture.indoors.sabotages import without
from benchmarks.torture.load import Load
from benchmarks.torture.race.playing import race
from benchmarks.torture.race.sabotages import SABOTAGES, WHAT
from benchmarks.torture.run import Result

SEED = 7


def _race(url: str, folder: Path) -> Result:
    return race(url, folder, Load(seed=SEED), 1, lambda phase, done: None)


def test_whoever_decides_claims_and_settles_at_once_breaks_nothing(
    database_url: str, tmp_path: Path
) -> None:
    result = _race(database_url, tmp_path)
    assert result.wrong == {}, {name: result.verdict.examples[name] for name in result.wrong}
    assert result.figures["thrown_back"]


# The others, whose rounds take longer, are missing in `make torture`.
@pytest.mark.parametrize("sabotage", ["conditional_update", "put_down"])
@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
def test_what_is_missing_in_a_race_is_noticed(
    sabotage: str, database_url: str, tmp_path: Path
) -> None:
    """Law: by the counter that is there for it."""
    with without(sabotage, SABOTAGES):
        assert WHAT[sabotage].noticed_by in _race(database_url, tmp_path).wrong
