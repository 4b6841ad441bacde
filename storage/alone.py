"""One bot at a time for a SQLite file; PostgreSQL takes any number."""

import fcntl
from pathlib import Path
from typing import IO

from sqlalchemy import Engine

from storage.engine import is_sqlite


class InUse(Exception):
    """Another bot runs on this file."""


def take(engine: Engine) -> IO[str] | None:
    """Hold the file for this process; the system lets go when the process ends, however it ends.

    Returns what must be kept open, None for PostgreSQL. Raises `InUse`. Commands beside the bot
    (imports, reports) do not take it: they write through transactions and lease nothing.
    """
    if not is_sqlite(engine) or not engine.url.database:
        return None
    lock = Path(f"{engine.url.database}.lock").open("w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        lock.close()
        raise InUse(f"another bot runs on {engine.url.database}") from None
    return lock
