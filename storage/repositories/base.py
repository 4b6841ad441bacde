"""What repositories share: an insert that yields to a row already there."""

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from typing import Any, TypeVar, cast

from sqlalchemy import Connection, CursorResult, Executable, bindparam, select
from sqlalchemy.orm import Session, make_transient_to_detached

from storage.models.base import Base, table_of

__all__ = ["Repository", "table_of", "upsert"]


Row = TypeVar("Row", bound=Base)


class Repository:
    def __init__(self, session: Session, connection: Connection) -> None:
        self.session = session
        # The session's own. Asked for it, the session takes as long as a statement.
        self.connection = connection

    @property
    def dialect(self) -> str:
        return self.connection.dialect.name

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
        return self.connection.execute(prepared, parameters)

    def fresh(self, model: type[Row], ident: int) -> Row | None:
        """The row as it is now, as an object of this session; None when there is none.

        The same as `session.get` with `populate_existing`, prepared: an object that the session
        has not seen yet takes a third of the time.
        """
        if self.session.identity_key(model, ident) in self.session.identity_map:
            return self.session.get(model, ident, populate_existing=True)
        row = self.run(_by_id(model), {"ident": ident}).mappings().one_or_none()
        if row is None:
            return None
        found = model(**row)
        make_transient_to_detached(found)
        self.session.add(found)
        return found


@cache
def _by_id(model: type[Base]) -> Executable:
    table = table_of(model)
    return select(table).where(table.c.id == bindparam("ident"))


def upsert(model: type[Base], dialect: str) -> Any:
    """An INSERT that knows ON CONFLICT, of the database at hand."""
    # The other database's dialect stays unloaded; it would take a tenth of the time to start.
    return import_module(f"sqlalchemy.dialects.{dialect}").insert(table_of(model))
