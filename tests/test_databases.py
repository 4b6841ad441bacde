"""The databases that the other tests stand on."""

from sqlalchemy import text

from storage import audit
from storage.engine import open_engine
from storage.schema import HEAD, version


def test_a_test_begins_with_a_migrated_and_empty_database(database_url: str) -> None:
    """Law: no test sees what another one wrote, and none has to migrate."""
    engine = open_engine(database_url)
    assert version(engine) == HEAD
    with engine.begin() as connection:
        assert connection.scalar(text("SELECT count(*) FROM tickets")) == 0
        assert audit.verify(connection) == 0
        connection.execute(
            text("INSERT INTO switches (name, stopped_by, stopped_at) VALUES ('x', 'y', :at)"),
            {"at": "2026-01-01 00:00:00+00:00"},
        )
    engine.dispose()


def test_what_one_test_wrote_is_gone_for_the_next(database_url: str) -> None:
    engine = open_engine(database_url)
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM switches")) == 0
    engine.dispose()
