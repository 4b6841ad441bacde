"""What customers were told to expect, and by when."""

import enum
from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, Id, identity, state


class PromiseState(enum.StrEnum):
    """LATE: answered behind its time. LAPSED: nobody waits for it any more, since the ticket is
    over, is another customer's, or its words never arrived."""

    OPEN = "open"
    BROKEN = "broken"
    KEPT = "kept"
    LATE = "late"
    LAPSED = "lapsed"


OWED = (PromiseState.OPEN, PromiseState.BROKEN)


class Promise(Base):
    """By `due` the customer hears from a person: a message of ours, `message_id`, has said so.

    `owner` is the person who has to keep it: whoever holds the ticket, nobody while nobody does.
    `source` is "escalation" for what triage told, "reply" for what a person wrote.
    """

    __tablename__ = "promises"

    id: Mapped[int] = identity()
    ticket_id: Mapped[int] = mapped_column(Id, ForeignKey("tickets.id"), index=True)
    customer_id: Mapped[int] = mapped_column(Id, index=True)
    message_id: Mapped[int] = mapped_column(Id)
    source: Mapped[str]
    owner: Mapped[str | None] = mapped_column(default=None)
    due: Mapped[datetime]
    state: Mapped[PromiseState] = state(PromiseState, PromiseState.OPEN)
    created_at: Mapped[datetime]
    ended_at: Mapped[datetime | None] = mapped_column(default=None)
