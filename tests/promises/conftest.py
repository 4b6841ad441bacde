"""The worlds of `tests/flows`."""

from collections.abc import Iterator

import pytest

from tests.flows.conftest import bots_on_postgres, bots_on_sqlite, theatre, world
from tests.promises.recorded import Recorder
from tests.world import World

__all__ = ["bots_on_postgres", "bots_on_sqlite", "recorder", "theatre", "world"]


@pytest.fixture
def recorder(world: World) -> Iterator[Recorder]:
    """Everything that knocks at the bot's doors from now on."""
    listening = Recorder(world)
    yield listening
    listening.leave()
