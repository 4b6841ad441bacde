"""What adds up: to one customer, by one person, and without anybody."""

from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, text

from storage.models import (
    Approval,
    ApprovalState,
    ApprovalVote,
    Customer,
    Effect,
    EffectState,
)
from storage.repositories.base import Repository, table_of

A, E, V = table_of(Approval), table_of(Effect), table_of(ApprovalVote)
C = table_of(Customer)
_LOCK = text("SELECT pg_advisory_xact_lock(hashtextextended(:what, 0))")
_LIVING = A.c.state.in_((ApprovalState.PENDING, ApprovalState.APPROVED))


class Caps(Repository):
    def lock(self, what: str) -> None:
        """Until the commit nobody else adds to it; on SQLite whoever writes is alone anyway."""
        if self.dialect == "postgresql":
            self.run(_LOCK, {"what": f"cap:{what}"})

    def refunded(self, customer_id: int, currency: str, since: datetime, about: str) -> int:
        """What this customer and the others of their account were given back since then, are to be
        or may still be: minor units. Not what waits `about` the same thing, since of that one act
        waits at a time."""
        made = and_(
            A.c.state == ApprovalState.APPROVED, A.c.decided_at >= since, self._is_not_refused()
        )
        return self._sum(
            or_(A.c.customer_id == customer_id, A.c.customer_id.in_(_of_one_account(customer_id))),
            A.c.kind == "refund",
            A.c.currency == currency,
            or_(and_(A.c.state == ApprovalState.PENDING, A.c.about != about), made),
        )

    def approved_by(self, person: str, kind: str, currency: str, since: datetime) -> int:
        """What this person has said yes to since then, and it stands: minor units."""
        stands = and_(V.c.approval_id == A.c.id, V.c.version == A.c.version)
        theirs = select(V.c.id).where(stands, V.c.person == person, V.c.at >= since)
        return self._sum(
            A.c.kind == kind,
            A.c.currency == currency,
            _LIVING,
            self._is_not_refused(),
            theirs.exists(),
        )

    def unasked(self, kind: str, since: datetime) -> int:
        """How many acts of the kind nobody was asked about since then."""
        query = select(func.count()).where(
            A.c.kind == kind, A.c.needed == 0, _LIVING, A.c.created_at >= since
        )
        return self.session.scalar(query.select_from(A)) or 0

    def _sum(self, *where: ColumnElement[bool]) -> int:
        return int(self.session.scalar(select(func.sum(A.c.amount)).where(*where)) or 0)

    def _is_not_refused(self) -> ColumnElement[bool]:
        refused = select(E.c.id).where(E.c.approval_id == A.c.id, E.c.state == EffectState.REFUSED)
        return ~refused.exists()


def _of_one_account(customer_id: int) -> Select[tuple[int]]:
    """Nobody, where the customer's account is not known."""
    account = select(C.c.account_id).where(C.c.id == customer_id).scalar_subquery()
    return select(C.c.id).where(C.c.account_id == account)
