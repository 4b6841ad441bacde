"""The approval policy in force, and the one that is asked for."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select, text, update

from storage.errors import Missing
from storage.models import PolicyState, StoredPolicy
from storage.repositories.base import Repository, table_of

P = table_of(StoredPolicy)
_LOCK = text("SELECT pg_advisory_xact_lock(hashtextextended('policies', 0))")


class Policies(Repository):
    def lock(self) -> None:
        """Until the commit nobody else decides about policies; on SQLite whoever writes is alone
        anyway."""
        if self.dialect == "postgresql":
            self.run(_LOCK, {})

    def get(self, ident: int) -> StoredPolicy:
        found = self.fresh(StoredPolicy, ident)
        if found is None:
            raise Missing(f"policy {ident}")
        return found

    def in_force(self) -> StoredPolicy | None:
        return self._one(PolicyState.IN_FORCE)

    def asked_for(self) -> StoredPolicy | None:
        return self._one(PolicyState.ASKED)

    def ask(self, digest: str, document: str, at: datetime) -> StoredPolicy:
        """In place of what was asked for before."""
        self.end(PolicyState.ASKED, at)
        asked = StoredPolicy(digest=digest, document=document, created_at=at)
        self.session.add(asked)
        self.session.flush()
        return asked

    def agree(self, asked: StoredPolicy, people: Sequence[str]) -> None:
        asked.agreed = list(people)
        self.session.flush()

    def put_in_force(self, ident: int, by: str, at: datetime) -> None:
        self.end(PolicyState.IN_FORCE, at)
        self._decide(ident, PolicyState.IN_FORCE, by, at)

    def refuse(self, ident: int, by: str, at: datetime) -> None:
        self._decide(ident, PolicyState.REFUSED, by, at)

    def end(self, state: PolicyState, at: datetime) -> None:
        """There is none in this state any more."""
        ended = update(P).where(P.c.state == state)
        self.change(ended.values(state=PolicyState.REPLACED, decided_at=at))

    def _decide(self, ident: int, to: PolicyState, by: str, at: datetime) -> None:
        values = {"state": to, "decided_by": by, "decided_at": at}
        self.change(update(P).where(P.c.id == ident).values(**values))

    def _one(self, state: PolicyState) -> StoredPolicy | None:
        query = select(StoredPolicy).where(StoredPolicy.state == state)
        return self.session.scalars(query.execution_options(populate_existing=True)).one_or_none()
