"""What was refused before, shown once more to see whether cards are read."""

import enum
from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, Id, identity, state


class CanaryState(enum.StrEnum):
    """DOUBTED: whoever pressed first pressed anything but a yes."""

    WAITING = "waiting"
    GRANTED = "granted"
    DOUBTED = "doubted"
    OVER = "over"


class Canary(Base):
    """The refused `approval_id`, as if it were asked for anew. It is no approval: nothing can be
    carried out by it. Who answered stands nowhere."""

    __tablename__ = "canaries"

    id: Mapped[int] = identity()
    approval_id: Mapped[int] = mapped_column(Id, ForeignKey("approvals.id"), unique=True)
    state: Mapped[CanaryState] = state(CanaryState, CanaryState.WAITING)
    created_at: Mapped[datetime] = mapped_column(index=True)
    expires_at: Mapped[datetime]
