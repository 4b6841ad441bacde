"""One server on a free loopback port for all tests of a run; each puts its own application on."""

import asyncio
import socket
import threading
from collections.abc import Coroutine
from typing import Any, TypeVar

import httpx
import uvicorn
from starlette.applications import Starlette
from starlette.types import ASGIApp, Receive, Scope, Send

T = TypeVar("T")
PATIENCE_S = 60.0


class Loopback:
    """uvicorn in a thread; no lifespan, so whoever puts something on also starts and stops it."""

    def __init__(self) -> None:
        # Said to be TCP, or asyncio leaves Nagle's algorithm on: 40 ms for every answer.
        self._listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        self._listener.bind(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self.http = httpx.Client(base_url=self.url, timeout=PATIENCE_S)
        config = uvicorn.Config(
            self._serve,
            interface="asgi3",
            log_level="critical",
            lifespan="off",
            timeout_graceful_shutdown=1,
        )
        self._server = uvicorn.Server(config)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run)
        self.app: ASGIApp = Starlette()
        self._thread.start()

    def wait_for(self, work: Coroutine[Any, Any, T]) -> T:
        """Runs `work` in the server's loop."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(PATIENCE_S)

    def close(self) -> None:
        self.http.close()
        self._server.should_exit = True
        self._thread.join()
        self._loop.close()
        self._listener.close()

    def _run(self) -> None:
        self._loop.run_until_complete(self._server.serve([self._listener]))

    async def _serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self.app(scope, receive, send)
