"""Escalations: who holds which, and the decisions that led there."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, case, select, update

from storage.errors import Missing
from storage.models import (
    Account,
    Customer,
    Decision,
    DecisionText,
    Escalation,
    EscalationState,
    Ticket,
    TicketStatus,
)
from storage.repositories.base import Repository, table_of

X = table_of(Escalation)
# A ticket that nobody has looked at yet counts as one of the middle.
_URGENCY = case((Ticket.priority == 0, 3), else_=Ticket.priority)

# With the ref of its customer's account, which says who may look at it.
WithAccount = tuple[Escalation, str | None]
_WITH_ACCOUNT = (
    select(Escalation, Account.ref)
    .join(Ticket, Ticket.id == Escalation.ticket_id)
    .join(Customer, Customer.id == Ticket.customer_id)
    .outerjoin(Account, Account.id == Customer.account_id)
)


class Escalations(Repository):
    def add(self, escalation: Escalation) -> Escalation:
        self.session.add(escalation)
        self.session.flush()
        return escalation

    def get(self, escalation_id: int) -> Escalation:
        escalation = self.fresh(Escalation, escalation_id)
        if escalation is None:
            raise Missing(f"escalation {escalation_id}")
        return escalation

    def open_of(self, ticket_id: int) -> Escalation | None:
        return self.session.scalar(
            select(Escalation).where(
                Escalation.ticket_id == ticket_id, Escalation.state != EscalationState.RESOLVED
            )
        )

    def last_of(self, ticket_id: int) -> Escalation | None:
        return self.session.scalar(
            select(Escalation)
            .where(Escalation.ticket_id == ticket_id)
            .order_by(Escalation.id.desc())
            .limit(1)
        )

    def claim(self, escalation_id: int, by: str, at: datetime) -> bool:
        """True for exactly one of many simultaneous claims."""
        return bool(
            self.change(
                update(X)
                .where(X.c.id == escalation_id, X.c.state == EscalationState.OPEN)
                .values(
                    state=EscalationState.CLAIMED,
                    owner=by,
                    claimed_at=at,
                    attended_at=at,
                    claims=X.c.claims + 1,
                )
            )
        )

    def release(self, escalation_id: int, owner: str) -> bool:
        return bool(
            self.change(
                update(X)
                .where(
                    X.c.id == escalation_id,
                    X.c.state == EscalationState.CLAIMED,
                    X.c.owner == owner,
                )
                .values(state=EscalationState.OPEN, owner=None, claimed_at=None)
            )
        )

    def resolve(self, escalation_id: int, by: str | None, at: datetime) -> bool:
        """`by` nobody of ours: it was done in the help desk."""
        return bool(
            self.change(
                update(X)
                .where(X.c.id == escalation_id, X.c.state != EscalationState.RESOLVED)
                .values(state=EscalationState.RESOLVED, resolved_by=by, resolved_at=at)
            )
        )

    def reopen(self, escalation_id: int) -> bool:
        """Unclaimed again, as it was at first, while its ticket has no other that is open."""
        return bool(
            self.change(
                update(X)
                .where(X.c.id == escalation_id, X.c.state == EscalationState.RESOLVED)
                .values(
                    state=EscalationState.OPEN,
                    level=0,
                    owner=None,
                    claimed_at=None,
                    resolved_at=None,
                    resolved_by=None,
                )
            )
        )

    def attend(self, escalation_id: int, at: datetime) -> None:
        self.session.execute(update(X).where(X.c.id == escalation_id).values(attended_at=at))

    def climb(self, escalation_id: int, from_level: int) -> bool:
        return bool(
            self.change(
                update(X)
                .where(
                    X.c.id == escalation_id,
                    X.c.state == EscalationState.OPEN,
                    X.c.level == from_level,
                )
                .values(level=from_level + 1)
            )
        )

    def held_by(self, person: str) -> list[WithAccount]:
        held = (Escalation.owner == person, Escalation.state == EscalationState.CLAIMED)
        return self._listed(_WITH_ACCOUNT.where(*held).order_by(_URGENCY, Escalation.claimed_at))

    def waiting(self) -> list[WithAccount]:
        """Those that nobody has, the most urgent first and the oldest of them."""
        nobodys = Escalation.state == EscalationState.OPEN
        return self._listed(_WITH_ACCOUNT.where(nobodys).order_by(_URGENCY, Escalation.created_at))

    def _listed(self, query: Select[Escalation, str]) -> list[WithAccount]:
        return [(escalation, ref) for escalation, ref in self.session.execute(query)]

    def decide(self, decision: Decision) -> Decision:
        self.session.add(decision)
        self.session.flush()
        return decision

    def keep_text(self, text: DecisionText) -> None:
        self.session.add(text)
        self.session.flush()

    def text_of(self, decision_id: int) -> DecisionText | None:
        """None once the customer has been erased."""
        return self.session.get(DecisionText, decision_id)

    def decision(self, decision_id: int) -> Decision:
        decision = self.session.get(Decision, decision_id)
        if decision is None:
            raise Missing(f"decision {decision_id}")
        return decision

    def decision_of(self, ticket_id: int) -> Decision | None:
        """The newest decision on the ticket."""
        return self.session.scalar(
            select(Decision)
            .where(Decision.ticket_id == ticket_id)
            .order_by(Decision.id.desc())
            .limit(1)
        )

    def decisions_on(self, ticket_id: int) -> Sequence[Decision]:
        """All of them, the oldest first."""
        query = select(Decision).where(Decision.ticket_id == ticket_id).order_by(Decision.id)
        return self.session.scalars(query).all()

    def on_resolved(self, most: int) -> Sequence[Decision]:
        """The newest decisions on tickets that are resolved by now."""
        return self.session.scalars(
            select(Decision)
            .join(Ticket, Ticket.id == Decision.ticket_id)
            .where(Ticket.status == TicketStatus.RESOLVED, Ticket.erased_at.is_(None))
            .order_by(Decision.id.desc())
            .limit(most)
        ).all()

    def decisions(self, mode: str | None = None) -> Sequence[Decision]:
        query = select(Decision).order_by(Decision.id)
        return self.session.scalars(query.where(Decision.mode == mode) if mode else query).all()
