"""Limits that only the connection can hold: how many there are, and how slowly they may speak.

uvicorn bounds neither the time nor the size of a header block with httptools, and starts the
application only after it.
"""

import asyncio
from collections import Counter
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from bot.handlers.http.limits import Limits


def bounded_protocol(limits: Limits) -> type[HttpToolsProtocol]:
    """Make the protocol class of one server, with its own count of open connections."""
    peers: Counter[str] = Counter()

    class BoundedProtocol(_BoundedProtocol):
        open_by_peer = peers
        bounds = limits

    return BoundedProtocol


class _BoundedProtocol(HttpToolsProtocol):
    open_by_peer: Counter[str]
    bounds: Limits

    _deadline: asyncio.TimerHandle | None = None
    _peer: str = ""
    _head: int = 0
    _is_in_head: bool = True
    _has_ended_head: bool = False

    # uvicorn, which is what calls this one, narrows what asyncio's own signature promises.
    def connection_made(  # type: ignore[override]  # as uvicorn has it
        self, transport: asyncio.Transport
    ) -> None:
        super().connection_made(transport)
        self._peer = self.client[0] if self.client else ""
        self.open_by_peer[self._peer] += 1
        if self.open_by_peer[self._peer] > self.bounds.connections:
            self._end(b"503 Service Unavailable")
        else:
            self._start()

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop()
        self.open_by_peer[self._peer] -= 1
        if self.open_by_peer[self._peer] <= 0:
            del self.open_by_peer[self._peer]
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if self.transport.is_closing():
            return
        if self._is_in_head:
            self._start()
        self._has_ended_head = False
        super().data_received(data)
        # A block that ends within this chunk is measured by the middleware. The request that it
        # belongs to may have ended too, so that a new one is awaited by now.
        is_unfinished = self._is_in_head and not self._has_ended_head
        self._head = self._head + len(data) if is_unfinished else 0
        if self._head > self.bounds.headers and not self.transport.is_closing():
            self._end(b"431 Request Header Fields Too Large")

    def on_message_begin(self) -> None:
        self._start()
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        self._is_in_head = False
        self._has_ended_head = True
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        self._stop()
        self._is_in_head = True
        super().on_message_complete()

    def _start(self) -> None:
        if self._deadline is None:
            seconds = self.bounds.receive.total_seconds()
            self._deadline = self.loop.call_later(seconds, self._give_up)

    def _stop(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _give_up(self) -> None:
        self._deadline = None
        if self.transport.is_closing():
            return
        cycle: Any = self.cycle
        is_answering = cycle is not None and cycle.response_started and not cycle.response_complete
        if is_answering or self.pipeline:
            self.transport.close()
        else:
            self._end(b"408 Request Timeout")

    def _end(self, status: bytes) -> None:
        head = b"content-length: 0\r\nretry-after: 1\r\nconnection: close\r\n\r\n"
        self.transport.write(b"HTTP/1.1 " + status + b"\r\n" + head)
        self.transport.close()
