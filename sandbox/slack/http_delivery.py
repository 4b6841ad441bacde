"""Signed POSTs to the bot's one URL."""

import asyncio
import hashlib
import hmac
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import aiohttp

from sandbox.slack.deliveries import Outcome, Parcel

if TYPE_CHECKING:
    from sandbox.slack.workspace import Workspace

FORM = "application/x-www-form-urlencoded"
AGENT = "Slackbot 1.0 (+https://api.slack.com/robots)"
REDIRECTS = 2


@dataclass(frozen=True)
class Letter:
    body: bytes
    headers: dict[str, str]


class HttpCarrier:
    """Signs raw bodies as docs.slack.dev/authentication/verifying-requests-from-slack says."""

    def __init__(self, workspace: "Workspace") -> None:
        self._workspace = workspace
        self._session: aiohttp.ClientSession | None = None

    async def start(self) -> None:
        self._session = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0))

    async def stop(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    def prepare(self, parcel: Parcel, attempt: int, reason: str) -> Letter:
        if parcel.kind == "events_api":
            content_type, body = "application/json", parcel.encoded.encode()
        elif parcel.kind == "interactive":
            content_type, body = FORM, urlencode({"payload": parcel.encoded}).encode()
        else:
            content_type, body = FORM, urlencode(parcel.fields).encode()
        headers = {"Content-Type": content_type, "User-Agent": AGENT, **self._signature(body)}
        if attempt:
            headers["X-Slack-Retry-Num"] = str(attempt)
            headers["X-Slack-Retry-Reason"] = reason
        return Letter(body, headers)

    async def carry(self, parcel: Parcel, prepared: Letter) -> Outcome:
        if self._session is None:
            return Outcome(False, "connection_failed", "connection_failed")
        try:
            # The deadline is for the whole exchange, redirects and body included.
            async with asyncio.timeout(self._workspace.timing.ack_s):
                async with self._session.post(
                    self._workspace.events_url,
                    data=prepared.body,
                    headers=prepared.headers,
                    max_redirects=REDIRECTS,
                ) as answer:
                    return _read(answer, await answer.read())
        except TimeoutError:
            return Outcome(False, "http_timeout", "http_timeout")
        except aiohttp.TooManyRedirects:
            return Outcome(False, "too_many_redirects", "too_many_redirects")
        except (aiohttp.ClientError, OSError):
            return Outcome(False, "connection_failed", "connection_failed")

    def _signature(self, body: bytes) -> dict[str, str]:
        moment = str(int(self._workspace.now()))
        key = self._workspace.signing_secret.encode()
        digest = hmac.new(key, b"v0:%s:%s" % (moment.encode(), body), hashlib.sha256).hexdigest()
        return {"X-Slack-Request-Timestamp": moment, "X-Slack-Signature": f"v0={digest}"}


def _read(answer: aiohttp.ClientResponse, raw: bytes) -> Outcome:
    if not 200 <= answer.status < 300:
        no_retry = answer.headers.get("X-Slack-No-Retry") == "1"
        return Outcome(False, answer.status, "http_error", no_retry=no_retry)
    return Outcome(True, answer.status, body=_parse(raw, answer.content_type))


def _parse(raw: bytes, content_type: str) -> Any:
    if not raw:
        return None
    if content_type == "application/json":
        try:
            return json.loads(raw)
        except ValueError:
            return raw.decode(errors="replace")
    return raw.decode(errors="replace")
