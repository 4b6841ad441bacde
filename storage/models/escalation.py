"""What triage decided, and the tickets it put before a person."""

import enum
from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, Id, identity, state


class Decision(Base):
    """One triage of one ticket, as recorded; the words of an answer are a draft message.

    `mode` is how much was trusted then: observe, draft or live. Of a model's decision `settings`
    are those it was asked with and `prompt` the hash of its instructions; `cost` is in millionths
    of a US dollar; `note` says why no model decided where one should have.
    """

    __tablename__ = "decisions"

    id: Mapped[int] = identity()
    ticket_id: Mapped[int] = mapped_column(Id, ForeignKey("tickets.id"), index=True)
    decision: Mapped[str]
    mode: Mapped[str]
    category: Mapped[str]
    severity: Mapped[int]
    impact: Mapped[int]
    priority: Mapped[int]
    sentiment: Mapped[int]
    confidence: Mapped[float]
    rule: Mapped[str]
    reasons: Mapped[list[str]]
    stakes: Mapped[list[str]]
    cites: Mapped[list[str]]
    found: Mapped[list[str]]
    acts: Mapped[list[Any]]
    agent: Mapped[str]
    playbook: Mapped[str]
    draft_id: Mapped[int | None] = mapped_column(Id, default=None)
    created_at: Mapped[datetime]
    model: Mapped[str] = mapped_column(default="", server_default="")
    settings: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default="{}")
    prompt: Mapped[str] = mapped_column(default="", server_default="")
    note: Mapped[str] = mapped_column(default="", server_default="")
    input_tokens: Mapped[int] = mapped_column(default=0, server_default="0")
    output_tokens: Mapped[int] = mapped_column(default=0, server_default="0")
    cost: Mapped[int] = mapped_column(Id, default=0, server_default="0")


class DecisionText(Base):
    """What the agent was shown and what it did step by step, apart because words are in it, if
    without personal data that has a form."""

    __tablename__ = "decision_texts"

    decision_id: Mapped[int] = mapped_column(Id, ForeignKey("decisions.id"), primary_key=True)
    customer_id: Mapped[int] = mapped_column(Id, index=True)
    seen: Mapped[str] = mapped_column(default="")
    steps: Mapped[list[Any]] = mapped_column(default=list)


class SpendingDay(Base):
    """What models used on one day of the company; `cost` in millionths of a US dollar."""

    __tablename__ = "spending_days"

    day: Mapped[date] = mapped_column(primary_key=True)
    input_tokens: Mapped[int] = mapped_column(Id, default=0)
    output_tokens: Mapped[int] = mapped_column(Id, default=0)
    cost: Mapped[int] = mapped_column(Id, default=0)


class ModelCall(Base):
    """One try to have a model answer, for a ticket or for a colleague's question. Until it is
    `settled` it counts at the worst that it could cost."""

    __tablename__ = "model_calls"

    id: Mapped[int] = identity()
    ticket_id: Mapped[int | None] = mapped_column(Id, ForeignKey("tickets.id"), index=True)
    day: Mapped[date]
    input_tokens: Mapped[int] = mapped_column(Id)
    output_tokens: Mapped[int] = mapped_column(Id)
    cost: Mapped[int] = mapped_column(Id)
    settled: Mapped[bool] = mapped_column(default=False)


class EscalationState(enum.StrEnum):
    OPEN = "open"
    CLAIMED = "claimed"
    RESOLVED = "resolved"


class Escalation(Base):
    """A ticket put before a person. `level` grows when nobody takes it; 0 is the first channel.

    `attended_at` is the owner's last act on it: what reminders and releases are counted from.
    `resolved_by` is a person id, or nobody when the ticket was resolved in the help desk.
    """

    __tablename__ = "escalations"
    __table_args__ = (
        Index(
            "uq_escalations_one_open",
            "ticket_id",
            unique=True,
            sqlite_where=text("state <> 'resolved'"),
            postgresql_where=text("state <> 'resolved'"),
        ),
    )

    id: Mapped[int] = identity()
    ticket_id: Mapped[int] = mapped_column(Id, ForeignKey("tickets.id"), index=True)
    decision_id: Mapped[int | None] = mapped_column(Id, ForeignKey("decisions.id"), default=None)
    state: Mapped[EscalationState] = state(EscalationState, EscalationState.OPEN)
    rule: Mapped[str] = mapped_column(default="")
    reasons: Mapped[list[str]] = mapped_column(default=list)
    level: Mapped[int] = mapped_column(default=0)
    owner: Mapped[str | None] = mapped_column(default=None, index=True)
    claims: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    claimed_at: Mapped[datetime | None] = mapped_column(default=None)
    attended_at: Mapped[datetime | None] = mapped_column(default=None)
    resolved_at: Mapped[datetime | None] = mapped_column(default=None)
    resolved_by: Mapped[str | None] = mapped_column(default=None)
