"""What models used per day, added up as it is used."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from storage.models import SpendingDay
from storage.repositories.base import Repository, table_of

_S = table_of(SpendingDay)
_USED = (_S.c.input_tokens, _S.c.output_tokens, _S.c.cost)


@dataclass(frozen=True)
class Used:
    input_tokens: int = 0
    output_tokens: int = 0
    cost: int = 0


class Spendings(Repository):
    def on(self, day: date) -> Used:
        row = self.session.execute(select(*_USED).where(_S.c.day == day)).one_or_none()
        return Used() if row is None else Used(*row)

    def add(self, day: date, used: Used) -> None:
        """Several processes add to the same day, none to what another had read."""
        given = {column.name: getattr(used, column.name) for column in _USED}
        insert = self.upsert(SpendingDay).values(day=day, **given)
        more = {column.name: column + insert.excluded[column.name] for column in _USED}
        self.session.execute(insert.on_conflict_do_update(index_elements=["day"], set_=more))
