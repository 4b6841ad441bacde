"""What is on its way: deliveries, inputs already answered, watchers' marks, and cards' posts."""

import enum
from datetime import datetime
from typing import Any

from sqlalchemy import Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, Id, identity, state


class DeliveryState(enum.StrEnum):
    WAITING = "waiting"
    LEASED = "leased"
    DONE = "done"
    DEAD = "dead"


class Delivery(Base):
    """One event on its way to one step; a `due` in the future makes it a timer.

    Of one `key` at most one waits and at most one is out: a waiting redraw stands for all later
    ones. `urgent` 0 goes first. `held` counts postponements that were nobody's failure.
    """

    __tablename__ = "deliveries"
    __table_args__ = (
        Index(
            "uq_deliveries_one_waiting",
            "key",
            unique=True,
            sqlite_where=text("state = 'waiting' and key is not null"),
            postgresql_where=text("state = 'waiting' and key is not null"),
        ),
        Index(
            "ix_deliveries_claim",
            "lane",
            "urgent",
            "due",
            sqlite_where=text("state in ('waiting', 'leased')"),
            postgresql_where=text("state in ('waiting', 'leased')"),
        ),
        Index(
            "ix_deliveries_key_out",
            "key",
            sqlite_where=text("state = 'leased'"),
            postgresql_where=text("state = 'leased'"),
        ),
    )

    id: Mapped[int] = identity()
    lane: Mapped[str]
    step: Mapped[str]
    event: Mapped[str]
    payload: Mapped[dict[str, Any]]
    key: Mapped[str | None] = mapped_column(default=None)
    urgent: Mapped[int] = mapped_column(default=1)
    due: Mapped[datetime]
    state: Mapped[DeliveryState] = state(DeliveryState, DeliveryState.WAITING)
    attempts: Mapped[int] = mapped_column(default=0)
    held: Mapped[int] = mapped_column(default=0)
    owner: Mapped[str | None] = mapped_column(default=None)
    lease_until: Mapped[datetime | None] = mapped_column(default=None)
    error: Mapped[str | None] = mapped_column(default=None)
    created_at: Mapped[datetime]
    done_at: Mapped[datetime | None] = mapped_column(default=None)


class Inbound(Base):
    """An input already handled, and what was answered; kept for at least seven days."""

    __tablename__ = "inbound"

    source: Mapped[str] = mapped_column(primary_key=True)
    event_id: Mapped[str] = mapped_column(primary_key=True)
    answer: Mapped[dict[str, Any] | None] = mapped_column(default=None)
    received_at: Mapped[datetime] = mapped_column(index=True)


class Mark(Base):
    """How far a watcher has come: up to `at` everything has been looked at."""

    __tablename__ = "marks"

    name: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]


class PostState(enum.StrEnum):
    NEW = "new"
    POSTING = "posting"
    SHOWN = "shown"
    GONE = "gone"


class CardPost(Base):
    """One copy of a card. `channel` may be "@USER" for a private message.

    `marker` travels with the post, so that a post whose answer was lost is found, not repeated.
    `parent_id` is the post whose thread it belongs to. `via` is a click's reply address.
    """

    __tablename__ = "card_posts"
    __table_args__ = (UniqueConstraint("card_key", "surface", "channel"),)

    id: Mapped[int] = identity()
    card_key: Mapped[str]
    surface: Mapped[str]
    channel: Mapped[str]
    parent_id: Mapped[int | None] = mapped_column(Id, default=None)
    marker: Mapped[str]
    state: Mapped[PostState] = state(PostState, PostState.NEW)
    place: Mapped[str | None] = mapped_column(default=None)
    message: Mapped[str | None] = mapped_column(default=None, index=True)
    shown: Mapped[str | None] = mapped_column(default=None)
    via: Mapped[str | None] = mapped_column(default=None)
    via_until: Mapped[datetime | None] = mapped_column(default=None)
    created_at: Mapped[datetime]
