"""A database of each kind, a way to write to it, and rows to begin with."""

from collections.abc import Callable, Iterator

import pytest

from bot.bootstrap import reading
from storage.engine import Engine, open_engine
from storage.unit_of_work import UnitOfWork
from storage.writer import Writer


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    engine = open_engine(database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def writer(engine: Engine) -> Iterator[Writer]:
    writer = Writer(engine)
    yield writer
    writer.close()


@pytest.fixture
def look(engine: Engine) -> Callable[[], UnitOfWork]:
    return lambda: reading(engine)
