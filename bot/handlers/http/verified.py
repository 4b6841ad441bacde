"""A signature check in front of a whole application, such as Slack's library over HTTP.

The library parses before it verifies, answers 500 to odd headers, and logs refused bodies; behind
this it sees only what its platform signed a moment ago.
"""

import logging
from collections.abc import Sequence

from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.handlers.http.limits import replay
from bot.handlers.signatures import Scheme, Unsigned
from bot.ports import Clock

log = logging.getLogger(__name__)


class Verified:
    """ASGI middleware: 401 unless `scheme` accepts the raw body under one of the secrets."""

    def __init__(self, app: ASGIApp, scheme: Scheme, secrets: Sequence[str], clock: Clock) -> None:
        self._app = app
        self._scheme = scheme
        self._secrets = tuple(secrets)
        self._clock = clock

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        try:
            body = await Request(scope, receive).body()
        except ClientDisconnect:
            return
        verdict = self._scheme(scope["headers"], body, self._secrets, self._clock.now())
        if isinstance(verdict, Unsigned):
            log.warning("call refused scheme=%s reason=%s", self._scheme.__name__, verdict.reason)
            await JSONResponse({"error": "signature refused"}, 401)(scope, receive, send)
            return
        await self._app(scope, replay(body, receive), send)
