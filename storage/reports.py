"""What reports read: counted rows, never words."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from storage.models import (
    Approval,
    Author,
    Decision,
    Effect,
    EffectState,
    Escalation,
    Message,
    Ticket,
    TicketStatus,
)


@dataclass(frozen=True)
class ActOutcome:
    """What became of one act of a decision: the approval's state, and whether it was done."""

    decision: int
    state: str
    is_done: bool


@dataclass(frozen=True)
class Handled:
    """A decision that was only rehearsed or drafted, and what people did on its ticket since.

    `replies` and `notes` are theirs, public and internal; `claims` counts who took it up.
    """

    decision: int
    ticket: int
    mode: str
    category: str
    decided: str
    replies: int
    notes: int
    claims: int
    is_resolved: bool


def first_trials(session: Session) -> Sequence[Handled]:
    """Each ticket's first decision, when it was made in the mode observe or draft."""
    first = select(func.min(Decision.id)).group_by(Decision.ticket_id)
    since = and_(
        Message.ticket_id == Decision.ticket_id,
        Message.created_at >= Decision.created_at,
        Message.author == Author.PERSON,
        Message.draft.is_(False),
    )
    public = func.count().filter(Message.public.is_(True))
    internal = func.count().filter(Message.public.is_(False))
    claims = (
        select(func.coalesce(func.max(Escalation.claims), 0))
        .where(Escalation.ticket_id == Decision.ticket_id)
        .scalar_subquery()
    )
    said = (
        select(Decision.id, public.label("replies"), internal.label("notes"))
        .join(Message, since)
        .group_by(Decision.id)
        .subquery()
    )
    rows = session.execute(
        select(
            Decision.id,
            Decision.ticket_id,
            Decision.mode,
            Decision.category,
            Decision.decision,
            func.coalesce(said.c.replies, 0),
            func.coalesce(said.c.notes, 0),
            claims,
            Ticket.status.in_((TicketStatus.RESOLVED, TicketStatus.GONE)),
        )
        .join(Ticket, Ticket.id == Decision.ticket_id)
        .outerjoin(said, said.c.id == Decision.id)
        .where(Decision.id.in_(first), Decision.mode.in_(("observe", "draft")))
        .order_by(Decision.id)
    )
    return [Handled(*row) for row in rows]


def act_outcomes(session: Session, decisions: Sequence[int]) -> Sequence[ActOutcome]:
    """What became of the acts of these decisions that were put before somebody."""
    is_done = Effect.state == EffectState.DONE
    rows = session.execute(
        select(Approval.decision_id, Approval.state, func.coalesce(is_done, False))
        .outerjoin(Effect, Effect.approval_id == Approval.id)
        .where(Approval.decision_id.in_(decisions))
    )
    return [ActOutcome(int(row[0] or 0), row[1].value, bool(row[2])) for row in rows]
