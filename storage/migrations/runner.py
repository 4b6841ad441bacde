"""Runs the migrations; loaded only when there is something to migrate."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, text

from storage.engine import is_sqlite

# Any constant does; it only has to be the same in every process of ours.
_LOCK = 7_201_944_113


def upgrade(engine: Engine, to: str) -> None:
    """Others wait: on SQLite for the write lock, on PostgreSQL for an advisory lock that ends
    with the transaction."""
    config = _config()
    with engine.begin() as connection:
        if not is_sqlite(engine):
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        config.attributes["connection"] = connection
        command.upgrade(config, to)


def revisions() -> list[str]:
    script = ScriptDirectory.from_config(_config())
    return [revision.revision for revision in reversed(list(script.walk_revisions()))]


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    return config
