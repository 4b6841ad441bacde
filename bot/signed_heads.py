"""Signed heads of the audit chain: lines outside the database, which prove how far it went, and
with what hash. Whoever can write the database still cannot write the chain anew.

A line is JSON with a space between no two tokens: `seq`, `hash`, `at`, `installation`, `key` (the
first 16 hexadecimal digits of the public key's SHA-256) and `signature`, which is Ed25519 over the
others in that order, as a JSON list.
"""

import base64
import binascii
import errno
import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)

_LENGTH = 32


@dataclass(frozen=True)
class SignedHead:
    seq: int
    hash: str
    at: str
    installation: str
    key: str
    signature: str = ""

    @property
    def signed(self) -> bytes:
        told = [self.seq, self.hash, self.at, self.installation, self.key]
        return json.dumps(told, separators=(",", ":")).encode()

    @property
    def line(self) -> str:
        return json.dumps(asdict(self), separators=(",", ":"))


class NotSigned(Exception):
    """A line that proves nothing; the message says why."""


class Signer:
    """`secret` is a private key as `new_key` makes it; raises ValueError for anything else."""

    def __init__(self, secret: str, installation: str) -> None:
        self._key = Ed25519PrivateKey.from_private_bytes(_bytes(secret))
        self._installation = installation
        self.public = _text(self._key.public_key().public_bytes_raw())

    def sign(self, seq: int, digest: str, at: datetime) -> SignedHead:
        head = SignedHead(seq, digest, at.isoformat(), self._installation, key_id(self.public))
        return SignedHead(
            **{**asdict(head), "signature": _text(self._key.sign(head.signed))},
        )


def new_key() -> tuple[str, str]:
    """A private key for the environment, and its public key for whoever verifies."""
    key = Ed25519PrivateKey.generate()
    return _text(key.private_bytes_raw()), _text(key.public_key().public_bytes_raw())


def is_key(secret: str) -> bool:
    try:
        _bytes(secret)
    except ValueError:
        return False
    return True


def key_id(public: str) -> str:
    return hashlib.sha256(_bytes(public)).hexdigest()[:16]


def append(head: SignedHead, file: Path) -> None:
    """On the disk when this returns; raises OSError. A line goes out in one write, so that two
    processes may share the file."""
    line = f"{head.line}\n".encode()
    descriptor = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
    try:
        if os.write(descriptor, line) < len(line):
            raise OSError(errno.ENOSPC, "a head was written in part", str(file))
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def read(lines: Iterator[str], public: str) -> Iterator[SignedHead | NotSigned]:
    """Each line that is signed with this key, and of each other what is wrong with it."""
    verifier, ours = Ed25519PublicKey.from_public_bytes(_bytes(public)), key_id(public)
    for number, line in enumerate(lines, start=1):
        try:
            head = SignedHead(**json.loads(line))
            if head.key != ours:
                yield NotSigned(f"line {number} is signed with another key, {head.key}")
                continue
            verifier.verify(_bytes(head.signature, 64), head.signed)
        except (AttributeError, RecursionError, TypeError, ValueError, InvalidSignature):
            yield NotSigned(f"line {number} is no head that was signed with this key")
            continue
        yield head


def _bytes(text: str, length: int = _LENGTH) -> bytes:
    try:
        found = base64.b64decode(text.strip().encode(), altchars=b"-_", validate=True)
    except (binascii.Error, UnicodeEncodeError) as error:
        raise ValueError("is not base64") from error
    if len(found) != length:
        raise ValueError(f"is not {length} bytes")
    return found


def _text(found: bytes) -> str:
    return base64.urlsafe_b64encode(found).decode()
