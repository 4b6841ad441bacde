"""Who is asked first, and what lists the cards that wait."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import select

from storage.errors import Missing
from storage.models import Digest, Turn
from storage.repositories.base import Repository


class Turns(Repository):
    def last(self) -> Mapping[str, datetime]:
        """By person, for whoever was asked first at all."""
        return {one.person: one.at for one in self.session.scalars(select(Turn))}

    def take(self, people: Iterable[str], at: datetime) -> None:
        # In one order, so that two processes never wait for each other.
        for person in sorted(people):
            insert = self.upsert(Turn).values(person=person, at=at)
            changed = insert.on_conflict_do_update(index_elements=["person"], set_={"at": at})
            self.session.execute(changed)


class Digests(Repository):
    def open(self, at: datetime) -> Digest:
        digest = Digest(opened_at=at)
        self.session.add(digest)
        self.session.flush()
        return digest

    def get(self, digest_id: int) -> Digest:
        digest = self.fresh(Digest, digest_id)
        if digest is None:
            raise Missing(f"digest {digest_id}")
        return digest

    def is_any_open(self) -> bool:
        return self.session.scalar(select(Digest.id).where(Digest.closed_at.is_(None))) is not None
