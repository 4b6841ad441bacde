"""What people say about an approval without deciding about it."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, Id, identity


class ApprovalComment(Base):
    """One remark of `person`, about the `version` they had before them. Its `body` may quote the
    customer: an erasure empties it."""

    __tablename__ = "approval_comments"

    id: Mapped[int] = identity()
    approval_id: Mapped[int] = mapped_column(Id, ForeignKey("approvals.id"), index=True)
    version: Mapped[int]
    person: Mapped[str]
    body: Mapped[str]
    at: Mapped[datetime]
