"""One running process: the HTTP server, Slack's connections, the workers and the watchers."""

import asyncio
import contextlib
import logging
import os
import sys
import time
from collections.abc import AsyncIterator, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.routing import BaseRoute

from bot import commands
from bot.bootstrap import Backstop
from bot.bus import Origin
from bot.config.problems import problems
from bot.handlers.http.agents_api import agent_routes
from bot.handlers.http.intake import intake_routes
from bot.handlers.http.page import page_routes
from bot.handlers.http.received import Received, Signalled
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
# Of what a monitor tells at once: a click waits behind no longer transaction than this makes.
SIGNALS = 100
LOAD_AFTER_S = 0.5

Late = Mapping[str, Mapping[str, object]]


class Service:
    """Starts everything, says when it is ready, and stops in order: first the door, then the
    workers, then the writer, so that nothing accepted is lost."""

    def __init__(self, backstop: Backstop, environ: Mapping[str, str] = os.environ) -> None:
        self._backstop = backstop
        self._environ = environ
        self._checks = {"database": True, "workers": False, "slack": False}
        self._edge = self._slack_edge()
        self._watchers = Watchers(backstop)
        # Its own thread: a database that hangs takes none of those that polling and the end need.
        self._looker = ThreadPoolExecutor(1, "looker")
        self._look: Future[Late | None] | None = None
        self._look_began = 0.0

    def application(self) -> Any:
        return server(self._routes(), self._ready, self._lifespan, self._backlog)

    def run(self) -> None:
        """Serve until a signal asks to stop."""
        sys.setswitchinterval(TURN_S)
        settings = self._backstop.settings.server
        port = int(self._environ.get("BACKSTOP_PORT", settings.port))
        uvicorn.Server(server_config(self.application(), settings.host, port)).run()

    def _routes(self) -> list[BaseRoute]:
        backstop = self._backstop
        routes = intake_routes(self._accept, backstop.settings, self._environ, backstop.clock)
        if backstop.settings.approvals.takes_page:
            routes += page_routes(backstop.bus, backstop.outside.standings)
        keys = backstop.secrets.agent_keys
        routes += agent_routes(backstop.bus.submit, backstop.settings, keys)
        if self._edge is not None:
            routes += self._edge.routes(backstop.secrets.slack_signing_secrets)
        return routes

    def _ready(self) -> Mapping[str, bool]:
        is_reached = self._edge is None or self._edge.is_reached
        return self._checks | {"slack": self._checks["slack"] and is_reached}

    async def _accept(self, received: Received | Signalled) -> None:
        for event, command in _told(received):
            origin = Origin(f"hook:{received.source}", event)
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
            self._looker.shutdown(wait=False)

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
        """Without its secrets Slack would never take us: then we are not ready, and cards wait."""
        if "slack" in closed:
            return
        if self._edge is not None:
            self._edge.open()
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
        and None where the database does not answer within one. Nobody asks while an answer is
        still waited for."""
        now = time.monotonic()
        look, age = self._look, now - self._look_began
        if look is None or (look.done() and age >= ASK_LATE_S):
            self._look_began, age = now, 0.0
            look = self._look = self._looker.submit(self._look_late)
        if not look.done():
            await asyncio.wait([asyncio.wrap_future(look)], timeout=max(0.0, ASK_LATE_S - age))
        found = look.result() if look.done() else None
        self._checks["database"] = found is not None
        return found

    def _look_late(self) -> Late | None:
        try:
            with self._backstop.reading() as uow:
                behind = late(uow, self._backstop.clock.now())
        except Exception as error:
            log.warning("the database does not answer: %s", type(error).__name__)
            return None
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


def _told(
    received: Received | Signalled,
) -> Iterator[tuple[str, commands.NoteSignals | commands.ReceiveTicket]]:
    """The commands of one call, each with the id under which it is done once."""
    if isinstance(received, Received):
        command = commands.ReceiveTicket(received.source, received.ticket, received.telling)
        yield received.event_id, command
        return
    for at in range(0, len(received.signals), SIGNALS):
        part = received.signals[at : at + SIGNALS]
        yield f"{received.event_id}:{at}", commands.NoteSignals(received.source, part)
