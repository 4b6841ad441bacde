"""The approval policy, which is under the gate too."""

import enum
from datetime import datetime

from sqlalchemy import Index, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, identity, state


class PolicyState(enum.StrEnum):
    """IN_FORCE: nothing counts that is looser. ASKED: app.yaml says so, and administrators have to
    agree. REPLACED: by a newer one, or app.yaml asks for it no more."""

    IN_FORCE = "in_force"
    ASKED = "asked"
    REFUSED = "refused"
    REPLACED = "replaced"


class StoredPolicy(Base):
    """`document` is canonical JSON of `bot.config.policy_held.Policy`, `digest` its sha256;
    `agreed` are the administrators who have agreed to it."""

    __tablename__ = "policies"
    __table_args__ = tuple(
        Index(
            f"uq_policies_one_{one}",
            "state",
            unique=True,
            sqlite_where=text(f"state = '{one}'"),
            postgresql_where=text(f"state = '{one}'"),
        )
        for one in ("in_force", "asked")
    )

    id: Mapped[int] = identity()
    digest: Mapped[str]
    document: Mapped[str]
    state: Mapped[PolicyState] = state(PolicyState, PolicyState.ASKED)
    agreed: Mapped[list[str]] = mapped_column(default=list)
    decided_by: Mapped[str | None] = mapped_column(default=None)
    created_at: Mapped[datetime]
    decided_at: Mapped[datetime | None] = mapped_column(default=None)
