"""Live events for the page (Server-Sent Events)."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any


class Stream:
    """One queue per listening page; may be told from any thread."""

    def __init__(self) -> None:
        self._listeners: dict[asyncio.Queue[str | None], asyncio.AbstractEventLoop] = {}

    def tell(self, event: dict[str, Any]) -> None:
        self._send(f"data: {json.dumps(event)}\n\n")

    def close(self) -> None:
        """End every stream, so that a server can stop."""
        self._send(None)

    def _send(self, line: str | None) -> None:
        for queue, loop in list(self._listeners.items()):
            loop.call_soon_threadsafe(queue.put_nowait, line)

    async def listen(self) -> AsyncIterator[str]:
        """Yield events from now on; the first line says that the stream stands."""
        queue: asyncio.Queue[str | None] = asyncio.Queue()
        self._listeners[queue] = asyncio.get_running_loop()
        try:
            yield ": listening\n\n"
            while (line := await queue.get()) is not None:
                yield line
        finally:
            del self._listeners[queue]
