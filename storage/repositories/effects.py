"""What is carried out outside, and what is known of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Executable, and_, bindparam, func, or_, select

from storage.errors import Missing
from storage.models import Approval, ApprovalState, Certainty, Effect, EffectState
from storage.repositories.base import Repository, table_of, upsert

A = table_of(Approval)
E = table_of(Effect)

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
def _effect(dialect: str) -> Executable:
    insert: Executable = upsert(Effect, dialect).on_conflict_do_nothing().returning(E.c.id)
    return insert


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
        """How many refunds of this customer were done since then, or are under way; those that may
        still be taken back count too."""
        is_granted = and_(A.c.state == ApprovalState.PENDING, A.c.runs_at.is_not(None))
        count = self.session.scalar(
            select(func.count())
            .select_from(A.outerjoin(E, A.c.id == E.c.approval_id))
            .where(
                A.c.customer_id == customer_id,
                A.c.kind == "refund",
                or_(is_granted, and_(*_refunds_of(customer_id, since))),
            )
        )
        return count or 0


def _refunds_of(customer_id: int, since: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        A.c.customer_id == customer_id,
        E.c.kind == "refund",
        E.c.state != EffectState.REFUSED,
        or_(E.c.done_at.is_(None), E.c.done_at >= since),
    )
