"""One bot at a time for a SQLite file; PostgreSQL takes any number."""

import fcntl
import os

from sqlalchemy import Engine

from storage.engine import is_sqlite


class InUse(Exception):
    """Another bot runs on this file."""


def take(engine: Engine) -> int | None:
    """Hold the file for this process; the system lets go when the process ends, however it ends.

    Returns the descriptor that holds it, None for PostgreSQL. Raises `InUse`. Commands beside the
    bot (imports, reports) do not take it: they write through transactions and lease nothing.
    """
    if not is_sqlite(engine) or not engine.url.database:
        return None
    lock = os.open(f"{engine.url.database}.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(lock)
        raise InUse(f"another bot runs on {engine.url.database}") from None
    return lock
