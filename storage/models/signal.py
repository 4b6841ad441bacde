"""What monitors told of outages; no customer's words."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, Id, identity


class Signal(Base):
    """One trouble from its beginning to its end. `incident` is the signal that it came together
    with, or its own id: an incident has one card."""

    __tablename__ = "signals"
    __table_args__ = (
        Index(
            "uq_signals_one_on",
            "source",
            "ref",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    id: Mapped[int] = identity()
    incident: Mapped[int | None] = mapped_column(Id, default=None, index=True)
    source: Mapped[str]
    ref: Mapped[str]
    name: Mapped[str]
    products: Mapped[list[Any]]
    region: Mapped[str]
    severity: Mapped[str]
    started_at: Mapped[datetime]
    told_at: Mapped[datetime]
    ended_at: Mapped[datetime | None] = mapped_column(default=None)
