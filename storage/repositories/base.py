"""What repositories share: an insert that yields to a row already there."""

from collections.abc import Mapping
from importlib import import_module
from typing import Any, cast

from sqlalchemy import CursorResult, Executable
from sqlalchemy.orm import Session

from storage.models.base import Base, table_of

__all__ = ["Repository", "table_of", "upsert"]


class Repository:
    def __init__(self, session: Session) -> None:
        self.session = session

    @property
    def dialect(self) -> str:
        return self.session.get_bind().dialect.name

    def upsert(self, model: type[Base]) -> Any:
        return upsert(model, self.dialect)

    def change(self, statement: Executable) -> int:
        """Run an INSERT, UPDATE or DELETE; how many rows it touched."""
        # Without being asked, SQLAlchemy keeps no count of an INSERT on PostgreSQL: it says -1.
        counted = self.session.execute(statement, execution_options={"preserve_rowcount": True})
        return cast(CursorResult[Any], counted).rowcount

    def run(self, prepared: Executable, parameters: Mapping[str, Any]) -> CursorResult[Any]:
        """Run a statement that was built once, with `bindparam` where its values go.

        Building one and passing it through the session takes longer than either database needs
        for it, so what every click and every delivery runs is prepared. What is loaded as an
        object may be stale afterwards, and what is new in the session has not been written yet.
        """
        return self.session.connection().execute(prepared, parameters)


def upsert(model: type[Base], dialect: str) -> Any:
    """An INSERT that knows ON CONFLICT, of the database at hand."""
    # The other database's dialect stays unloaded; it would take a tenth of the time to start.
    return import_module(f"sqlalchemy.dialects.{dialect}").insert(table_of(model))
