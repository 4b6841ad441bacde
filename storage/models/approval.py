"""A person's consent to exactly one act, and the effect that follows."""

import enum
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Double, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, Id, identity, state


class ApprovalState(enum.StrEnum):
    """WITHDRAWN: there is nothing left to decide; `reason` says why in a word."""

    PENDING = "pending"
    APPROVED = "approved"
    REJECTED = "rejected"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Asked:
    """One step: so many different people with one of these roles."""

    roles: tuple[str, ...]
    approvers: int


class Approval(Base):
    """One decision on one act.

    `payload` is the canonical JSON that runs, `digest` its sha256: what was shown is what runs.
    `category` is that of the decision that asked for it, which its mode is looked up by.
    `asked` are the persons whose turn it was to be asked first, at the step whose turn it is.
    `message_id` is the letter of a colleague's own that waits here; the payload says what of it is
    sent.
    `needed` distinct persons must grant it, in the order of `steps`, each of which asks `approvers`
    of them with one of its `roles`; `step` is the one whose turn it is, and `roles` are its roles.
    `requester` (a person id, or the agent's name) may not.
    `together` is what the same customer was given back or is to be beside it, in minor units of
    `currency`: its gate, and whose limit reaches, were looked up by both.
    `basis` is the provider's record of what a refund is out of, as it was then: captured and
    refundable in minor units of `currency`, and the day.
    `version` counts how often it was put before people, each time with other words or another
    amount: `payload` and `digest` are of the newest, all of them stand in `approval_versions`.
    `editors` have changed it, so that the yes of none of them counts. While somebody's question is
    open, since `returned_at`, nobody can approve it.
    `runs_at` stands from the last yes on, while whoever gave one may still take it back: as long
    as it is pending, nothing is carried out.
    `reason` is in words of our own people. The payload may hold a customer's address (a change of
    account), words to them (a reply) or about them (why a refund): `storage.erasure` empties both.
    `about` names what the act is about: of one thing one act waits at a time, and on one ticket
    no second act about it is approved, also after an erasure. `beside` are the approved acts about
    the same thing, of other tickets, that whoever decides is shown.
    """

    __tablename__ = "approvals"
    __table_args__ = (
        Index(
            "uq_approvals_one_waiting",
            "about",
            unique=True,
            sqlite_where=text("state = 'pending'"),
            postgresql_where=text("state = 'pending'"),
        ),
        Index(
            "uq_approvals_one_a_ticket",
            "about",
            "ticket_id",
            unique=True,
            sqlite_where=text("state in ('pending', 'approved')"),
            postgresql_where=text("state in ('pending', 'approved')"),
        ),
    )

    id: Mapped[int] = identity()
    kind: Mapped[str]
    payload: Mapped[str]
    digest: Mapped[str]
    ticket_id: Mapped[int] = mapped_column(Id, ForeignKey("tickets.id"), index=True)
    customer_id: Mapped[int] = mapped_column(Id, index=True)
    decision_id: Mapped[int | None] = mapped_column(Id, default=None)
    requester: Mapped[str]
    grade: Mapped[str]
    gate: Mapped[str]
    roles: Mapped[list[str]]
    partners: Mapped[list[str]]
    needed: Mapped[int]
    steps: Mapped[list[Any]] = mapped_column(default=list)
    step: Mapped[int] = mapped_column(default=0)
    asked: Mapped[list[Any]] = mapped_column(default=list)
    message_id: Mapped[int | None] = mapped_column(Id, default=None)
    about: Mapped[str | None] = mapped_column(default=None)
    beside: Mapped[list[Any]] = mapped_column(default=list)
    granted: Mapped[int] = mapped_column(default=0)
    version: Mapped[int] = mapped_column(default=1)
    editors: Mapped[list[str]] = mapped_column(default=list)
    amount: Mapped[int | None] = mapped_column(BigInteger, default=None)
    currency: Mapped[str | None] = mapped_column(default=None)
    together: Mapped[int] = mapped_column(BigInteger, default=0)
    basis: Mapped[dict[str, Any]] = mapped_column(default=dict)
    state: Mapped[ApprovalState] = state(ApprovalState, ApprovalState.PENDING)
    decided_by: Mapped[str | None] = mapped_column(default=None)
    decided_at: Mapped[datetime | None] = mapped_column(default=None)
    reason: Mapped[str | None] = mapped_column(default=None)
    expires_at: Mapped[datetime]
    runs_at: Mapped[datetime | None] = mapped_column(default=None)
    returned_at: Mapped[datetime | None] = mapped_column(default=None)
    created_at: Mapped[datetime] = mapped_column(index=True)
    category: Mapped[str] = mapped_column(default="")

    @property
    def asks(self) -> Sequence[Asked]:
        """The steps; what was asked for before there were any has one."""
        if not self.steps:
            return (Asked(tuple(self.roles), self.needed),)
        return tuple(Asked(tuple(one["roles"]), one["approvers"]) for one in self.steps)

    @property
    def is_granted(self) -> bool:
        """Whether enough have said yes and may still take it back."""
        return self.state is ApprovalState.PENDING and self.runs_at is not None

    @property
    def is_returned(self) -> bool:
        """Whether a question about it waits for an answer."""
        return self.state is ApprovalState.PENDING and self.returned_at is not None

    @property
    def is_undecided(self) -> bool:
        """Whether it waits for somebody's yes or no."""
        is_pending = self.state is ApprovalState.PENDING
        return is_pending and self.runs_at is None and self.returned_at is None


