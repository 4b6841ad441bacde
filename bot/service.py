"""One running process: the HTTP server, Slack's connections, the workers and the watchers."""

import asyncio
import contextlib
import logging
import os
import sys
import time
from collections.abc import AsyncIterator, Mapping
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.routing import BaseRoute

from bot import commands
from bot.bootstrap import Backstop
from bot.bus import Origin
from bot.config.problems import problems
from bot.handlers.http.intake import intake_routes
from bot.handlers.http.received import Received
from bot.handlers.http.server import server, server_config
from bot.handlers.slack.app import SlackEdge
from bot.handlers.slack.manifest import scopes
from bot.waiting import late
from bot.watchers import Watchers

log = logging.getLogger(__name__)

# Python lets a busy thread run for 5 ms before another gets its turn, and a click takes some twenty
# turns: it would wait for each of them behind the workers.
TURN_S = 0.0005
LOOK_EVERY_S = 30.0
ASK_LATE_S = 1.0
LOAD_AFTER_S = 0.5


class Service:
    """Starts everything, says when it is ready, and stops in order: first the door, then the
    workers, then the writer, so that nothing accepted is lost."""

    def __init__(self, backstop: Backstop, environ: Mapping[str, str] = os.environ) -> None:
        self._backstop = backstop
        self._environ = environ
        self._checks = {"database": True, "workers": False, "slack": False}
        self._edge = self._slack_edge()
        self._watchers = Watchers(backstop)
        self._late: Mapping[str, Mapping[str, object]] | None = None
        self._late_asked = -ASK_LATE_S

    def application(self) -> Any:
        return server(self._routes(), lambda: self._checks, self._lifespan, self._backlog)

    def run(self) -> None:
        """Serve until a signal asks to stop."""
        sys.setswitchinterval(TURN_S)
        settings = self._backstop.settings.server
        port = int(self._environ.get("BACKSTOP_PORT", settings.port))
        uvicorn.Server(server_config(self.application(), settings.host, port)).run()

    def _routes(self) -> list[BaseRoute]:
        backstop = self._backstop
        routes = intake_routes(self._accept, backstop.settings, self._environ, backstop.clock)
        if self._edge is not None:
            routes += self._edge.routes(backstop.secrets.slack_signing_secrets)
        return routes

    async def _accept(self, received: Received) -> None:
        command = commands.ReceiveTicket(
            received.source, received.ticket, "hint" if received.needs_fetch else "news"
        )
        origin = Origin(f"hook:{received.source}", received.event_id)
        await asyncio.wrap_future(self._backstop.bus.submit(command, origin))

    @contextlib.asynccontextmanager
    async def _lifespan(self, app: Starlette) -> AsyncIterator[None]:
        backstop = self._backstop
        closed = self._closed()
        backstop.worker.start()
        self._checks["workers"] = True
        backstop.bus.submit(commands.NoteStart())
        watching = asyncio.create_task(self._watchers.run())
        connecting = asyncio.create_task(self._connect(closed))
        loading = asyncio.create_task(self._load())
        try:
            yield
        finally:
            self._checks["workers"] = False
            for task in (connecting, watching, loading):
                task.cancel()
            await asyncio.gather(connecting, watching, loading, return_exceptions=True)
            if self._edge is not None:
                await self._edge.close()
            await asyncio.to_thread(backstop.worker.stop)
            await asyncio.to_thread(backstop.close)

    async def _load(self) -> None:
        """What the first ticket wants takes turns that the first answers want more."""
        await asyncio.sleep(LOAD_AFTER_S)
        await asyncio.to_thread(self._backstop.agent.load)

    def _closed(self) -> frozenset[str]:
        """What app.yaml asks for and cannot have, told in the log as `backstop check` tells it."""
        found = problems(self._backstop.settings, self._environ)
        shut = [problem for problem in found if problem.severity == "closed"]
        for problem in shut:
            log.warning("CLOSED %s", problem.line)
        if len(found) > len(shut):
            log.info("%d notes: see backstop check", len(found) - len(shut))
        return frozenset(problem.part for problem in shut)

    async def _connect(self, closed: frozenset[str]) -> None:
        """Over HTTP Slack calls us; by Socket Mode we connect, again and again until it works.
        Without its secrets it would never: then we are not ready, and cards wait."""
        if "slack" in closed:
            return
        slack = self._backstop.settings.slack
        while self._edge is not None and slack is not None and slack.delivery == "socket":
            try:
                await self._edge.connect()
                break
            except Exception as error:
                log.warning("Slack is not reached yet: %s", type(error).__name__)
                await asyncio.sleep(2.0)
        self._checks["slack"] = True
        while True:
            await self.look_at_slack()
            await asyncio.sleep(LOOK_EVERY_S)

    async def look_at_slack(self) -> None:
        """Not ready while Slack takes nothing from us; while it does not say, as before."""
        is_let_in = await self._edge.is_let_in() if self._edge is not None else None
        if is_let_in is not None:
            self._checks["slack"] = is_let_in

    async def _backlog(self) -> object:
        """How many deliveries of each lane are late and since when; asked again after a second,
        and None where the database does not answer within one."""
        now = time.monotonic()
        if now - self._late_asked >= ASK_LATE_S:
            self._late_asked = now
            looking = asyncio.to_thread(self._look_late)
            try:
                self._late = await asyncio.wait_for(looking, ASK_LATE_S)
            except Exception:
                self._late = None
        return self._late

    def _look_late(self) -> Mapping[str, Mapping[str, object]]:
        with self._backstop.reading() as uow:
            behind = late(uow, self._backstop.clock.now())
        return {
            lane: {"count": waits.count, "since": waits.since.isoformat()}
            for lane, waits in behind.items()
        }

    def _slack_edge(self) -> SlackEdge | None:
        settings, secrets = self._backstop.settings, self._backstop.secrets
        if settings.slack is None or secrets.slack_bot_token is None:
            return None
        return SlackEdge(
            settings.slack,
            scopes(settings),
            self._backstop.bus,
            secrets.slack_bot_token,
            secrets.slack_app_token,
            self._backstop.outside.standings,
        )
