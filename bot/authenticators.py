"""People's authenticator apps: codes by RFC 6238, of six digits, a new one every 30 seconds.

A code counts once. Keys are kept encrypted, under one that only the environment holds.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import pyotp
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from pyotp.utils import strings_equal

from bot.errors import NotAllowed
from bot.people import Person
from storage.models import Authenticator, AuthenticatorState
from storage.unit_of_work import UnitOfWork

DIGITS = 6
STEP_S = 30
# The clock of a phone, and the seconds that typing takes: one code earlier and one later.
DRIFT = (-1, 0, 1)
TRIES = 5
LOCKED_FOR = timedelta(minutes=15)
LONGEST_LOCK = timedelta(days=1)
_UNREADABLE = (
    "Codes cannot be checked at the moment, so nothing is approved. An administrator finds what is "
    "missing with `backstop check`."
)
_VOUCHED_FOR = (AuthenticatorState.CONFIRMED, AuthenticatorState.REPLACED)


@dataclass(frozen=True)
class Proof:
    """That they held their authenticator: ID:NUMBER, the number being that of the code's time."""

    text: str


@dataclass(frozen=True)
class Wrong:
    """Why the code does not count, in words for whoever typed it; `locked_until` with the guess
    after which none is looked at for a while."""

    why: str
    locked_until: datetime | None = None


class Authenticators:
    """`keys` are Fernet keys: the first encrypts, each of them decrypts."""

    def __init__(self, keys: Sequence[str], issuer: str) -> None:
        self._seal = MultiFernet([Fernet(key) for key in keys]) if keys else None
        self._issuer = issuer

    def begin(self, person: Person, uow: UnitOfWork, now: datetime) -> tuple[Authenticator, str]:
        """A new one with its key, which nobody is shown again. Raises NotAllowed without a key of
        the environment's."""
        secret = pyotp.random_base32()
        sealed = self._sealing().encrypt(secret.encode()).decode()
        return uow.authenticators.add(person.id, sealed, now), secret

    @property
    def issuer(self) -> str:
        """What the app calls us."""
        return self._issuer

    def check(
        self, held: Authenticator, code: str, uow: UnitOfWork, now: datetime
    ) -> Proof | Wrong:
        """Take the code, or count a wrong guess; either is to be committed.

        Raises:
            NotAllowed: What it would be held against cannot be read.

        """
        typed = "".join(code.split())
        if len(typed) != DIGITS or not (typed.isascii() and typed.isdigit()):
            return Wrong(f"A code is {DIGITS} digits, as your authenticator shows them.")
        codes = pyotp.TOTP(self._opened(held), digits=DIGITS, interval=STEP_S)
        tries = uow.authenticators.try_one(held.id, now)
        if tries is None:
            return Wrong("Too many wrong codes. Please wait before you try again.")
        step = int(now.timestamp()) // STEP_S
        found = [step + by for by in DRIFT if strings_equal(codes.generate_otp(step + by), typed)]
        if not found:
            return self._guessed(held, tries, uow, now)
        if not uow.authenticators.use(held.id, found[-1]):
            uow.authenticators.spare(held.id)
            return Wrong("This code has counted already. Wait for the next, and type that.")
        return Proof(f"{held.id}:{found[-1]}")

    def holds(self, proof: str | None, person: str, uow: UnitOfWork) -> bool:
        """Whether a yes still stands on it: not where its authenticator was revoked since."""
        if proof is None:
            return False
        held = uow.authenticators.get(int(proof.partition(":")[0]))
        return held.person == person and held.state in _VOUCHED_FOR

    def _guessed(self, held: Authenticator, tries: int, uow: UnitOfWork, now: datetime) -> Wrong:
        """Each lock is twice as long as the one before, so that guessing a million takes years."""
        left = TRIES - tries % TRIES
        if left < TRIES:
            more = "one more try" if left == 1 else f"{left} more tries"
            return Wrong(f"That is not the code your authenticator shows now. You have {more}.")
        doubled = 2 ** min(tries // TRIES - 1, 10)
        until = now + min(LOCKED_FOR * doubled, LONGEST_LOCK)
        uow.authenticators.lock(held.id, until)
        minutes = int((until - now).total_seconds() // 60)
        return Wrong(f"{TRIES} wrong codes: none is looked at for {minutes} minutes.", until)

    def _opened(self, held: Authenticator) -> str:
        try:
            return self._sealing().decrypt(held.sealed).decode()
        except InvalidToken:
            raise NotAllowed(_UNREADABLE) from None

    def _sealing(self) -> MultiFernet:
        if self._seal is None:
            raise NotAllowed(_UNREADABLE)
        return self._seal
