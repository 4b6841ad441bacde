"""Signed calls as the senders make them, and a caller that speaks ASGI without a network."""

import asyncio
import base64
import hashlib
import hmac
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from standardwebhooks import Webhook
from starlette.types import ASGIApp, Message, Scope

from bot.config import Settings
from bot.handlers.http.intake import intake_routes
from bot.handlers.http.limits import Limits
from bot.handlers.http.received import Received, Signalled
from bot.handlers.http.server import server

NOW = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
SHOP_KEY = "whsec_YmFja3N0b3Atc3RhbmRhcmQtd2ViaG9va3Mta2V5ISE="
SECRETS = {
    "ZENDESK_WEBHOOK_SECRET": "zendesk-secret",
    "ZENDESK_NEXT_SECRET": "zendesk-next",
    "INTERCOM_CLIENT_SECRET": "intercom-secret",
    "SHOP_WEBHOOK_SECRET": SHOP_KEY,
}

Headers = list[tuple[bytes, bytes]]


@dataclass
class FixedClock:
    at: datetime = NOW

    def now(self) -> datetime:
        return self.at


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[bytes, bytes]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class Core:
    """Keeps what it accepts; `failure` is raised instead."""

    accepted: list[Received] = field(default_factory=list)
    failure: Exception | None = None

    async def accept(self, received: Received | Signalled) -> None:
        if self.failure:
            raise self.failure
        assert isinstance(received, Received)
        self.accepted.append(received)


def settings(kind: str) -> Settings:
    names = {
        "zendesk": ["ZENDESK_WEBHOOK_SECRET", "ZENDESK_NEXT_SECRET"],
        "intercom": ["INTERCOM_CLIENT_SECRET"],
    }
    return Settings.model_validate(
        {
            "company": {"name": "Acme"},
            "help_desk": {"kind": kind, "webhook_secrets": names[kind]},
            "sources": {"shop": {"secrets": ["SHOP_WEBHOOK_SECRET"]}},
        }
    )


def door(
    core: Core,
    kind: str = "zendesk",
    at: datetime = NOW,
    secrets: dict[str, str] | None = None,
    limits: Limits | None = None,
) -> ASGIApp:
    """The whole server with the intake in it; limits on the rate are out of the way."""
    values = SECRETS if secrets is None else secrets
    routes = intake_routes(core.accept, settings(kind), values, FixedClock(at))
    return server(routes, lambda: {}, limits=limits or Limits(per_second=1_000_000))


def zendesk_headers(
    body: bytes, stamp: str = "2026-03-01T09:00:00Z", key: str = "zendesk-secret"
) -> Headers:
    mac = hmac.new(key.encode(), stamp.encode() + body, hashlib.sha256).digest()
    return [
        (b"x-zendesk-webhook-signature", base64.b64encode(mac)),
        (b"x-zendesk-webhook-signature-timestamp", stamp.encode()),
    ]


def intercom_headers(body: bytes, key: str = "intercom-secret") -> Headers:
    return [
        (b"x-hub-signature", f"sha1={hmac.new(key.encode(), body, 'sha1').hexdigest()}".encode())
    ]


def shop_headers(
    body: bytes, id: str = "msg_1", at: datetime = NOW, key: str = SHOP_KEY
) -> Headers:
    return [
        (b"webhook-id", id.encode()),
        (b"webhook-timestamp", str(int(at.timestamp())).encode()),
        (b"webhook-signature", Webhook(key).sign(id, at, body.decode()).encode()),
    ]


SIGNERS: dict[str, Callable[[bytes], Headers]] = {
    "zendesk": zendesk_headers,
    "intercom": intercom_headers,
    "shop": shop_headers,
}


def call(
    app: ASGIApp,
    path: str,
    headers: Sequence[tuple[bytes, bytes]] = (),
    body: bytes = b"",
    method: str = "POST",
    client: str = "198.51.100.7",
) -> Answer:
    """Send one request, the body in one piece, and return the answer."""
    scope: Scope = {
        "type": "http",
        "method": method,
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "headers": list(headers),
        "client": (client, 5000),
        "http_version": "1.1",
        "scheme": "http",
        "root_path": "",
    }
    waiting: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]
    sent: list[Message] = []

    async def receive() -> Message:
        return waiting.pop() if waiting else {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        sent.append(message)

    asyncio.run(_run(app, scope, receive, send))
    body = b"".join(message.get("body", b"") for message in sent)
    return Answer(sent[0]["status"], dict(sent[0]["headers"]), body)


async def _run(app: ASGIApp, scope: Scope, receive: Any, send: Any) -> None:
    await app(scope, receive, send)


def post(app: ASGIApp, source: str, body: bytes, headers: Headers | None = None) -> Answer:
    """Post a body to a source, signed by it unless other headers are given."""
    signed = SIGNERS[source](body) if headers is None else headers
    return call(app, f"/hooks/{source}", signed, body)
