"""Approvals and their votes."""

from collections.abc import Mapping, Sequence
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
    delete,
    literal_column,
    select,
    text,
    update,
)

from storage.errors import Missing
from storage.models import Approval, ApprovalState, ApprovalVersion, ApprovalVote
from storage.repositories.base import Repository, table_of, upsert

A = table_of(Approval)
V = table_of(ApprovalVote)

_LOCK = text("SELECT pg_advisory_xact_lock(hashtextextended(:thing, 0))")
_IS_COMPLETE = A.c.granted + 1 >= A.c.needed
# Written out, as the indexes of what waits have it: a database does not know of a parameter that it
# will be just that.
_IS_CHANGEABLE = and_(A.c.state == literal_column("'pending'"), A.c.runs_at.is_(None))
_IS_UNDECIDED = and_(_IS_CHANGEABLE, A.c.returned_at.is_(None))
_COUNTED = (
    update(A)
    .where(
        A.c.id == bindparam("approval"),
        _IS_UNDECIDED,
        A.c.digest == bindparam("seen"),
        A.c.version == bindparam("shown"),
        A.c.step == bindparam("turn"),
        A.c.expires_at > bindparam("now", type_=A.c.expires_at.type),
    )
    .values(
        granted=A.c.granted + 1,
        decided_by=case((_IS_COMPLETE, bindparam("person")), else_=A.c.decided_by),
        decided_at=bindparam("now", type_=A.c.decided_at.type),
    )
    .returning(A.c.granted >= A.c.needed)
)
_GRANT = _COUNTED.values(
    state=case((_IS_COMPLETE, ApprovalState.APPROVED.value), else_=ApprovalState.PENDING.value)
)
_GRANT_FOR_NOW = _COUNTED.values(
    runs_at=case((_IS_COMPLETE, bindparam("until", type_=A.c.runs_at.type)), else_=None)
)
_LEAVE = (
    update(A)
    .where(
        A.c.id == bindparam("approval"),
        A.c.state == ApprovalState.PENDING,
        A.c.runs_at <= bindparam("now", type_=A.c.runs_at.type),
    )
    .values(state=ApprovalState.APPROVED.value)
)
_TAKE_BACK = (
    update(A)
    .where(
        A.c.id == bindparam("approval"),
        A.c.state == ApprovalState.PENDING,
        A.c.runs_at.is_not(None),
    )
    .values(granted=A.c.granted - 1, runs_at=None, decided_by=None, decided_at=None)
)


@dataclass(frozen=True)
class Shown:
    """What somebody had before them when they decided: so many times it had been changed, and the
    hash of its payload."""

    version: int
    digest: str


def _is_shown(seen: Shown) -> tuple[ColumnElement[bool], ...]:
    return A.c.digest == seen.digest, A.c.version == seen.version


@cache
def _vote(dialect: str) -> Executable:
    insert: Executable = upsert(ApprovalVote, dialect).on_conflict_do_nothing()
    return insert.execution_options(preserve_rowcount=True)


