"""Refused acts that are shown once more."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import String, cast, select, update

from storage.models import Approval, ApprovalState, Canary, CanaryState
from storage.repositories.base import Repository


class Canaries(Repository):
    def add(self, approval_id: int, at: datetime, until: datetime) -> Canary:
        made = Canary(approval_id=approval_id, created_at=at, expires_at=until)
        self.session.add(made)
        self.session.flush()
        return made

    def get(self, ident: int) -> Canary:
        return self.session.get_one(Canary, ident)

    def newest(self) -> Canary | None:
        return self.session.scalar(select(Canary).order_by(Canary.id.desc()).limit(1))

    def end(self, ident: int, as_: CanaryState) -> bool:
        """False when it had ended before."""
        waits = update(Canary).where(Canary.id == ident, Canary.state == CanaryState.WAITING)
        ended = self.session.scalar(waits.values(state=as_).returning(Canary.id))
        return ended is not None

    def refused(self, kind: str, before: datetime, limit: int) -> Sequence[Approval]:
        """Acts that somebody said no to before then, newest first: among ourselves, with their
        words still there, and never shown once more."""
        shown = select(Canary.approval_id)
        found = select(Approval).where(
            Approval.kind == kind,
            Approval.state == ApprovalState.REJECTED,
            Approval.decided_at < before,
            Approval.payload != "",
            cast(Approval.partners, String) == "[]",
            Approval.id.not_in(shown),
        )
        return self.session.scalars(found.order_by(Approval.id.desc()).limit(limit)).all()
