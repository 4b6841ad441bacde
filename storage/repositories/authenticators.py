"""People's authenticators."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import or_, select, update

from storage.errors import Missing
from storage.models import Authenticator, AuthenticatorState, ProofKind
from storage.repositories.base import Repository, table_of

A = table_of(Authenticator)
_OPEN = (AuthenticatorState.SHOWN, AuthenticatorState.PROVED)


class Authenticators(Repository):
    def add(self, person: str, kind: ProofKind, sealed: str, at: datetime) -> Authenticator:
        """The only one that is still being set up: what they began before gives way."""
        self._end(person, _OPEN, AuthenticatorState.REPLACED, person, at)
        made = Authenticator(person=person, kind=kind, sealed=sealed, created_at=at)
        self.session.add(made)
        self.session.flush()
        return made

    def find(self, ident: int) -> Authenticator | None:
        return self.fresh(Authenticator, ident)

    def get(self, ident: int) -> Authenticator:
        found = self.find(ident)
        if found is None:
            raise Missing(f"authenticator {ident}")
        return found

    def of(self, person: str, kind: ProofKind) -> Authenticator | None:
        """The one that counts where proofs of this kind are taken."""
        found = self._find(person, (AuthenticatorState.CONFIRMED,))
        return found if found is not None and found.kind is kind else None

    def asked_for(self, person: str) -> Authenticator | None:
        """The one that an administrator is asked about."""
        return self._find(person, (AuthenticatorState.PROVED,))

    def holders(self, kind: ProofKind) -> frozenset[str]:
        """Everybody who has one that counts where proofs of this kind are taken."""
        confirmed = A.c.state == AuthenticatorState.CONFIRMED, A.c.kind == kind
        return frozenset(self.session.scalars(select(A.c.person).where(*confirmed)))

    def try_one(self, ident: int, now: datetime) -> int | None:
        """Count a try before it is known how it ends, so that no two are made at once; how many
        there were since the last code that counted, or None while no code is looked at."""
        counted = (
            update(A)
            .where(A.c.id == ident, or_(A.c.locked_until.is_(None), A.c.locked_until <= now))
            .values(failures=A.c.failures + 1)
            .returning(A.c.failures)
        )
        row = self.run(counted, {}).first()
        return None if row is None else int(row[0])

    def use(self, ident: int, number: int) -> bool:
        """Take the proof with this number; False when it, or a later one, was taken before. A
        passkey that does not count says 0 each time."""
        is_newer = A.c.used < number if number else A.c.used == 0
        taken = update(A).where(A.c.id == ident, is_newer)
        values = {"used": number, "failures": 0, "locked_until": None}
        return bool(self.change(taken.values(**values)))

    def spare(self, ident: int) -> None:
        """The try was no guess."""
        self.change(update(A).where(A.c.id == ident).values(failures=A.c.failures - 1))

    def lock(self, ident: int, until: datetime) -> None:
        self.change(update(A).where(A.c.id == ident).values(locked_until=until))

    def prove(self, ident: int) -> bool:
        """Its person has typed a code of it."""
        return self._proved(ident)

    def keep(self, ident: int, sealed: str, used: int) -> bool:
        """Its person has made the passkey of which this is kept."""
        return self._proved(ident, sealed=sealed, used=used)

    def _proved(self, ident: int, **more: str | int) -> bool:
        shown = update(A).where(A.c.id == ident, A.c.state == AuthenticatorState.SHOWN)
        return bool(self.change(shown.values(state=AuthenticatorState.PROVED, **more)))

    def confirm(self, ident: int, person: str, by: str, at: datetime) -> bool:
        """From now on their codes are those of this one; False when it is decided already."""
        proved = A.c.state == AuthenticatorState.PROVED
        if self.session.scalar(select(A.c.id).where(A.c.id == ident, proved)) is None:
            return False
        confirmed = (AuthenticatorState.CONFIRMED,)
        self._end(person, confirmed, AuthenticatorState.REPLACED, by, at)
        values = {"state": AuthenticatorState.CONFIRMED, "decided_by": by, "decided_at": at}
        return bool(self.change(update(A).where(A.c.id == ident, proved).values(**values)))

    def refuse(self, ident: int, person: str, by: str, at: datetime) -> bool:
        proved = (AuthenticatorState.PROVED,)
        return self._end(person, proved, AuthenticatorState.REFUSED, by, at, ident) > 0

    def revoke(self, person: str, by: str, at: datetime) -> bool:
        """None of theirs counts any more: nor one that is being set up, nor what one that was
        replaced since has approved."""
        living = (AuthenticatorState.CONFIRMED, AuthenticatorState.REPLACED, *_OPEN)
        return self._end(person, living, AuthenticatorState.REVOKED, by, at) > 0

    def _find(self, person: str, states: Collection[AuthenticatorState]) -> Authenticator | None:
        query = select(Authenticator).where(
            Authenticator.person == person, Authenticator.state.in_(states)
        )
        return self.session.scalars(query).one_or_none()

    def _end(
        self,
        person: str,
        among: Collection[AuthenticatorState],
        to: AuthenticatorState,
        by: str,
        at: datetime,
        ident: int | None = None,
    ) -> int:
        """What nobody needs any more is kept without its key."""
        query = update(A).where(A.c.person == person, A.c.state.in_(among))
        if ident is not None:
            query = query.where(A.c.id == ident)
        values = {"state": to, "decided_by": by, "decided_at": at, "sealed": ""}
        return self.change(query.values(**values))
