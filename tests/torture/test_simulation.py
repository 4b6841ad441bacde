"""Days out of a number: nothing that must hold is broken, and the same number is the same day."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.torture.indoors.room import Room
from benchmarks.torture.indoors.sabotages import without
from benchmarks.torture.indoors.simulation import LawBroken, play
from tests.databases import SqliteTemplate

DAYS, EVENTS = {"sqlite": 4, "postgresql": 1}, 120


@pytest.fixture
def room(database_url: str, tmp_path: Path) -> Iterator[Room]:
    made = Room(database_url, tmp_path)
    yield made
    made.close()


@pytest.fixture
def others(sqlite: SqliteTemplate, tmp_path: Path) -> Iterator[Room]:
    """Somebody else's, who was only told the number."""
    folder = tmp_path / "others"
    folder.mkdir()
    with sqlite.fresh() as url:
        made = Room(url, folder)
        yield made
        made.close()


def test_no_law_is_broken_in_any_order_of_things(room: Room) -> None:
    for seed in range(DAYS[room.bot.engine.dialect.name]):
        play(room, seed, EVENTS)


def test_the_same_number_is_the_same_day(room: Room, others: Room) -> None:
    """Law: letter by letter, after other days, in another database, on either kind."""
    play(room, 1, 20)
    assert play(room, 2, EVENTS) == play(others, 2, EVENTS)
    assert play(others, 3, 20) != play(others, 4, 20)


def test_what_a_number_has_found_it_finds_again(others: Room) -> None:
    """Law: whoever is told the seed sees the very same event break the very same law."""
    with without("undo_check"):
        found = _first_broken(others)
        with pytest.raises(LawBroken) as again:
            play(others, found.seed, EVENTS)
    assert (again.value.trace, again.value.why) == (found.trace, found.why)


def _first_broken(room: Room) -> LawBroken:
    for seed in range(20):
        try:
            play(room, seed, EVENTS)
        except LawBroken as broken:
            return broken
    raise AssertionError("nothing was found")