class ApprovalVersion(Base):
    """What was put before people as version `n`, by whom: a person's id, or the agent's name.

    `note` is what they said of it; `question` is what `asked_by` wanted to have changed in it.
    An erasure empties payload, digest, note and question.
    """

    __tablename__ = "approval_versions"
    __table_args__ = (UniqueConstraint("approval_id", "n"),)

    id: Mapped[int] = identity()
    approval_id: Mapped[int] = mapped_column(Id, ForeignKey("approvals.id"))
    n: Mapped[int]
    payload: Mapped[str]
    digest: Mapped[str]
    by: Mapped[str]
    at: Mapped[datetime]
    note: Mapped[str] = mapped_column(default="")
    question: Mapped[str] = mapped_column(default="")
    asked_by: Mapped[str | None] = mapped_column(default=None)


class ApprovalVote(Base):
    """One person's part in a decision, at the `step` whose turn it was, with the digest they saw;
    one per person and version. `proof` names the code they typed, ID:NUMBER of an authenticator,
    and `link` the one by e-mail that they followed."""

    __tablename__ = "approval_votes"
    __table_args__ = (
        UniqueConstraint("approval_id", "version", "person"),
        Index("ix_approval_votes_person_at", "person", "at"),
    )

    id: Mapped[int] = identity()
    approval_id: Mapped[int] = mapped_column(Id, ForeignKey("approvals.id"))
    version: Mapped[int] = mapped_column(default=1)
    step: Mapped[int] = mapped_column(default=0)
    person: Mapped[str]
    choice: Mapped[str]
    digest: Mapped[str]
    at: Mapped[datetime]
    proof: Mapped[str | None] = mapped_column(default=None)
    link: Mapped[int | None] = mapped_column(Id, default=None)


class EffectState(enum.StrEnum):
    """PENDING: the other side has taken it (`receipt`) and has not finished it yet."""

    READY = "ready"
    CALLING = "calling"
    PENDING = "pending"
    DONE = "done"
    REFUSED = "refused"
    STUCK = "stuck"


class Certainty(enum.StrEnum):
    """What is known of the key in force, whatever the state.

    NEVER_SENT: no call under it has reached anybody. MAYBE: one may have, so look before calling.
    SETTLED_NOTHING: the other side has done with it; if its record shows nothing, then nothing was
    made and nothing ever will be.
    """

    NEVER_SENT = "never_sent"
    MAYBE = "maybe"
    SETTLED_NOTHING = "settled_nothing"


class Effect(Base):
    """One thing done outside, once. The key in force is `key`:`n`, committed before the call.

    `n` rises only when the provider's own record shows that n made nothing and never will.
    `called_at` is when it was first tried, or first tried again after it was stuck or held;
    `sent_at` is when it may have been sent last; `done_at` when it came to its end, or to a person.
    `trouble` says in a word why it waits or ended, to people; what may be done next rests on
    `state` and `certainty` alone.
    `sampled` marks an act that no person approved and a review is to look at; it was drawn with
    the probability `sample_rate`.
    `authority` says whose consent it rests on: approval:ID, person:ID or policy:GATE.
    `payload` is the act's own, words and addresses included, which an erasure takes out; a message
    to send beside an act is named by `message_id`.
    """

    __tablename__ = "effects"
    __table_args__ = (UniqueConstraint("authority", "kind", "message_id"),)

    id: Mapped[int] = identity()
    kind: Mapped[str]
    key: Mapped[str] = mapped_column(unique=True)
    n: Mapped[int] = mapped_column(default=1)
    authority: Mapped[str]
    approval_id: Mapped[int | None] = mapped_column(
        Id, ForeignKey("approvals.id"), default=None, unique=True
    )
    ticket_id: Mapped[int] = mapped_column(Id, ForeignKey("tickets.id"), index=True)
    message_id: Mapped[int | None] = mapped_column(Id, default=None)
    payload: Mapped[dict[str, Any]]
    certainty: Mapped[Certainty] = state(Certainty, Certainty.NEVER_SENT)
    state: Mapped[EffectState] = state(EffectState, EffectState.READY)
    called_at: Mapped[datetime | None] = mapped_column(default=None)
    sent_at: Mapped[datetime | None] = mapped_column(default=None)
    receipt: Mapped[str | None] = mapped_column(default=None)
    trouble: Mapped[str | None] = mapped_column(default=None)
    sampled: Mapped[bool] = mapped_column(default=False)
    sample_rate: Mapped[float | None] = mapped_column(Double, default=None)
    created_at: Mapped[datetime]
    done_at: Mapped[datetime | None] = mapped_column(default=None)
