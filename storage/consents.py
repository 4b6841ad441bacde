"""How people decide about approvals: counted rows, and nobody's words."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import and_, exists, func, select
from sqlalchemy.orm import Session

from storage.models import (
    Approval,
    ApprovalState,
    ApprovalVersion,
    ApprovalVote,
    AuditEntry,
    Canary,
    CanaryState,
)

# Nothing waits longer for a decision.
WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Asked:
    """One approval. `is_changed` by people before its end; `is_overridden`: somebody's yes
    was taken back or followed by a no."""

    kind: str
    grade: str
    state: str
    asked_at: datetime
    decided_at: datetime | None
    is_changed: bool
    is_overridden: bool


@dataclass(frozen=True)
class Said:
    """One person's yes or no to what stood there since `shown_at`, with so many words of its own
    (an erased one has none)."""

    person: str
    gate: str
    is_yes: bool
    at: datetime
    shown_at: datetime
    words: int


def canaries(session: Session, since: datetime) -> Mapping[CanaryState, int]:
    """What became of those that were shown since then."""
    found = select(Canary.state, func.count()).where(Canary.created_at >= since)
    counted = session.execute(found.group_by(Canary.state)).all()
    return dict.fromkeys(CanaryState, 0) | {state: count for state, count in counted}


def asked(session: Session, since: datetime) -> list[Asked]:
    """What people were asked since then, whatever became of it."""
    has_yes = exists().where(ApprovalVote.approval_id == Approval.id)
    is_refused = and_(Approval.state == ApprovalState.REJECTED, has_yes)
    rows = session.execute(
        select(Approval, is_refused).where(Approval.created_at >= since).order_by(Approval.id)
    ).all()
    undone = _taken_back(session, since)
    return [
        Asked(
            approval.kind,
            approval.grade,
            approval.state.value,
            approval.created_at,
            approval.decided_at,
            bool(approval.editors),
            bool(refused) or f"approval:{approval.id}" in undone,
        )
        for approval, refused in rows
    ]


def _taken_back(session: Session, since: datetime) -> set[str]:
    """A vote that was taken back leaves no row but in the audit."""
    is_undone = and_(AuditEntry.kind == "approval undone", AuditEntry.at >= since.isoformat())
    return set(session.scalars(select(AuditEntry.subject).where(is_undone)))


def said(session: Session, since: datetime, most: int, person: str | None = None) -> list[Said]:
    """The newest so many yeses and noes since then, oldest first; of one person when named."""
    found = [*_yeses(session, since, most, person), *_noes(session, since, person)]
    return sorted(found, key=lambda one: one.at)[-most:]


def _yeses(session: Session, since: datetime, most: int, person: str | None) -> Sequence[Said]:
    # Each order has an index: a vote's number rises with its time.
    newest = select(ApprovalVote).order_by(ApprovalVote.id.desc())
    if person is not None:
        theirs = select(ApprovalVote).where(ApprovalVote.person == person)
        newest = theirs.order_by(ApprovalVote.at.desc())
    votes = newest.limit(most).subquery()
    stood = and_(
        ApprovalVersion.approval_id == votes.c.approval_id, ApprovalVersion.n == votes.c.version
    )
    rows = session.execute(
        select(
            votes.c.person, Approval.gate, votes.c.at, ApprovalVersion.at, ApprovalVersion.payload
        )
        .join(Approval, Approval.id == votes.c.approval_id)
        .join(ApprovalVersion, stood)
        .where(votes.c.at >= since)
    )
    return [
        Said(who, gate, True, at, shown_at, _words(payload))
        for who, gate, at, shown_at, payload in rows
    ]


def _noes(session: Session, since: datetime, person: str | None) -> Sequence[Said]:
    query = select(Approval.decided_by, Approval.gate, Approval.decided_at).where(
        Approval.created_at >= since - WEEK,
        Approval.state == ApprovalState.REJECTED,
        Approval.decided_at >= since,
    )
    if person is not None:
        query = query.where(Approval.decided_by == person)
    return [
        Said(who, gate, False, at, at, 0)
        for who, gate, at in session.execute(query)
        if who is not None and at is not None
    ]


def _words(payload: str) -> int:
    """Of the texts in a canonical payload."""
    texts: list[object] = [json.loads(payload)] if payload else []
    count = 0
    while texts:
        match texts.pop():
            case str(text):
                count += len(text.split())
            case dict(values):
                texts += values.values()
            case list(values):
                texts += values
    return count
