"""Whose account is closed."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, select

from storage.models import Departure
from storage.repositories.base import Repository


class Departures(Repository):
    def all(self) -> frozenset[str]:
        return frozenset(self.session.scalars(select(Departure.person)))

    def become(self, people: Collection[str], at: datetime) -> tuple[set[str], set[str]]:
        """Whose accounts are closed now, and nobody else's: who is new among them, and who is back.

        Of two processes that see it at once one is told so.
        """
        known = self.all()
        back = {one for one in known - set(people) if self._returns(one)}
        return {one for one in set(people) - known if self._leaves(one, at)}, back

    def _leaves(self, person: str, at: datetime) -> bool:
        insert = self.upsert(Departure).values(person=person, since=at)
        return self.change(insert.on_conflict_do_nothing()) > 0

    def _returns(self, person: str) -> bool:
        return self.change(delete(Departure).where(Departure.person == person)) > 0
