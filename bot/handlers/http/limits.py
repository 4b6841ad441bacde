"""How much a caller may send and how often, checked before anybody looks at what it says."""

import logging
import math
import time
import traceback
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

log = logging.getLogger(__name__)

_MOST_CALLERS = 10_000


@dataclass(frozen=True)
class Limits:
    """Bytes of body and header block; time for the whole request; open connections per address.

    `per_second` holds for the calls of one address to paths under `paced`, with a burst as large.
    Chat platforms stay outside: they retry little, and people's clicks come in bursts.
    """

    body: int = 256 * 1024
    headers: int = 16 * 1024
    receive: timedelta = timedelta(seconds=5)
    connections: int = 200
    per_second: int = 50
    paced: tuple[str, ...] = ("/hooks/", "/approve/", "/passkey/", "/v1/")


class Pace:
    """One token bucket per address; beyond 10,000 the longest unseen address is forgotten."""

    def __init__(self, per_second: int, monotonic: Callable[[], float]) -> None:
        self._per_second = per_second
        self._monotonic = monotonic
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait(self, caller: str) -> float:
        """Take one token; return 0 or the seconds until there is one."""
        now = self._monotonic()
        tokens, seen = self._buckets.pop(caller, (float(self._per_second), now))
        tokens = min(tokens + (now - seen) * self._per_second, float(self._per_second))
        is_free = tokens >= 1
        self._buckets[caller] = (tokens - 1 if is_free else tokens, now)
        if len(self._buckets) > _MOST_CALLERS:
            self._buckets.popitem(last=False)
        return 0.0 if is_free else (1 - tokens) / self._per_second


class Bounded:
    """ASGI middleware in front of everything: 413, 429, 431, and no request's words in the log.

    It hands the app the body in one piece. How long a request may take to arrive is watched on
    the connection (`bot.handlers.http.connections`), since slow headers never get here.
    """

    def __init__(
        self,
        app: ASGIApp,
        limits: Limits | None = None,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._app = app
        self._limits = limits or Limits()
        self._pace = Pace(self._limits.per_second, monotonic)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if refusal := self._refusal(scope):
            await refusal(scope, receive, send)
            return
        body = await self._body(receive)
        if body is None:
            return
        if len(body) > self._limits.body:
            await _refuse(413, "body too large")(scope, receive, send)
            return
        try:
            await self._app(scope, replay(body, receive), send)
        except Exception as error:
            # The server's own handling would log the message, which may quote the request.
            frames = "".join(traceback.format_tb(error.__traceback__))
            log.error("request failed error=%s\n%s", type(error).__name__, frames)

    def _refusal(self, scope: Scope) -> JSONResponse | None:
        size = len(scope["path"]) + len(scope.get("query_string", b""))
        size += sum(len(name) + len(value) + 4 for name, value in scope["headers"])
        if size > self._limits.headers:
            return _refuse(431, "headers too large")
        if scope["path"].startswith(self._limits.paced):
            caller = (scope["client"] or ("",))[0]
            if wait := self._pace.wait(caller):
                headers = {"retry-after": str(math.ceil(wait))}
                return _problem(429, "too many requests", headers)
        if _declared(scope) > self._limits.body:
            return _refuse(413, "body too large")
        return None

    async def _body(self, receive: Receive) -> bytes | None:
        """The whole body, or a little more than allowed; None when the caller went away."""
        body = bytearray()
        while len(body) <= self._limits.body:
            message = await receive()
            if message["type"] != "http.request":
                return None
            body += message.get("body", b"")
            if not message.get("more_body", False):
                break
        return bytes(body)


def replay(body: bytes, receive: Receive) -> Receive:
    """A `receive` that gives a body read before, then what the connection says."""
    pending: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def give() -> Message:
        return pending.pop() if pending else await receive()

    return give


def _declared(scope: Scope) -> int:
    """The largest content-length declared; the server has refused what is no number."""
    values = [value for name, value in scope["headers"] if name == b"content-length"]
    return max((int(value) for value in values if value.isdigit() and len(value) < 20), default=0)


def _refuse(status: int, wrong: str) -> JSONResponse:
    """An answer after which nothing more of this connection is read."""
    return _problem(status, wrong, {"connection": "close"})


def _problem(status: int, title: str, headers: Mapping[str, str]) -> JSONResponse:
    """RFC 9457, as our API tells of everything else."""
    told = {"title": title, "status": status}
    return JSONResponse(told, status, headers, media_type="application/problem+json")
