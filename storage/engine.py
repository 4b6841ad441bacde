"""One engine per process: SQLite as a single file, or PostgreSQL by URL."""

import json
import selectors
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from sqlite3 import Connection as SqliteConnection
from sqlite3 import OperationalError as SqliteError
from typing import Any

from sqlalchemy import Engine, create_engine, event, func, select, text
from sqlalchemy.engine import Connection, ExceptionContext, make_url
from sqlalchemy.exc import DisconnectionError, InternalError, OperationalError

__all__ = ["Engine", "is_sqlite", "open_engine", "snapshot", "sqlite_file", "told_time"]

POOL = 12
PATIENCE_S = 10
STANDS_STILL_S = 20


def open_engine(url: str) -> Engine:
    """`sqlite:///FILE` or `postgresql://...`; the folder of a SQLite file is made when missing.

    Errors never quote what was to be stored: their text reaches logs, and it may be a customer's.
    SQLite runs in WAL mode with synchronous=FULL: a commit that was answered for survives a
    power cut, at about 3,000 transactions a second on a common disk.
    """
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        if parsed.database:
            Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
        engine = create_engine(
            parsed,
            json_serializer=_json,
            hide_parameters=True,
            connect_args={"timeout": PATIENCE_S},
        )
        event.listen(engine, "connect", _set_pragmas)
        event.listen(engine, "begin", _begin_at_once)
        return engine
    if parsed.drivername == "postgresql":
        parsed = parsed.set(drivername="postgresql+psycopg")
    engine = create_engine(
        parsed,
        json_serializer=_json,
        hide_parameters=True,
        pool_size=POOL,
        connect_args={name: each for name, each in _limits().items() if name not in parsed.query},
    )
    event.listen(engine, "checkout", _check_open)
    event.listen(engine, "handle_error", _quote_nothing)
    event.listen(engine, "handle_error", _count_as_away, retval=True)
    return engine


def told_time(engine: Engine) -> datetime:
    """The clock that all who share this database can read: its own, or with a file the machine's.

    It is never ahead of that clock, and behind it by the way of the answer.
    """
    if is_sqlite(engine):
        return datetime.now(UTC)
    with engine.connect() as connection:
        told: datetime = connection.execute(select(func.clock_timestamp())).scalar_one()
        return told.astimezone(UTC)


def is_sqlite(engine: Engine) -> bool:
    return engine.dialect.name == "sqlite"


def sqlite_file(url: str) -> Path | None:
    """The file of a SQLite URL; None for other databases."""
    parsed = make_url(url)
    is_file = parsed.get_backend_name() == "sqlite" and parsed.database
    return Path(str(parsed.database)) if is_file else None


@contextmanager
def snapshot(engine: Engine) -> Iterator[Connection]:
    """A connection that only looks, and sees one moment however many questions it is asked, and
    however long whoever asks takes over the answers."""
    options: dict[str, Any] = {"reading": True}
    if not is_sqlite(engine):
        options["isolation_level"] = "REPEATABLE READ"
    with engine.connect().execution_options(**options) as connection:
        if not is_sqlite(engine):
            connection.execute(text("SET LOCAL idle_in_transaction_session_timeout = 0"))
        yield connection


def _json(value: Any) -> str:
    return json.dumps(value, separators=(",", ":"), sort_keys=True)


def _set_pragmas(connection: SqliteConnection, record: object) -> None:
    # The driver's own BEGIN is deferred, so that two writers meet only at the first write and one
    # of them fails at once; `_begin_at_once` takes the write lock up front instead.
    connection.isolation_level = None
    _set_wal(connection)
    for pragma in (
        "synchronous=FULL",
        f"busy_timeout={PATIENCE_S * 1_000}",
        "foreign_keys=ON",
        "cache_size=-16000",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _set_wal(connection: SqliteConnection) -> None:
    """A new file wants to be alone for this, and SQLite does not wait as it does for a lock."""
    until = time.monotonic() + PATIENCE_S
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except SqliteError:
            if time.monotonic() > until:
                raise
            time.sleep(0.01)
        else:
            return


def _limits() -> dict[str, int | str]:
    """A network that is cut says nothing, and the one thread that writes would wait for minutes:
    a connection that nobody acknowledges, or on which nobody is heard, is given up. So is a
    transaction whose process stands still: what it has locked all others wait for."""
    return {
        "options": f"-c idle_in_transaction_session_timeout={STANDS_STILL_S}s",
        "connect_timeout": PATIENCE_S,
        "tcp_user_timeout": PATIENCE_S * 1_000,
        "keepalives_idle": PATIENCE_S,
        "keepalives_interval": PATIENCE_S,
    }


def _check_open(connection: Any, record: object, proxy: object) -> None:
    """An idle connection has nothing to say, so one that has was closed by the server; the pool
    makes another. `pool_pre_ping` would ask the server, and take as long as a statement."""
    with selectors.DefaultSelector() as waiting:
        waiting.register(connection.fileno(), selectors.EVENT_READ)
        if waiting.select(0):
            raise DisconnectionError("the server closed the connection")


def _quote_nothing(context: ExceptionContext) -> None:
    """Below its first line PostgreSQL says which key was there already, and what the row held."""
    for error in (context.original_exception, context.sqlalchemy_exception):
        if error is not None and error.args:
            error.args = (str(error.args[0]).partition("\n")[0], *error.args[1:])


def _count_as_away(context: ExceptionContext) -> OperationalError | None:
    """The driver has no common name for the ways in which a server ends a connection; whoever
    tries again after one of them does so after all."""
    error = context.sqlalchemy_exception
    if not context.is_disconnect or not isinstance(error, InternalError):
        return None
    return OperationalError(error.statement, None, context.original_exception, hide_parameters=True)


def _begin_at_once(connection: Connection) -> None:
    reading = connection.get_execution_options().get("reading", False)
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")
