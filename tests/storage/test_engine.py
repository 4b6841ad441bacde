"""Connections to a server that was restarted."""

from sqlalchemy import text

from storage.engine import open_engine
from tests.databases import PostgresServer


def test_a_connection_that_the_server_closed_is_not_used_again(postgres: PostgresServer) -> None:
    """
    A PostgreSQL that was restarted is asked anew, and the first question after it is answered.
    """
    with postgres.empty() as url:
        engine, other = open_engine(url), open_engine(url)
        with engine.connect() as connection:
            pid = connection.scalar(text("SELECT pg_backend_pid()"))

        with other.connect() as connection:
            connection.execute(text("SELECT pg_terminate_backend(:pid)"), {"pid": pid})
            gone = text("SELECT count(*) = 0 FROM pg_stat_activity WHERE pid = :pid")
            while not connection.scalar(gone, {"pid": pid}):
                connection.rollback()

        with engine.connect() as connection:
            assert connection.scalar(text("SELECT pg_backend_pid()")) != pid
        engine.dispose()
        other.dispose()
