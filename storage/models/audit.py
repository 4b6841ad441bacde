"""The audit chain and the switches; ids, amounts and keyed hashes, never a person's words."""

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, Id


class AuditEntry(Base):
    """`hash` = sha256 over the previous hash and this entry's canonical JSON."""

    __tablename__ = "audit"

    seq: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    at: Mapped[str]
    kind: Mapped[str]
    actor: Mapped[str]
    subject: Mapped[str]
    data: Mapped[dict[str, Any]]
    previous: Mapped[str]
    hash: Mapped[str]


class AuditHead(Base):
    """The one row that orders all writers; locked last in a transaction, and briefly."""

    __tablename__ = "audit_head"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    seq: Mapped[int] = mapped_column(Id)
    hash: Mapped[str]


class Switch(Base):
    """The kill switch: set while effects are held. Lifting waits for a second person."""

    EFFECTS: ClassVar[str] = "effects"

    __tablename__ = "switches"

    name: Mapped[str] = mapped_column(primary_key=True)
    stopped_by: Mapped[str]
    stopped_at: Mapped[datetime]
    lift_asked_by: Mapped[str | None] = mapped_column(default=None)
