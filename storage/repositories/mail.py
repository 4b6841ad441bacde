"""Links by e-mail, and last known standings."""

from datetime import datetime

from sqlalchemy import delete, select, update

from storage.errors import Missing
from storage.models import Approval, KnownStanding, MailLink
from storage.repositories.base import Repository, table_of

L = table_of(MailLink)


class MailLinks(Repository):
    def add(self, token_hash: str, approval: Approval, person: str, at: datetime) -> MailLink:
        """By e-mail, for what stands now, as long as it can be decided."""
        return self._make(token_hash, approval, person, at, approval.expires_at, is_mailed=True)

    def hand_over(
        self, token_hash: str, approval: Approval, person: str, at: datetime, until: datetime
    ) -> MailLink:
        """In chat, until then at most."""
        until = min(until, approval.expires_at)
        return self._make(token_hash, approval, person, at, until, is_mailed=False)

    def _make(
        self,
        token_hash: str,
        approval: Approval,
        person: str,
        at: datetime,
        until: datetime,
        *,
        is_mailed: bool,
    ) -> MailLink:
        made = MailLink(
            token_hash=token_hash,
            approval_id=approval.id,
            version=approval.version,
            digest=approval.digest,
            person=person,
            is_mailed=is_mailed,
            created_at=at,
            expires_at=until,
        )
        self.session.add(made)
        self.session.flush()
        return made

    def get(self, ident: int) -> MailLink:
        found = self.fresh(MailLink, ident)
        if found is None:
            raise Missing(f"link {ident}")
        return found

    def by_hash(self, token_hash: str) -> MailLink | None:
        found = select(MailLink).where(MailLink.token_hash == token_hash)
        return self.session.scalars(found).one_or_none()

    def have(self, approval_id: int, version: int) -> frozenset[str]:
        """Whoever was sent one by e-mail for this version."""
        theirs = L.c.approval_id == approval_id, L.c.version == version, L.c.is_mailed
        return frozenset(self.session.scalars(select(L.c.person).where(*theirs)))

    def use(self, link: MailLink, at: datetime) -> bool:
        """Take it, and with it whatever else they were sent about the same; False when one of
        these was taken before."""
        free = update(L).where(L.c.id == link.id, L.c.used_at.is_(None)).values(used_at=at)
        if not self.change(free):
            return False
        theirs = (
            L.c.approval_id == link.approval_id,
            L.c.version == link.version,
            L.c.person == link.person,
        )
        self.change(update(L).where(*theirs).values(used_at=at))
        return True

    def drop(self, ident: int) -> None:
        """It never left."""
        self.change(delete(L).where(L.c.id == ident))


class Standings(Repository):
    def note(self, surface: str, workspace: str, user: str, standing: str, at: datetime) -> None:
        insert = self.upsert(KnownStanding).values(
            surface=surface, workspace=workspace, user_id=user, standing=standing, at=at
        )
        self.session.execute(
            insert.on_conflict_do_update(
                index_elements=["surface", "workspace", "user_id"],
                set_={"standing": standing, "at": at},
            )
        )

    def of(self, surface: str, workspace: str, user: str) -> KnownStanding | None:
        return self.session.scalars(
            select(KnownStanding).where(
                KnownStanding.surface == surface,
                KnownStanding.workspace == workspace,
                KnownStanding.user_id == user,
            )
        ).one_or_none()
