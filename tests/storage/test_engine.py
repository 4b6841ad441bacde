"""Connections to a server that was restarted, or is not heard any more."""

import logging
import socket

import pytest
from sqlalchemy import text

from storage.engine import open_engine, snapshot
from storage.errors import Away, Trouble
from storage.unit_of_work import UnitOfWork
from storage.writer import Writer
from tests.databases import PostgresServer
from tests.storage.rows import a_customer


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


def test_a_server_that_says_nothing_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """
    Somebody takes the connection and no more: whoever wants to write hears that it is away.
    """
    # Less is not taken for a limit.
    monkeypatch.setattr("storage.engine.PATIENCE_S", 2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        engine = open_engine(f"postgresql://bot@127.0.0.1:{silent.getsockname()[1]}/backstop")
        with pytest.raises(Away):
            engine.connect()


@pytest.mark.parametrize(("given", "expected"), [("", "10000"), ("&tcp_user_timeout=3000", "3000")])
def test_a_connection_on_which_nobody_is_heard_ends(
    postgres: PostgresServer, given: str, expected: str
) -> None:
    """
    The one thread that writes does not wait for minutes behind a network that was cut; the URL
    may say how long.
    """
    with postgres.empty() as url:
        engine = open_engine(url + given)
        with engine.connect() as connection:
            told = connection.connection.driver_connection.info.get_parameters()  # type: ignore[union-attr]
        engine.dispose()

    assert told["tcp_user_timeout"] == expected
    assert (told["keepalives_idle"], told["keepalives_interval"]) == ("10", "10")


def test_an_error_quotes_nothing_that_was_stored(
    database_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    """
    Neither as a text nor with its causes in a log: it may be a customer's address.
    """
    engine, address = open_engine(database_url), "ada@client.example"
    with UnitOfWork(engine) as uow:
        a_customer(uow, ref=address)
        try:
            a_customer(uow, ref=address)
        except Trouble as error:
            logging.getLogger("test").exception("it broke")
            assert address not in f"{error} {error.orig}"
        else:
            pytest.fail("taken twice")
    engine.dispose()
    assert "it broke" in caplog.text
    assert address not in caplog.text


def test_a_process_that_stands_still_in_a_transaction_holds_up_nobody_for_long(
    postgres: PostgresServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """
    What it has locked is let go by the server; once it goes on, its job is run from the start.
    """
    monkeypatch.setattr("storage.engine.STANDS_STILL_S", 1)
    locks = "SELECT pg_backend_pid(), pg_advisory_xact_lock(1)"
    with postgres.empty() as url:
        stopped, other = open_engine(url), open_engine(url)
        held: list[int] = []

        def stand_still(uow: UnitOfWork) -> int:
            held.append(uow.session.execute(text(locks)).one()[0])
            if len(held) == 1:
                with other.begin() as connection:
                    connection.execute(text(locks))
            return int(uow.session.execute(text("SELECT 1")).scalar_one())

        writer = Writer(stopped)
        assert writer.run(stand_still) == 1
        assert len(set(held)) == 2
        writer.close()
        stopped.dispose()
        other.dispose()


def test_whoever_only_looks_may_take_time_over_it(postgres: PostgresServer) -> None:
    """
    An export may be read page by page.
    """
    with postgres.empty() as url:
        engine = open_engine(url)
        with snapshot(engine) as connection:
            assert connection.scalar(text("SHOW idle_in_transaction_session_timeout")) == "0"
        with engine.connect() as connection:
            assert connection.scalar(text("SHOW idle_in_transaction_session_timeout")) == "20s"
        engine.dispose()
