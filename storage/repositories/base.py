"""What repositories share: an insert that yields to a row already there."""

from typing import Any

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from storage.models.base import Base


class Repository:
    def __init__(self, session: Session) -> None:
        self.session = session

    def upsert(self, model: type[Base]) -> Any:
        """An INSERT of the database at hand that knows ON CONFLICT."""
        table = table_of(model)
        if self.session.get_bind().dialect.name == "sqlite":
            return sqlite.insert(table)
        return postgresql.insert(table)


def table_of(model: type[Base]) -> Table:
    table = model.__table__
    if not isinstance(table, Table):
        raise TypeError(f"{model.__name__} is not a table")
    return table
