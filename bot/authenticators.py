"""What people prove themselves by: codes of an app, or a passkey of their device.

Codes are by RFC 6238, of six digits, a new one every 30 seconds. Each proof counts once. Keys are
kept encrypted, under one that only the environment holds.
"""

import hmac
import importlib
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pyotp
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from pyotp.utils import strings_equal

from bot.config import Settings
from bot.errors import NotAllowed
from bot.people import Person
from storage.models import Authenticator, AuthenticatorState, MailLink, ProofKind
from storage.unit_of_work import UnitOfWork

if TYPE_CHECKING:
    from bot.passkeys import Passkeys

DIGITS = 6
STEP_S = 30
TOKEN_BYTES = 32
# The clock of a phone, and the seconds that typing takes: one code earlier and one later.
DRIFT = (-1, 0, 1)
TRIES = 5
LOCKED_FOR = timedelta(minutes=15)
LONGEST_LOCK = timedelta(days=1)
WORDS: Mapping[ProofKind, str] = {
    ProofKind.CODES: "authenticator",
    ProofKind.PASSKEYS: "passkey",
}
_UNREADABLE = (
    "Nobody's proof can be checked at the moment, so nothing is approved. An administrator finds "
    "what is missing with `backstop check`."
)
_VOUCHED_FOR = (AuthenticatorState.CONFIRMED, AuthenticatorState.REPLACED)


@dataclass(frozen=True)
class Proof:
    """That they held their authenticator: ID:NUMBER, the number being that of the code's time, or
    how often the passkey has signed."""

    text: str


@dataclass(frozen=True)
class Wrong:
    """Why it does not count, in words for whoever gave it; `locked_until` with the guess after
    which none is looked at for a while."""

    why: str
    locked_until: datetime | None = None


def kind_of(settings: Settings) -> ProofKind:
    """What people prove themselves by, where they have to."""
    step_up = settings.approvals.step_up
    return ProofKind(step_up.by) if step_up else ProofKind.CODES


