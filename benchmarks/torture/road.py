"""A load balancer in front of the bots: whoever connects gets one that runs."""

import asyncio
import contextlib
import itertools
from collections.abc import AsyncIterator, Sequence
from urllib.parse import urlsplit

from sandbox.bot_process import BotProcess

CHUNK = 65_536


class Road:
    """Plain TCP, connection by connection; a bot that dies takes its connections with it."""

    def __init__(self, host: str, port: int, bots: Sequence[BotProcess]) -> None:
        self._host, self._port, self._bots = host, port, bots
        self._turns = itertools.count()
        self._travelling: set[asyncio.Task[None]] = set()

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
                bot = running[next(self._turns) % len(running)]
                port = urlsplit(bot.launch.url).port
                there, back = await asyncio.open_connection(self._host, port)
                await asyncio.gather(_pipe(reader, back), _pipe(there, writer))
        writer.close()


async def _pipe(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while chunk := await reader.read(CHUNK):
            writer.write(chunk)
            await writer.drain()
    finally:
        writer.close()
