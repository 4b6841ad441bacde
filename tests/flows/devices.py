"""A device that holds a passkey, and signs as browsers have it (WebAuthn, level 2, section 6)."""

import html
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit

import cbor2
import httpx
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from webauthn.helpers import bytes_to_base64url

from tests.world import World

HELD, VERIFIED, WITH_KEY = 0x01, 0x04, 0x40
IDENT = b"this-passkey"


@dataclass
class Device:
    """`origin` is what the address bar shows; `counts` says how often it has signed, 0 each time
    where it does not count; with `knows` it has checked who holds it."""

    origin: str
    counts: int = 0
    knows: bool = True
    key: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )

    def make(self, asked: Mapping[str, Any]) -> str:
        public = self.key.public_key().public_numbers()
        x, y = (number.to_bytes(32, "big") for number in (public.x, public.y))
        cose = cbor2.dumps({1: 2, 3: -7, -1: 1, -2: x, -3: y})
        held = bytes(16) + len(IDENT).to_bytes(2, "big") + IDENT + cose
        data = self._said(asked["rp"]["id"], WITH_KEY) + held
        attested = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})
        return self._answer(
            clientDataJSON=self._asked("webauthn.create", asked), attestationObject=attested
        )

    def sign(self, asked: Mapping[str, Any]) -> str:
        if self.counts:
            self.counts += 1
        data, told = self._said(asked["rpId"], 0), self._asked("webauthn.get", asked)
        signature = self.key.sign(data + sha256(told).digest(), ec.ECDSA(SHA256()))
        return self._answer(clientDataJSON=told, authenticatorData=data, signature=signature)

    def _said(self, host: str, more: int) -> bytes:
        flags = HELD | (VERIFIED if self.knows else 0) | more
        return sha256(host.encode()).digest() + bytes([flags]) + self.counts.to_bytes(4, "big")

    def _asked(self, kind: str, asked: Mapping[str, Any]) -> bytes:
        told = {"type": kind, "challenge": asked["challenge"], "origin": self.origin}
        return json.dumps(told).encode()

    def _answer(self, **response: bytes) -> str:
        ident = bytes_to_base64url(IDENT)
        encoded = {name: bytes_to_base64url(value) for name, value in response.items()}
        facts = {"id": ident, "rawId": ident, "type": "public-key", "response": encoded}
        return json.dumps(facts | {"clientExtensionResults": {}})


def asked_of(page: httpx.Response, action: str) -> dict[str, Any]:
    """What the page would have the device sign before this button is sent."""
    found = re.search(rf'value="{re.escape(action)}" data-sign="([^"]+)"', page.text)
    assert found, page.text
    asked: dict[str, Any] = json.loads(html.unescape(found[1]))
    return asked


def here(url: str) -> str:
    """The same page as this process reaches it."""
    place = urlsplit(url)
    return place.path


def post(world: World, url: str, action: str, signed: str, **more: str) -> httpx.Response:
    answer = world.server.http.post(here(url), data={"do": action, "code": signed} | more)
    world.settle()
    return answer
