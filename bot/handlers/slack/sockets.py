"""Socket Mode: the connections that we open, and over which Slack calls us."""

import asyncio
import logging
import time
from collections.abc import Callable

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler

log = logging.getLogger(__name__)

# Slack spreads payloads over an app's connections; with two, one can be renewed without a gap.
CONNECTIONS = 2
LOOK_EVERY_S = 1.0
CONNECT_WITHIN_S = 30.0
BACK_WITHIN_S = 60.0


class Sockets:
    """Connections that are built anew when they do not come back by themselves.

    The SDK reconnects for ever, but with one address, which Slack lets expire: after an outage
    that lasted longer it would knock at a door that is gone.
    """

    def __init__(self, build: Callable[[], AsyncSocketModeHandler]) -> None:
        self._build = build
        self._up: set[AsyncSocketModeHandler] = set()
        self._keeping: list[asyncio.Task[None]] = []

    @property
    def is_up(self) -> bool:
        return bool(self._up)

    def open(self) -> None:
        self._keeping = [asyncio.create_task(self._keep()) for _ in range(CONNECTIONS)]

    async def close(self) -> None:
        for keeping in self._keeping:
            keeping.cancel()
        await asyncio.gather(*self._keeping, return_exceptions=True)

    async def _keep(self) -> None:
        while True:
            socket = self._build()
            try:
                async with asyncio.timeout(CONNECT_WITHIN_S):
                    await socket.connect_async()  # type: ignore[no-untyped-call]  # bolt's own
                await self._watch(socket)
                log.warning("a connection to Slack does not come back; another is made")
            except Exception as error:
                log.warning("Slack is not reached yet: %s", type(error).__name__)
            finally:
                self._up.discard(socket)
                await _end(socket)
            await asyncio.sleep(LOOK_EVERY_S)

    async def _watch(self, socket: AsyncSocketModeHandler) -> None:
        """Until it has been down for too long."""
        seen = time.monotonic()
        while time.monotonic() - seen < BACK_WITHIN_S:
            if await socket.client.is_connected():
                seen = time.monotonic()
                self._up.add(socket)
            else:
                self._up.discard(socket)
            await asyncio.sleep(LOOK_EVERY_S)


async def _end(socket: AsyncSocketModeHandler) -> None:
    try:
        await socket.close_async()  # type: ignore[no-untyped-call]  # bolt leaves it so
    except Exception as error:
        log.warning("a connection to Slack did not close: %s", type(error).__name__)
