"""A load balancer in front of the bots: whoever connects gets one that runs."""

import asyncio
import contextlib
import itertools
import time
from collections.abc import AsyncIterator, Callable, Sequence
from urllib.parse import urlsplit

from sandbox.bot_process import BotProcess

CHUNK = 65_536


class Road:
    """Plain TCP, connection by connection; a bot that dies takes its connections with it.

    `cuts` are the moments, in `time.monotonic()`, at which it did, or nobody was there to connect
    to: what a living bot leaves unanswered has no such excuse.
    """

    def __init__(self, host: str, port: int, bots: Sequence[BotProcess]) -> None:
        self._host, self._port, self._bots = host, port, bots
        self._turns = itertools.count()
        self._travelling: set[asyncio.Task[None]] = set()
        self.cuts: list[float] = []

    @contextlib.asynccontextmanager
    async def open(self) -> AsyncIterator[None]:
        server = await asyncio.start_server(self._carry, self._host, self._port, backlog=512)
        try:
            yield
        finally:
            server.close()
            for task in list(self._travelling):
                task.cancel()
            await asyncio.gather(*self._travelling, return_exceptions=True)

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        if task is not None:
            self._travelling.add(task)
            task.add_done_callback(self._travelling.discard)
        running = [bot for bot in self._bots if bot.record.state == "ready"]
        with contextlib.suppress(OSError, asyncio.CancelledError):
            if running:
                await self._lead(running[next(self._turns) % len(running)], reader, writer)
            else:
                self.cuts.append(time.monotonic())
        writer.close()

    async def _lead(
        self, bot: BotProcess, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        pid, port = bot.record.pid, urlsplit(bot.launch.url).port

        def note() -> None:
            if bot.record.pid != pid:
                self.cuts.append(time.monotonic())

        try:
            there, back = await asyncio.open_connection(self._host, port)
        except OSError:
            note()
            raise
        await asyncio.gather(_pipe(reader, back), _pipe(there, writer, note))


async def _pipe(
    reader: asyncio.StreamReader,
    writer: asyncio.StreamWriter,
    note: Callable[[], None] = lambda: None,
) -> None:
    """`note` is called before whoever reads can see the end."""
    try:
        while chunk := await reader.read(CHUNK):
            writer.write(chunk)
            await writer.drain()
    finally:
        note()
        writer.close()
