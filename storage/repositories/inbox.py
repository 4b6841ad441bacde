"""Inputs already handled, how far watchers have come, and what is stopped."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Executable, bindparam, delete, select, tuple_, update

from storage.models import Inbound, Mark, Switch
from storage.repositories.base import Repository, table_of, upsert

INBOUND = table_of(Inbound)
SWITCHES = table_of(Switch)
_SWITCH = select(
    SWITCHES.c.name, SWITCHES.c.stopped_by, SWITCHES.c.stopped_at, SWITCHES.c.lift_asked_by
).where(SWITCHES.c.name == bindparam("of"))


@cache
def _take(dialect: str) -> Executable:
    insert: Executable = upsert(Inbound, dialect).on_conflict_do_nothing()
    return insert.execution_options(preserve_rowcount=True)


class Inbox(Repository):
    def take(self, source: str, event_id: str, at: datetime) -> bool:
        """True for whoever takes this input first; others wait for its commit and get False."""
        given = {"source": source, "event_id": event_id, "received_at": at}
        return self.run(_take(self.dialect), given).rowcount > 0

    def answer(self, source: str, event_id: str) -> dict[str, Any] | None:
        return self.session.scalar(
            select(INBOUND.c.answer).where(
                INBOUND.c.source == source, INBOUND.c.event_id == event_id
            )
        )

    def answered(self, source: str, event_id: str, answer: dict[str, Any] | None) -> None:
        self.session.execute(
            update(INBOUND)
            .where(INBOUND.c.source == source, INBOUND.c.event_id == event_id)
            .values(answer=answer)
        )

    def forget(self, before: datetime, most: int) -> int:
        """Delete what came in before then, at most so many at a time; how many went."""
        known = (INBOUND.c.source, INBOUND.c.event_id)
        old = select(*known).where(INBOUND.c.received_at < before).limit(most)
        return self.change(INBOUND.delete().where(tuple_(*known).in_(old)))


class Marks(Repository):
    def get(self, name: str) -> datetime | None:
        mark = self.session.get(Mark, name)
        return None if mark is None else mark.at

    def begin(self, name: str, at: datetime) -> datetime:
        """Where it stands; where nobody has set it yet, it stands at `at` from now on."""
        self.session.execute(self.upsert(Mark).values(name=name, at=at).on_conflict_do_nothing())
        mark = self.session.get_one(Mark, name)
        return mark.at

    def drop(self, name: str) -> None:
        self.session.execute(delete(Mark).where(Mark.name == name))

    def advance(self, name: str, at: datetime) -> None:
        """Never back: of several processes the slower one changes nothing."""
        insert = self.upsert(Mark).values(name=name, at=at)
        new = insert.excluded
        self.session.execute(
            insert.on_conflict_do_update(
                index_elements=["name"], set_={"at": new.at}, where=new.at > table_of(Mark).c.at
            )
        )


@dataclass(frozen=True)
class Stopped:
    """A switch that is set; `lift_asked_by` is the first of the two who must lift it."""

    name: str
    stopped_by: str
    stopped_at: datetime
    lift_asked_by: str | None


class Switches(Repository):
    def get(self, name: str) -> Stopped | None:
        row = self.run(_SWITCH, {"of": name}).mappings().one_or_none()
        return None if row is None else Stopped(**row)

    def stop(self, name: str, by: str, at: datetime) -> None:
        """Whatever lifting was under way has to begin anew."""
        given = {"stopped_by": by, "stopped_at": at, "lift_asked_by": None}
        insert = self.upsert(Switch).values(name=name, **given)
        self.session.execute(insert.on_conflict_do_update(index_elements=["name"], set_=given))

    def ask_lift(self, seen: Stopped, by: str) -> bool:
        """False when it is not as it was seen any more."""
        return self.change(update(SWITCHES).where(*_as(seen)).values(lift_asked_by=by)) > 0

    def lift(self, seen: Stopped) -> bool:
        """False when somebody has stopped again since it was seen: that stop holds."""
        return self.change(SWITCHES.delete().where(*_as(seen))) > 0


def _as(seen: Stopped) -> tuple[ColumnElement[bool], ...]:
    return (
        SWITCHES.c.name == seen.name,
        SWITCHES.c.stopped_at == seen.stopped_at,
        SWITCHES.c.stopped_by == seen.stopped_by,
        SWITCHES.c.lift_asked_by.is_not_distinct_from(seen.lift_asked_by),
    )