class Authenticators:
    """`keys` are Fernet keys: the first encrypts, each of them decrypts. What is not of the `kind`
    counts for nothing, also where `passkeys` are asked for and no page of ours is reached."""

    def __init__(
        self,
        keys: Sequence[str],
        issuer: str,
        kind: ProofKind = ProofKind.CODES,
        passkeys: "Passkeys | None" = None,
    ) -> None:
        self.kind = kind
        self._seal = MultiFernet([Fernet(key) for key in keys]) if keys else None
        self._issuer = issuer
        self._passkeys = passkeys

    def of(self, person: Person, uow: UnitOfWork) -> Authenticator | None:
        """The one that counts."""
        return uow.authenticators.of(person.id, self.kind)

    def begin(self, person: Person, uow: UnitOfWork, now: datetime) -> tuple[Authenticator, str]:
        """A new one with its key, or with what the address of its page ends with; nobody is shown
        either again. Raises NotAllowed without a key of the environment's."""
        is_code = self.kind is ProofKind.CODES
        secret = pyotp.random_base32() if is_code else secrets.token_urlsafe(TOKEN_BYTES)
        return uow.authenticators.add(person.id, self.kind, self._sealed(secret), now), secret

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
            wrong = "That is not the code your authenticator shows now."
            return self._guessed(held, tries, uow, now, wrong)
        if not uow.authenticators.use(held.id, found[-1]):
            uow.authenticators.spare(held.id)
            return Wrong("This code has counted already. Wait for the next, and type that.")
        return Proof(f"{held.id}:{found[-1]}")

    def is_begun(self, made: Authenticator, secret: str) -> bool:
        """Whether it was for this passkey that the page with this end was made."""
        is_passkey = made.kind is ProofKind.PASSKEYS and made.state is AuthenticatorState.SHOWN
        return is_passkey and hmac.compare_digest(self._opened(made).encode(), secret.encode())

    def to_make(self, made: Authenticator, person: Person) -> str:
        """What their browser is asked for a passkey; JSON."""
        return self._signing().to_make(_first_challenge(self._opened(made)), person)

    def make(self, made: Authenticator, answer: str, uow: UnitOfWork) -> bool:
        """Keep the passkey that their browser made; False where it made none."""
        found = self._signing().made(answer, _first_challenge(self._opened(made)))
        if found is None:
            return False
        kept, count = found
        return uow.authenticators.keep(made.id, self._sealed(kept), count)

    def to_sign(self, held: Authenticator, link: MailLink, action: str) -> str:
        """What their browser is asked for this decision by this link; JSON."""
        return self._signing().to_sign(_challenge(link, action), self._opened(held))

    def check_signed(
        self,
        held: Authenticator,
        answer: str,
        link: MailLink,
        action: str,
        uow: UnitOfWork,
        now: datetime,
    ) -> Proof | Wrong:
        """Take what their passkey signed, or count a wrong try; either is to be committed. Raises
        NotAllowed as `check` does."""
        if not answer:
            return Wrong("Your device has signed nothing. Press again, and do what it asks.")
        kept, tries = self._opened(held), uow.authenticators.try_one(held.id, now)
        if tries is None:
            return Wrong("Too many wrong tries. Please wait before you try again.")
        count = self._signing().signed(answer, _challenge(link, action), kept, held.used)
        if count is None or not uow.authenticators.use(held.id, count):
            return self._guessed(held, tries, uow, now, "That is not what your passkey signs.")
        return Proof(f"{held.id}:{count}")

    def holds(self, proof: str | None, person: str, uow: UnitOfWork) -> bool:
        """Whether a yes still stands on it: not where its authenticator was revoked since."""
        if proof is None:
            return False
        held = uow.authenticators.get(int(proof.partition(":")[0]))
        return held.person == person and held.state in _VOUCHED_FOR

    def _guessed(
        self, held: Authenticator, tries: int, uow: UnitOfWork, now: datetime, wrong: str
    ) -> Wrong:
        """Each lock is twice as long as the one before, so that guessing a million takes years."""
        left = TRIES - tries % TRIES
        if left < TRIES:
            more = "one more try" if left == 1 else f"{left} more tries"
            return Wrong(f"{wrong} You have {more}.")
        doubled = 2 ** min(tries // TRIES - 1, 10)
        until = now + min(LOCKED_FOR * doubled, LONGEST_LOCK)
        uow.authenticators.lock(held.id, until)
        minutes = int((until - now).total_seconds() // 60)
        return Wrong(f"{TRIES} wrong tries: none is looked at for {minutes} minutes.", until)

    def _opened(self, held: Authenticator) -> str:
        try:
            return self._sealing().decrypt(held.sealed).decode()
        except InvalidToken:
            raise NotAllowed(_UNREADABLE) from None

    def _sealed(self, words: str) -> str:
        return self._sealing().encrypt(words.encode()).decode()

    def _signing(self) -> "Passkeys":
        if self._passkeys is None:
            raise NotAllowed(_UNREADABLE)
        return self._passkeys

    def _sealing(self) -> MultiFernet:
        if self._seal is None:
            raise NotAllowed(_UNREADABLE)
        return self._seal


def authenticators_of(settings: Settings, keys: Sequence[str]) -> Authenticators:
    """What makes passkeys is loaded where app.yaml asks for them."""
    url, name, kind = settings.server.public_url, settings.company.name, kind_of(settings)
    if kind is ProofKind.CODES or url is None:
        return Authenticators(keys, name, kind)
    passkeys = importlib.import_module("bot.passkeys")
    return Authenticators(keys, name, kind, passkeys.Passkeys(_origin(url), name))


def _origin(url: str) -> str:
    """As a browser tells it: in small letters, and without the port that goes without saying."""
    place = urlsplit(url)
    usual = {"https": 443, "http": 80}[place.scheme]
    port = f":{place.port}" if place.port not in (None, usual) else ""
    return f"{place.scheme}://{place.hostname}{port}"


def _first_challenge(secret: str) -> bytes:
    """Of the page on which a passkey is made: nobody else knows it, and it is gone afterwards."""
    return sha256(f"make {secret}".encode()).digest()


def _challenge(link: MailLink, action: str) -> bytes:
    """A link counts once, for one version of one act; so does what is signed for it, and a yes is
    no signature for a no."""
    return sha256(f"{action} {link.token_hash} {link.digest}".encode()).digest()
