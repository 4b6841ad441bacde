"""The one HTTP server: health, the routes it is given, and the limits in front of them."""

import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Lifespan

from bot.handlers.http.connections import bounded_protocol
from bot.handlers.http.limits import Bounded, Limits

log = logging.getLogger(__name__)

_GRACE_SECONDS = 10
_MOST_CONNECTIONS = 1000
# Balancers hold an idle connection 60 seconds (AWS, nginx). Whoever ends it has to be the caller:
# a click sent while we close would be lost, and Slack does not repeat clicks.
_IDLE_SECONDS = 75


def server(
    routes: Sequence[BaseRoute],
    ready: Callable[[], Mapping[str, bool]],
    lifespan: Lifespan[Starlette] | None = None,
    backlog: Callable[[], Awaitable[object]] | None = None,
    limits: Limits | None = None,
) -> ASGIApp:
    """Build the application; `ready` names its checks, runs on the event loop and must not block.
    `backlog` says as JSON what is late, which makes nothing less ready.

    `/healthz` says that the loop turns, whatever `ready` says: a process that waits for its
    database is not one to restart.
    """

    async def healthz(request: Request) -> JSONResponse:
        return JSONResponse({"ok": True})

    async def readyz(request: Request) -> JSONResponse:
        # First, because the checks tell what this look has found.
        late = {"backlog": await backlog()} if backlog else {}
        try:
            checks = dict(ready())
        except Exception as error:
            log.error("readiness check failed error=%s", type(error).__name__)
            checks = {"checks": False}
        return JSONResponse(checks | late, 200 if all(checks.values()) else 503)

    health = [Route("/healthz", healthz), Route("/readyz", readyz)]
    return Bounded(Starlette(routes=[*health, *routes], lifespan=lifespan), limits)


def server_config(
    app: ASGIApp, host: str, port: int, limits: Limits | None = None
) -> uvicorn.Config:
    """Configure uvicorn for `app`: no access log, since addresses of customers' calls are data.

    `X-Forwarded-For` counts only from a proxy on this machine (uvicorn's default).
    """
    limits = limits or Limits()
    return uvicorn.Config(
        app,
        host=host,
        port=port,
        loop="auto",  # uvloop, except on Windows, which has none
        http=bounded_protocol(limits),
        ws="none",
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        h11_max_incomplete_event_size=limits.headers,
        limit_concurrency=_MOST_CONNECTIONS,
        timeout_keep_alive=_IDLE_SECONDS,
        timeout_graceful_shutdown=_GRACE_SECONDS,
    )
