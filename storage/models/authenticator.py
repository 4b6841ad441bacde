"""What proves that whoever clicks is the person."""

import enum
from datetime import datetime

from sqlalchemy import BigInteger, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, identity, state


class AuthenticatorState(enum.StrEnum):
    """SHOWN: its key was shown to its person. PROVED: they typed a code of it, and an administrator
    is asked whether it was they. REPLACED: they have set up another since."""

    SHOWN = "shown"
    PROVED = "proved"
    CONFIRMED = "confirmed"
    REFUSED = "refused"
    REPLACED = "replaced"
    REVOKED = "revoked"


class ProofKind(enum.StrEnum):
    """CODES of an app, or a PASSKEY in a device that signs."""

    CODES = "codes"
    PASSKEYS = "passkeys"


class Authenticator(Base):
    """An app that makes codes, or a passkey, of one person; at most one of theirs is confirmed.

    `sealed` is its key, encrypted under one from the environment, and empty once nobody needs it;
    of a passkey that is being set up it is what the page's address ends with. `used` is the number
    of the newest code that counted (its time in steps of 30 s since 1970), or how often the passkey
    says it has signed: nothing counts twice, and nothing that is older. `failures` are the tries
    since then.
    """

    __tablename__ = "authenticators"
    __table_args__ = (
        Index(
            "uq_authenticators_one_confirmed",
            "person",
            unique=True,
            sqlite_where=text("state = 'confirmed'"),
            postgresql_where=text("state = 'confirmed'"),
        ),
    )

    id: Mapped[int] = identity()
    person: Mapped[str]
    kind: Mapped[ProofKind] = state(ProofKind, ProofKind.CODES)
    sealed: Mapped[str]
    state: Mapped[AuthenticatorState] = state(AuthenticatorState, AuthenticatorState.SHOWN)
    used: Mapped[int] = mapped_column(BigInteger, default=0)
    failures: Mapped[int] = mapped_column(default=0)
    locked_until: Mapped[datetime | None] = mapped_column(default=None)
    created_at: Mapped[datetime]
    decided_by: Mapped[str | None] = mapped_column(default=None)
    decided_at: Mapped[datetime | None] = mapped_column(default=None)
