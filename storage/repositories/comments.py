"""Remarks about approvals."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from storage.models import Approval, ApprovalComment
from storage.repositories.base import Repository


class Comments(Repository):
    def add(self, approval: Approval, person: str, body: str, at: datetime) -> ApprovalComment:
        made = ApprovalComment(
            approval_id=approval.id, version=approval.version, person=person, body=body, at=at
        )
        self.session.add(made)
        self.session.flush()
        return made

    def get(self, ident: int) -> ApprovalComment:
        return self.session.get_one(ApprovalComment, ident)

    def of(self, approval_id: int) -> Sequence[ApprovalComment]:
        """Oldest first."""
        about = select(ApprovalComment).where(ApprovalComment.approval_id == approval_id)
        return self.session.scalars(about.order_by(ApprovalComment.id)).all()
