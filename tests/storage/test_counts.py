"""Rows that were touched are counted alike on both databases."""

from storage.engine import open_engine
from storage.unit_of_work import UnitOfWork
from tests.clock import START


def test_an_input_is_taken_once(database_url: str) -> None:
    """Law: of a repeated input only the first is told that it is the first, also within one
    transaction and in the next."""
    engine = open_engine(database_url)
    with UnitOfWork(engine) as uow:
        assert uow.inbox.take("slack", "click:1", START)
        assert not uow.inbox.take("slack", "click:1", START)
        assert uow.inbox.take("slack", "click:2", START)
        uow.commit()
    with UnitOfWork(engine) as uow:
        assert not uow.inbox.take("slack", "click:1", START)
    engine.dispose()
