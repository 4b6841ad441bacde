"""Bring a database to the newest schema; safe for several processes that start at once."""

import importlib
from typing import Any

from sqlalchemy import Engine, inspect, text

# The newest version; a test keeps it in step with the files. A database that is there already
# starts without loading Alembic, which takes longer than everything else in `storage`.
HEAD = "0031"


def migrate(engine: Engine, to: str = HEAD) -> None:
    """Apply what is missing, under a lock; a database at its newest version is left alone."""
    if to == HEAD and version(engine) == HEAD:
        return
    _runner().upgrade(engine, to)


def version(engine: Engine) -> str | None:
    """The database's version, None for an empty one."""
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        found: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
        return found


def revisions() -> list[str]:
    """Every version of the schema, oldest first."""
    known: list[str] = _runner().revisions()
    return known


def _runner() -> Any:
    return importlib.import_module("storage.migrations.runner")
