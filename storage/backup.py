"""A whole copy of the database, taken while it is in use."""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

from sqlalchemy.engine import make_url

from storage.engine import sqlite_file
from storage.errors import Broken


class NoTool(Exception):
    """The program that copies this kind of database is not installed here."""


def backup(url: str, file: Path) -> None:
    """Write a checked copy to `file`, which appears only when it is whole, readable by us alone.

    SQLite's copy is a database file; PostgreSQL's is made by `pg_dump` for `pg_restore`.
    Raises FileExistsError, NoTool, Broken (the copy is damaged) or OSError.
    """
    if file.exists():
        raise FileExistsError(file)
    part = file.with_name(f"{file.name}.part")
    part.unlink(missing_ok=True)
    part.touch(mode=0o600)
    try:
        source = sqlite_file(url)
        if source is not None:
            _copy(source, part)
        else:
            _dump(url, part)
        # The name appears after its content: a power cut leaves no half of a backup behind.
        with part.open("rb") as written:
            os.fsync(written.fileno())
        part.rename(file)
    finally:
        part.unlink(missing_ok=True)


def _copy(source: Path, target: Path) -> None:
    with (
        closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True)) as ours,
        closing(sqlite3.connect(target)) as theirs,
    ):
        # In one step, so that writers meanwhile cannot make it begin again and again.
        ours.backup(theirs)
        # A copy is one file: it needs no log beside it.
        theirs.execute("PRAGMA journal_mode=DELETE")
        [answer] = theirs.execute("PRAGMA integrity_check(1)").fetchone()
        if answer != "ok":
            raise Broken(f"the copy of {source} is damaged: {answer}")


def _dump(url: str, target: Path) -> None:
    made = _ran("pg_dump", "--format=custom", f"--file={target}", environ=_connection(url))
    if made.returncode != 0:
        raise OSError(_last_line(made))
    # Into no database: every block is read and unpacked, and what it says is thrown away.
    read = _ran("pg_restore", f"--file={os.devnull}", str(target))
    if read.returncode != 0:
        raise Broken(f"the copy is damaged: {_last_line(read)}")


def _ran(
    name: str, *arguments: str, environ: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    program = shutil.which(name)
    if program is None:
        raise NoTool(f"{name} is not on the PATH; install PostgreSQL's client programs")
    return subprocess.run(
        [program, *arguments],
        env={**os.environ, **(environ or {})},
        capture_output=True,
        text=True,
        check=False,
    )


def _last_line(ran: subprocess.CompletedProcess[str]) -> str:
    told = ran.stderr.strip().splitlines()
    return told[-1] if told else f"{ran.args[0]} ended with {ran.returncode}"


def _connection(url: str) -> Mapping[str, str]:
    """By environment, since a command's arguments can be read by everybody on the machine."""
    parsed = make_url(url)
    told = {
        "PGHOST": parsed.query.get("host") or parsed.host,
        "PGPORT": parsed.port,
        "PGUSER": parsed.username,
        "PGPASSWORD": parsed.password,
        "PGDATABASE": parsed.database,
        "PGSSLMODE": parsed.query.get("sslmode"),
    }
    return {name: str(value) for name, value in told.items() if value}
