"""What repositories share: an insert that yields to a row already there."""

from typing import Any, cast

from sqlalchemy import CursorResult, Executable
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from storage.models.base import Base, table_of

__all__ = ["Repository", "table_of"]


class Repository:
    def __init__(self, session: Session) -> None:
        self.session = session

    def upsert(self, model: type[Base]) -> Any:
        """An INSERT of the database at hand that knows ON CONFLICT."""
        table = table_of(model)
        if self.session.get_bind().dialect.name == "sqlite":
            return sqlite.insert(table)
        return postgresql.insert(table)

    def change(self, statement: Executable) -> int:
        """Run an INSERT, UPDATE or DELETE; how many rows it touched."""
        # Without being asked, SQLAlchemy keeps no count of an INSERT on PostgreSQL: it says -1.
        counted = self.session.execute(statement, execution_options={"preserve_rowcount": True})
        return cast(CursorResult[Any], counted).rowcount
