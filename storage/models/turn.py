"""Who is asked first, and what lists the cards that wait."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, identity


class Turn(Base):
    """When this person was last asked first for a decision."""

    __tablename__ = "turns"

    person: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]


class Digest(Base):
    """One list of the approvals that wait, from when they pile up until they do no more."""

    __tablename__ = "digests"

    id: Mapped[int] = identity()
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None] = mapped_column(default=None)