class Approvals(Repository):
    def add(self, approval: Approval, by: str) -> Approval:
        """As its first version, `by` the agent or whoever asks for it."""
        self.session.add(approval)
        self.session.flush()
        self.keep_version(approval, by, approval.created_at)
        return approval

    def get(self, approval_id: int) -> Approval:
        approval = self.fresh(Approval, approval_id)
        if approval is None:
            raise Missing(f"approval {approval_id}")
        return approval

    def grant(
        self,
        approval_id: int,
        seen: Shown,
        by: str,
        at: datetime,
        until: datetime | None = None,
        step: int = 0,
    ) -> bool | None:
        """Count one grant: whether it was the last that it takes, or None when nothing was to be
        decided any more, it has expired or shows another payload. Exactly one of many simultaneous
        decisions gets through. With `until` the last may be taken back for so long."""
        given = {"approval": approval_id, "seen": seen.digest, "shown": seen.version}
        given |= {"person": by, "now": at, "turn": step}
        granting = _GRANT if until is None else _GRANT_FOR_NOW
        row = self.run(granting, given if until is None else given | {"until": until}).first()
        return None if row is None else bool(row[0])

    def leave(self, approval_id: int, at: datetime) -> bool:
        """The time to take it back is over: approved for good, once."""
        return self.run(_LEAVE, {"approval": approval_id, "now": at}).rowcount > 0

    def take_back(self, approval_id: int, person: str) -> bool:
        """Uncount this person's grant; False when it has left, or was never theirs to take."""
        current = select(A.c.version).where(A.c.id == approval_id).scalar_subquery()
        theirs = (V.c.approval_id == approval_id, V.c.person == person, V.c.version == current)
        if not self.change(delete(V).where(*theirs)):
            return False
        if self.run(_TAKE_BACK, {"approval": approval_id}).rowcount == 0:
            return False
        self.turn(approval_id)
        return True

    def turn(self, approval_id: int) -> None:
        """Whose turn it is now: the first step that lacks a yes; of a complete one the last."""
        approval = self.get(approval_id)
        votes = [one.step for one in self.votes(approval_id) if one.version == approval.version]
        asks = approval.asks
        step = next(
            (at for at, asked in enumerate(asks) if votes.count(at) < asked.approvers),
            len(asks) - 1,
        )
        approval.step, approval.roles = step, list(asks[step].roles)
        self.session.flush()

    def close(
        self,
        approval_id: int,
        to: ApprovalState,
        by: str | None,
        at: datetime,
        seen: Shown | None = None,
        reason: str | None = None,
    ) -> bool:
        """Leave `pending` for good; False when somebody was faster. With `seen` a person decides
        what they saw: False too when it is outdated, or the time to decide is over. What is granted
        already is withdrawn at most."""
        query = update(A).where(A.c.id == approval_id, A.c.state == ApprovalState.PENDING)
        if to is not ApprovalState.WITHDRAWN:
            query = query.where(A.c.runs_at.is_(None))
        if seen is not None:
            query = query.where(*_is_shown(seen), A.c.expires_at > at)
        return bool(
            self.change(query.values(state=to, decided_by=by, decided_at=at, reason=reason))
        )

    def revise(self, approval_id: int, seen: Shown, to: Mapping[str, Any], at: datetime) -> bool:
        """Put another payload in its place, for which nobody has voted yet; `to` holds columns.
        False when somebody was faster, it has expired or was another than was seen."""
        anew = {"granted": 0, "step": 0, "decided_by": None, "decided_at": None}
        anew |= {"returned_at": None}
        query = update(A).where(A.c.id == approval_id, _IS_CHANGEABLE, *_is_shown(seen))
        query = query.where(A.c.expires_at > at)
        return bool(self.change(query.values(version=A.c.version + 1, **anew, **to)))

    def give_back(self, approval_id: int, seen: Shown, at: datetime) -> bool:
        """A question about it is open from now on, until it is revised; False as in `revise`."""
        query = update(A).where(A.c.id == approval_id, _IS_UNDECIDED, *_is_shown(seen))
        return bool(self.change(query.where(A.c.expires_at > at).values(returned_at=at)))

    def keep_version(self, approval: Approval, by: str, at: datetime, note: str = "") -> None:
        """The payload that stands now was put there by them."""
        self.session.add(
            ApprovalVersion(
                approval_id=approval.id,
                n=approval.version,
                payload=approval.payload,
                digest=approval.digest,
                by=by,
                at=at,
                note=note,
            )
        )
        self.session.flush()

    def ask(self, approval_id: int, version: int, question: str, by: str) -> None:
        """What they want to have changed in this version."""
        for kept in self.versions(approval_id):
            if kept.n == version:
                kept.question, kept.asked_by = question, by
        self.session.flush()

    def version(self, version_id: int) -> ApprovalVersion:
        return self.session.get_one(ApprovalVersion, version_id)

    def versions(self, approval_id: int) -> Sequence[ApprovalVersion]:
        """Oldest first; the last one stands."""
        return self.session.scalars(
            select(ApprovalVersion)
            .where(ApprovalVersion.approval_id == approval_id)
            .order_by(ApprovalVersion.n)
        ).all()

    def vote(
        self,
        approval_id: int,
        person: str,
        choice: str,
        seen: Shown,
        at: datetime,
        step: int = 0,
        proof: str | None = None,
        link: int | None = None,
    ) -> bool:
        """Record who chose what and what they saw; False when they have voted on it before."""
        given = {"approval_id": approval_id, "person": person, "choice": choice}
        given |= {"version": seen.version, "digest": seen.digest, "at": at, "step": step}
        given |= {"proof": proof, "link": link}
        return self.run(_vote(self.dialect), given).rowcount > 0

    def votes(self, approval_id: int) -> Sequence[ApprovalVote]:
        """Of every version, oldest first."""
        return self.session.scalars(
            select(ApprovalVote)
            .where(ApprovalVote.approval_id == approval_id)
            .order_by(ApprovalVote.id)
        ).all()

    def voted(self, approval: Approval) -> list[str]:
        """Who has said yes to what stands now."""
        if not approval.granted:
            return []
        votes = self.votes(approval.id)
        return [vote.person for vote in votes if vote.version == approval.version]

    def pending(self) -> Sequence[Approval]:
        """All that wait for a decision, soonest deadline first: whose they are is not for the
        database to say."""
        return self.session.scalars(
            select(Approval).where(_IS_UNDECIDED).order_by(Approval.expires_at)
        ).all()

    def are_waiting(self, count: int) -> bool:
        """Whether at least so many wait for a decision; of a long queue no more is read."""
        some = self.session.execute(select(A.c.id).where(_IS_UNDECIDED).limit(count))
        return len(some.all()) == count

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

    def of_message(self, message_id: int) -> Approval | None:
        """The one that this letter waits or waited in."""
        return self.session.scalar(select(Approval).where(Approval.message_id == message_id))

    def of_ticket(self, ticket_id: int) -> Sequence[Approval]:
        return self.session.scalars(
            select(Approval).where(Approval.ticket_id == ticket_id).order_by(Approval.id)
        ).all()
