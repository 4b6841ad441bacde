"""A customer's case and what was said in it; every word of it lives in tables of its own."""

import enum
from datetime import datetime
from typing import ClassVar

from sqlalchemy import ForeignKey, UniqueConstraint, true
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, Id, identity, state


class TicketStatus(enum.StrEnum):
    """GONE: marked as spam or deleted in the help desk; nothing is owed on it any more."""

    OPEN = "open"
    WAITING = "waiting"
    RESOLVED = "resolved"
    GONE = "gone"

    @property
    def is_over(self) -> bool:
        return self in (TicketStatus.RESOLVED, TicketStatus.GONE)


class Author(enum.StrEnum):
    """OTHER: somebody outside who is not the ticket's customer, such as one in copy. Whose charges
    and account are looked at is never theirs to say."""

    CUSTOMER = "customer"
    OTHER = "other"
    PERSON = "person"
    AGENT = "agent"

    @property
    def is_outside(self) -> bool:
        return self in OUTSIDE


OUTSIDE = (Author.CUSTOMER, Author.OTHER)


class Ticket(Base):
    """`owner` is the person id of who holds it; while set, the agent is silent.

    `requester` is the help desk's id of its customer, as told last: with another one the ticket is
    another customer's. `desk_updated_at` orders what the help desk tells: an older telling never
    overwrites a newer. `assignee` (the help desk's id of who has it there) and `desk_priority` (its
    own word) are as told last. `desk_owner` is who works on it there: a person id, else `ASSIGNED`
    or `ANSWERED` for somebody app.yaml does not know; while set, the agent is silent. `erased_at`
    is when words in it were erased last: none from before is heard again, whoever has it now.
    """

    ASSIGNED: ClassVar[str] = "assigned there"
    ANSWERED: ClassVar[str] = "answered there"

    __tablename__ = "tickets"
    __table_args__ = (UniqueConstraint("source", "ref"),)

    id: Mapped[int] = identity()
    source: Mapped[str]
    ref: Mapped[str]
    customer_id: Mapped[int] = mapped_column(Id, ForeignKey("customers.id"), index=True)
    requester: Mapped[str] = mapped_column(default="", server_default="")
    status: Mapped[TicketStatus] = state(TicketStatus, TicketStatus.OPEN)
    channel: Mapped[str] = mapped_column(default="")
    language: Mapped[str] = mapped_column(default="")
    category: Mapped[str] = mapped_column(default="")
    priority: Mapped[int] = mapped_column(default=0)
    tags: Mapped[list[str]] = mapped_column(default=list)
    owner: Mapped[str | None] = mapped_column(default=None)
    assignee: Mapped[str | None] = mapped_column(default=None)
    desk_owner: Mapped[str | None] = mapped_column(default=None)
    desk_priority: Mapped[str] = mapped_column(default="", server_default="")
    created_at: Mapped[datetime] = mapped_column(index=True)
    desk_updated_at: Mapped[datetime]
    triaged_at: Mapped[datetime | None] = mapped_column(default=None)
    erased_at: Mapped[datetime | None] = mapped_column(default=None)


class TicketText(Base):
    __tablename__ = "ticket_texts"

    ticket_id: Mapped[int] = mapped_column(Id, ForeignKey("tickets.id"), primary_key=True)
    customer_id: Mapped[int] = mapped_column(Id, index=True)
    subject: Mapped[str] = mapped_column(default="")
    summary: Mapped[str] = mapped_column(default="")


class Message(Base):
    """One thing said. `ref` is the help desk's id; ours have none until they are sent.

    `person` is the id of a person of ours who wrote it; `draft` text has not been sent.
    `taken_up` counts for words from outside: a decision answers for them, or a person has them.
    Nobody concludes that from times, since help desks and we have clocks of our own.
    `leaves_at` stands while whoever wrote it may still take it back.
    `translation` is a model's, into the company's language; empty where nobody made one.
    """

    __tablename__ = "messages"
    __table_args__ = (UniqueConstraint("ticket_id", "ref"),)

    id: Mapped[int] = identity()
    ticket_id: Mapped[int] = mapped_column(Id, ForeignKey("tickets.id"), index=True)
    customer_id: Mapped[int] = mapped_column(Id, index=True)
    ref: Mapped[str | None] = mapped_column(default=None)
    author: Mapped[Author] = state(Author, Author.CUSTOMER)
    person: Mapped[str | None] = mapped_column(default=None)
    public: Mapped[bool] = mapped_column(default=True)
    draft: Mapped[bool] = mapped_column(default=False)
    leaves_at: Mapped[datetime | None] = mapped_column(default=None)
    taken_up: Mapped[bool] = mapped_column(default=False, server_default=true())
    body: Mapped[str]
    translation: Mapped[str] = mapped_column(default="", server_default="")
    created_at: Mapped[datetime]
