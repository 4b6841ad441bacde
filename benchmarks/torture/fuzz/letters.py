"""What is sent: bent requests for every door, half of them signed rightly over what was bent."""

import json
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from benchmarks.torture.fuzz import signing
from benchmarks.torture.fuzz.mutations import MUTATIONS, foreign

Json = dict[str, Any]
Headers = list[tuple[bytes, bytes]]

# Stands in every body, more than once: whatever of it is in the log, this shows.
MARK = "zqx7zqx7"
FORM, JSON = b"application/x-www-form-urlencoded", b"application/json"
PAGES_SHARE, BROKEN_SHARE = 0.1, 0.02
_PAST_S, _FUTURE_S = (-301, -3_600, -(10**9)), (62, 3_600, 10**9)


@dataclass(frozen=True)
class Letter:
    """`is_signed`: by the sender's own secret, over these bytes, now; `is_whole` is what HTTP
    itself can read."""

    door: str
    method: bytes
    path: bytes
    headers: Headers
    body: bytes
    is_signed: bool
    is_whole: bool = True

    def to_bytes(self) -> bytes:
        lines = b"".join(name + b": " + value + b"\r\n" for name, value in self.headers)
        return self.method + b" " + self.path + b" HTTP/1.1\r\n" + lines + b"\r\n" + self.body


@dataclass(frozen=True)
class Original:
    """A body as its sender would write it. `wrapped` is JSON inside a form's field; who sends
    what may count if it is signed (`is_bait`), signs nothing here."""

    path: str
    sign: signing.Sign
    body: bytes
    kind: bytes = JSON
    wrapped: bool = False
    is_bait: bool = False


class Post:
    """Draws letters; each worker has dice of its own."""

    def __init__(self, originals: Sequence[Original], dice: random.Random) -> None:
        self._originals, self._dice = originals, dice

    def draw(self) -> Letter:
        dice = self._dice
        if dice.random() < PAGES_SHARE:
            return self._page()
        original = dice.choice(self._originals)
        body = dice.choice(MUTATIONS)(original.body, dice)
        if original.wrapped:
            body = urlencode({"payload": body}).encode()
            body = body if dice.random() < 0.8 else dice.choice(MUTATIONS)(body, dice)
        signed = not original.is_bait and dice.random() < 0.5
        headers = self._signed(original, body) if signed else self._unsigned(original, body)
        return self._broken(
            Letter(
                original.path.split("/")[1],
                b"POST",
                original.path.encode(),
                [*self._common(original.kind, body), *headers],
                body,
                signed,
            )
        )

    def _signed(self, original: Original, body: bytes) -> Headers:
        return original.sign(body, time.time(), self._dice)

    def _unsigned(self, original: Original, body: bytes) -> Headers:
        """Not at all, too early or too late, for other bytes, twice, or in odd letters."""
        dice, now = self._dice, time.time()
        ways: Sequence[Callable[[], Headers]] = (
            list,
            lambda: original.sign(body, now + dice.choice(_PAST_S), dice),
            lambda: original.sign(body, now + dice.choice(_FUTURE_S), dice),
            lambda: original.sign(body + b" ", now, dice),
            lambda: original.sign(body, now, dice) * 2,
            lambda: [
                (name, foreign(value, dice)) for name, value in original.sign(body, now, dice)
            ],
        )
        if original.sign.is_bare:
            # A key says neither when it was sent nor over what, and twice the same is the same.
            ways = (list, lambda: signing.guessed(dice))
        return _one_line(dice.choice(ways)())

    def _common(self, kind: bytes, body: bytes) -> Headers:
        """As a balancer in front of the bot would say it: everybody has an address of their own,
        so that what is bounded by address hides nothing here."""
        dice = self._dice
        address = f"10.{dice.randrange(256)}.{dice.randrange(256)}.{dice.randrange(256)}"
        return [
            (b"Host", b"bot.example"),
            (b"X-Forwarded-For", address.encode()),
            (b"Content-Type", kind if dice.random() < 0.9 else dice.choice((FORM, JSON, b"\xff"))),
            (b"Content-Length", str(len(body)).encode()),
            (b"Idempotency-Key", dice.choice((f"{dice.getrandbits(64):x}", "k")).encode()),
        ]

    def _page(self) -> Letter:
        dice = self._dice
        token = dice.choice((b"%00", b"..%2f..", b"%ff%fe", b"1.2", b"9" * 400, b"1-" + b"a" * 43))
        token = token if dice.random() < 0.5 else f"{dice.randrange(9)}.{MARK}".encode()
        path = dice.choice((b"/approve/", b"/passkey/", b"/v1/acts/", b"/hooks/")) + token
        typed = urlencode({"do": "approval.grant", "code": "123456", "reason": MARK}).encode()
        body = dice.choice(MUTATIONS)(typed, dice)
        method = dice.choice((b"GET", b"POST", b"POST", b"PUT", b"HEAD"))
        return Letter("page", method, path, self._common(FORM, body), body, False)

    def _broken(self, letter: Letter) -> Letter:
        """Now and then HTTP itself is not what it should be."""
        if self._dice.random() >= BROKEN_SHARE:
            return letter
        odd = self._dice.choice(
            (
                (b"Content-Length", b"9" * 30),
                (b"Content-Length", b"10737418240"),
                (b"X-Slack-Signature", "v0=é".encode()),
                (b"X\x00Y", b"1"),
                (b"X-Long", b"z" * 20_000),
                (b"Transfer-Encoding", b"chunked, chunked"),
            )
        )
        return Letter(
            letter.door,
            letter.method,
            letter.path,
            [*letter.headers, odd],
            letter.body,
            is_signed=True,
            is_whole=False,
        )


def _one_line(headers: Headers) -> Headers:
    return [(name, value.replace(b"\r", b"").replace(b"\n", b"")) for name, value in headers]


def written(value: Json) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode()
