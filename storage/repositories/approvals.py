"""Approvals, their votes, and the effects that follow."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Executable,
    and_,
    bindparam,
    case,
    func,
    or_,
    select,
    text,
    update,
)

from storage.errors import Missing
from storage.models import Approval, ApprovalState, ApprovalVote, Certainty, Effect, EffectState
from storage.repositories.base import Repository, table_of, upsert

A = table_of(Approval)
V = table_of(ApprovalVote)
E = table_of(Effect)

_LOCK = text("SELECT pg_advisory_xact_lock(hashtextextended(:thing, 0))")
_IS_COMPLETE = A.c.granted + 1 >= A.c.needed
_GRANT = (
    update(A)
    .where(
        A.c.id == bindparam("approval"),
        A.c.state == ApprovalState.PENDING,
        A.c.digest == bindparam("seen"),
        A.c.expires_at > bindparam("now", type_=A.c.expires_at.type),
    )
    .values(
        granted=A.c.granted + 1,
        state=case((_IS_COMPLETE, ApprovalState.APPROVED.value), else_=ApprovalState.PENDING.value),
        decided_by=case((_IS_COMPLETE, bindparam("person")), else_=A.c.decided_by),
        decided_at=bindparam("now", type_=A.c.decided_at.type),
    )
    .returning(A.c.state)
)
_STATUS_WAY = (
    select(E.c.id, E.c.kind, E.c.state, E.c.done_at)
    .where(
        E.c.ticket_id == bindparam("of"),
        E.c.state != EffectState.DONE,
        or_(
            E.c.kind == "reply",
            and_(E.c.kind == "status", E.c.state != EffectState.REFUSED),
        ),
    )
    .order_by(E.c.id)
)


@dataclass(frozen=True)
class OnStatusWay:
    """A status that is still to be set, or a reply that has not left; `ended_at` is when the reply
    was refused or left to a person."""

    id: int
    is_status: bool
    is_under_way: bool
    ended_at: datetime | None


@dataclass(frozen=True)
class OwnRefund:
    """A refund of ours in the states of its effect; `amount` in minor units."""

    amount: int
    state: EffectState
    certainty: Certainty
    trouble: str | None
    created_at: datetime
    done_at: datetime | None


@cache
def _vote(dialect: str) -> Executable:
    insert: Executable = upsert(ApprovalVote, dialect).on_conflict_do_nothing()
    return insert.execution_options(preserve_rowcount=True)


@cache
def _effect(dialect: str) -> Executable:
    insert: Executable = upsert(Effect, dialect).on_conflict_do_nothing().returning(E.c.id)
    return insert


class Approvals(Repository):
    def add(self, approval: Approval) -> Approval:
        self.session.add(approval)
        self.session.flush()
        return approval

    def get(self, approval_id: int) -> Approval:
        approval = self.fresh(Approval, approval_id)
        if approval is None:
            raise Missing(f"approval {approval_id}")
        return approval

    def grant(self, approval_id: int, digest: str, by: str, at: datetime) -> ApprovalState | None:
        """Count one grant. The new state, or None when it was no longer pending, has expired or
        shows another payload: exactly one of many simultaneous decisions gets through."""
        given = {"approval": approval_id, "seen": digest, "person": by, "now": at}
        row = self.run(_GRANT, given).first()
        return None if row is None else ApprovalState(row[0])

    def close(
        self,
        approval_id: int,
        to: ApprovalState,
        by: str | None,
        at: datetime,
        digest: str | None = None,
        reason: str | None = None,
    ) -> bool:
        """Leave `pending` for good; False when somebody was faster. With `digest` a person decides
        what they saw: False too when it is outdated, or the time to decide is over."""
        query = update(A).where(A.c.id == approval_id, A.c.state == ApprovalState.PENDING)
        if digest is not None:
            query = query.where(A.c.digest == digest, A.c.expires_at > at)
        return bool(
            self.change(query.values(state=to, decided_by=by, decided_at=at, reason=reason))
        )

    def vote(self, approval_id: int, person: str, choice: str, digest: str, at: datetime) -> bool:
        """Record who chose what and what they saw; False when they have voted before."""
        given = {"approval_id": approval_id, "person": person, "choice": choice}
        given |= {"digest": digest, "at": at}
        return self.run(_vote(self.dialect), given).rowcount > 0

    def votes(self, approval_id: int) -> Sequence[ApprovalVote]:
        return self.session.scalars(
            select(ApprovalVote)
            .where(ApprovalVote.approval_id == approval_id)
            .order_by(ApprovalVote.id)
        ).all()

    def pending(self) -> Sequence[Approval]:
        """All of them, soonest deadline first: whose they are is not for the database to say."""
        return self.session.scalars(
            select(Approval)
            .where(Approval.state == ApprovalState.PENDING)
            .order_by(Approval.expires_at)
        ).all()

    def about(self, thing: str) -> Sequence[Approval]:
        """Acts about this thing that wait or are approved, oldest first.

        Until the commit nobody else is told: two tickets of different customers may name one
        charge. On SQLite whoever writes is alone anyway.
        """
        if self.dialect == "postgresql":
            self.run(_LOCK, {"thing": thing})
        living = text("approvals.state in ('pending', 'approved')")
        return self.session.scalars(
            select(Approval).where(Approval.about == thing, living).order_by(Approval.id)
        ).all()

    def rejected(self, customer_id: int, since: datetime) -> Sequence[Approval]:
        """What people said no to for this customer since then, oldest first."""
        return self.session.scalars(
            select(Approval)
            .where(
                Approval.customer_id == customer_id,
                Approval.state == ApprovalState.REJECTED,
                Approval.decided_at >= since,
            )
            .order_by(Approval.id)
        ).all()

    def of_ticket(self, ticket_id: int) -> Sequence[Approval]:
        return self.session.scalars(
            select(Approval).where(Approval.ticket_id == ticket_id).order_by(Approval.id)
        ).all()


class Effects(Repository):
    def add(self, **values: Any) -> int | None:
        """The new effect's id, or None when its consent has been used already."""
        given = {"n": 1, "state": EffectState.READY, **values}
        row = self.run(_effect(self.dialect), given).first()
        return None if row is None else int(row[0])

    def get(self, effect_id: int) -> Effect:
        effect = self.fresh(Effect, effect_id)
        if effect is None:
            raise Missing(f"effect {effect_id}")
        return effect

    def receipts_beside(self, effect: Effect) -> set[str]:
        """What the ticket's other effects are known to have made, by the outside's own ids."""
        found = select(E.c.receipt).where(
            E.c.ticket_id == effect.ticket_id, E.c.id != effect.id, E.c.receipt.is_not(None)
        )
        return set(self.session.scalars(found))

    def of_approval(self, approval_id: int) -> Effect | None:
        return self.session.scalar(select(Effect).where(Effect.approval_id == approval_id))

    def of_ticket(self, ticket_id: int) -> Sequence[Effect]:
        return self.session.scalars(
            select(Effect).where(Effect.ticket_id == ticket_id).order_by(Effect.id)
        ).all()

    def status_way(self, ticket_id: int) -> list[OnStatusWay]:
        """What decides when this ticket's status may be set, oldest first."""
        under_way = (EffectState.READY, EffectState.CALLING)
        return [
            OnStatusWay(row.id, row.kind == "status", row.state in under_way, row.done_at)
            for row in self.run(_STATUS_WAY, {"of": ticket_id})
        ]

    def last_status(self, ticket_id: int) -> Effect | None:
        """The newest status that was to be set in the help desk."""
        return self.session.scalar(
            select(Effect)
            .where(Effect.ticket_id == ticket_id, Effect.kind == "status")
            .order_by(Effect.id.desc())
            .limit(1)
        )

    def refunds_beside(self, approval: Approval) -> list[OwnRefund]:
        """What else was approved out of the same charge, whatever became of it."""
        found = self.session.execute(
            select(A.c.amount, E.c.state, E.c.certainty, E.c.trouble, E.c.created_at, E.c.done_at)
            .select_from(E.join(A, A.c.id == E.c.approval_id))
            .where(A.c.about == approval.about, A.c.id != approval.id, E.c.kind == "refund")
            .order_by(E.c.id)
        )
        return [OwnRefund(*row) for row in found]

    def refunded_since(self, customer_id: int, since: datetime) -> list[tuple[str, int, int]]:
        """Those refunds by currency: how many, and their sum in minor units."""
        found = self.session.execute(
            select(A.c.currency, func.count(), func.sum(A.c.amount))
            .select_from(E.join(A, A.c.id == E.c.approval_id))
            .where(*_refunds_of(customer_id, since))
            .group_by(A.c.currency)
            .order_by(A.c.currency)
        ).all()
        return [(currency, count, int(total)) for currency, count, total in found]

    def refunds_since(self, customer_id: int, since: datetime) -> int:
        """How many refunds of this customer were done since then, or are under way."""
        count = self.session.scalar(
            select(func.count())
            .select_from(E.join(A, A.c.id == E.c.approval_id))
            .where(*_refunds_of(customer_id, since))
        )
        return count or 0


def _refunds_of(customer_id: int, since: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        A.c.customer_id == customer_id,
        E.c.kind == "refund",
        E.c.state != EffectState.REFUSED,
        or_(E.c.done_at.is_(None), E.c.done_at >= since),
    )
