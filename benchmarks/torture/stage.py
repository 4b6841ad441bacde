"""The world in this process, the bots in processes of their own, and the road between them."""

import asyncio
import contextlib
import random
import sys
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import uvicorn
from starlette.applications import Starlette

from benchmarks.torture.company import Json, write_rows, write_settings
from benchmarks.torture.load import Load
from benchmarks.torture.road import Road
from benchmarks.torture.surroundings import surroundings
from benchmarks.torture.witness import Witness
from sandbox import helpdesk, payments, slack
from sandbox.bot_process import DATABASE, BotProcess, Launch
from sandbox.ports import free_port
from sandbox.world import SECRETS, Company, World

HOST = "127.0.0.1"
READY_WITHIN_S = 120.0
LOOK_S = 0.02


@dataclass(frozen=True)
class Away:
    """When a bot was killed and when it was ready again, in `time.monotonic()`."""

    since: float
    until: float


@dataclass(frozen=True)
class Script:
    """What is played: the load, the database it is played on, the defence taken away, and what of
    app.yaml and the environment is otherwise than usual."""

    load: Load
    facts: Company
    folder: Path
    database: str
    sabotage: str = ""
    settings: Json = field(default_factory=dict)
    environment: dict[str, str] = field(default_factory=dict)


@dataclass
class Stage:
    """A run's world. `away` tells when a click may have gone unanswered without blame, where
    there is one bot; of several, the `road` to them does."""

    script: Script
    world: World
    witness: Witness
    config: Path
    bots: Sequence[BotProcess] = ()
    road: Road | None = None
    away: list[Away] = field(default_factory=list)
    _watching: set[asyncio.Task[None]] = field(default_factory=set)

    async def ready(self) -> None:
        """Wait until some bot is ready; whoever presses meanwhile presses again."""
        ends = time.monotonic() + READY_WITHIN_S
        while not any(bot.record.state == "ready" for bot in self.bots):
            if time.monotonic() > ends:
                raise TimeoutError(f"no bot is ready: {self.bots[0].record.note}")
            await asyncio.sleep(LOOK_S)

    async def kill(self, dice: random.Random) -> None:
        """Kill -9 one bot, wherever in its life it is; it is started again at once."""
        bot = dice.choice(self.bots)
        ends = time.monotonic() + READY_WITHIN_S
        since = time.monotonic()
        while bot.kill() is None:
            if time.monotonic() > ends:
                raise TimeoutError(f"the bot does not start: {bot.record.note}")
            await asyncio.sleep(LOOK_S)
        task = asyncio.create_task(self._note_return(bot, since))
        self._watching.add(task)
        task.add_done_callback(self._watching.discard)

    async def _note_return(self, bot: BotProcess, since: float) -> None:
        place = len(self.away)
        self.away.append(Away(since, float("inf")))
        while bot.record.state != "ready":
            await asyncio.sleep(LOOK_S)
        self.away[place] = Away(since, time.monotonic())

    def was_away(self, began: float, ended: float) -> bool:
        """Whether the bot that was asked died meanwhile, or was not there."""
        if self.road:
            return any(began <= cut <= ended for cut in self.road.cuts)
        return any(away.since <= ended and began <= away.until for away in self.away)


@contextlib.asynccontextmanager
async def stage(script: Script) -> AsyncIterator[Stage]:
    """Everything running and ready; all of it ends with the context."""
    load, port, door = script.load, free_port(), free_port()
    site, front = f"http://{HOST}:{port}", f"http://{HOST}:{door}"
    world = surroundings(load, script.facts, site=site, door=front)
    config = write_settings(script.folder, site, load.delivery, door, script.settings)
    made = Stage(script, world, Witness(world.workspace), config)
    alone = load.processes == 1
    made.bots = [
        _bot(made, number, door if alone else free_port()) for number in range(load.processes)
    ]
    made.road = None if alone else Road(HOST, door, made.bots)
    road = made.road.open() if made.road else contextlib.nullcontext()
    async with _served(world, port), road:
        try:
            for bot in made.bots:
                # The first one prepares the database and the workspace for the others.
                await bot.start()
                await made.ready()
            yield made
        finally:
            for task in list(made._watching):
                task.cancel()
            await asyncio.gather(*(bot.stop() for bot in made.bots))


def _bot(made: Stage, number: int, port: int) -> BotProcess:
    script = made.script
    entry = ["benchmarks.torture.sabotaged", script.sabotage] if script.sabotage else ["bot"]
    launch = Launch(
        config=made.config,
        url=f"http://{HOST}:{port}",
        log=script.folder / f"bot-{number}.log",
        environment={
            **SECRETS,
            **script.environment,
            DATABASE: script.database,
            "BACKSTOP_PORT": str(port),
            "BACKSTOP_SLACK_QUOTA_SCALE": str(script.load.quota_scale),
            "BACKSTOP_LOG_LEVEL": "WARNING",
        },
        imports=write_rows(script.folder, script.facts) if number == 0 else (),
        command=(sys.executable, "-m", *entry),
    )
    return BotProcess(launch, made.world.workspace.install)


class _Server(uvicorn.Server):
    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Ctrl-C is for the run as a whole, which then ends its server."""
        yield


@contextlib.asynccontextmanager
async def _served(world: World, port: int) -> AsyncIterator[None]:
    routes = [
        *slack.routes(world.workspace),
        *helpdesk.routes(world.helpdesk),
        *payments.routes(world.provider),
    ]
    server = _Server(
        uvicorn.Config(
            Starlette(routes=routes),
            host=HOST,
            port=port,
            log_level="critical",
            timeout_graceful_shutdown=1,
        )
    )
    await world.start()
    serving = asyncio.create_task(server.serve())
    while not server.started and not serving.done():
        await asyncio.sleep(LOOK_S)
    try:
        yield
    finally:
        server.should_exit = True
        await serving
        await world.stop()
