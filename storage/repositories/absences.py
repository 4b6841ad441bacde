"""Who is away."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import delete, select

from storage.models import Absence
from storage.repositories.base import Repository


class Absences(Repository):
    def begin(self, person: str, since: datetime, until: datetime, delegate: str | None) -> None:
        """Whatever they said before gives way."""
        given = {"since": since, "until": until, "delegate": delegate}
        insert = self.upsert(Absence).values(person=person, **given)
        self.session.execute(insert.on_conflict_do_update(index_elements=["person"], set_=given))

    def end(self, person: str, until: datetime | None = None) -> bool:
        """Whether they were away; with `until` only where that is still their day of return."""
        query = delete(Absence).where(Absence.person == person)
        if until is not None:
            query = query.where(Absence.until == until)
        return self.change(query) > 0

    def of(self, person: str) -> Absence | None:
        found = select(Absence).where(Absence.person == person)
        return self.session.scalars(found).one_or_none()

    def all(self) -> Mapping[str, Absence]:
        """By person."""
        return {one.person: one for one in self.session.scalars(select(Absence))}
