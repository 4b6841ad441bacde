"""Sends prepared requests over kept-alive connections, and times each answer."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import cast

import uvloop

HOST = "127.0.0.1"
# Long after the last request somebody must have answered, or the measurement is broken.
PATIENCE_S = 30.0


@dataclass(frozen=True)
class Plan:
    """`rate` (requests a second, each sent at its time whatever became of the others) or None for
    "each connection sends its next as soon as it has an answer". `seconds` bounds the sending."""

    port: int
    requests: Sequence[bytes]
    connections: int
    seconds: float
    rate: float | None = None


@dataclass
class Result:
    """`latencies_s` from when a request was due to the end of its answer, and `sent_at` (Unix
    time) when it was due, both in the order of `requests` as far as they were sent."""

    latencies_s: list[float] = field(default_factory=list)
    sent_at: list[float] = field(default_factory=list)
    bad: int = 0
    seconds: float = 0.0

    @property
    def per_second(self) -> float:
        return len(self.latencies_s) / self.seconds if self.seconds else 0.0


def run(plan: Plan) -> Result:
    return uvloop.run(_run(plan))


class _Connection(asyncio.Protocol):
    """One request at a time. The answers are short: a status line, headers, a short body."""

    def __init__(self) -> None:
        self._answered: asyncio.Future[bytes] | None = None
        self._seen = b""
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        self._seen += data
        head, found, body = self._seen.partition(b"\r\n\r\n")
        if found and len(body) >= _length(head) and self._answered is not None:
            self._seen = b""
            if not self._answered.done():
                self._answered.set_result(head)

    def connection_lost(self, exc: Exception | None) -> None:
        if self._answered is not None and not self._answered.done():
            self._answered.set_exception(exc or ConnectionResetError())

    def close(self) -> None:
        if self._transport is not None:
            self._transport.close()

    async def ask(self, request: bytes) -> bool:
        """Whether the answer was a 200."""
        assert self._transport is not None
        if self._transport.is_closing():
            raise ConnectionResetError("the server has closed a kept connection")
        self._answered = asyncio.get_running_loop().create_future()
        self._transport.write(request)
        return (await self._answered).startswith(b"HTTP/1.1 200")


def _length(head: bytes) -> int:
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            return int(line[15:])
    return 0


async def _run(plan: Plan) -> Result:
    loop = asyncio.get_running_loop()
    opened = [
        (await loop.create_connection(_Connection, HOST, plan.port))[1]
        for _ in range(plan.connections)
    ]
    result = Result()
    began = time.perf_counter()
    async with asyncio.timeout(plan.seconds + PATIENCE_S):
        if plan.rate is None:
            await _closed(plan, opened, result)
        else:
            await _open(plan, plan.rate, opened, result)
    result.seconds = time.perf_counter() - began
    for one in opened:
        one.close()
    return result


async def _closed(plan: Plan, opened: Sequence[_Connection], result: Result) -> None:
    waiting = iter(plan.requests)
    until = time.perf_counter() + plan.seconds

    async def keep_asking(connection: _Connection) -> None:
        for request in waiting:
            began, at = time.perf_counter(), time.time()
            result.bad += not await connection.ask(request)
            ended = time.perf_counter()
            result.latencies_s.append(ended - began)
            result.sent_at.append(at)
            if ended > until:
                return

    await asyncio.gather(*(keep_asking(one) for one in opened))


async def _open(plan: Plan, rate: float, opened: Sequence[_Connection], result: Result) -> None:
    count = min(len(plan.requests), int(plan.seconds * rate))
    result.latencies_s, result.sent_at = [0.0] * count, [0.0] * count
    free: asyncio.Queue[_Connection] = asyncio.Queue()
    for one in opened:
        free.put_nowait(one)
    began, at = time.perf_counter(), time.time()

    async def ask(n: int) -> None:
        await asyncio.sleep(began + n / rate - time.perf_counter())
        connection = await free.get()
        result.bad += not await connection.ask(plan.requests[n])
        result.latencies_s[n] = time.perf_counter() - began - n / rate
        result.sent_at[n] = at + n / rate
        free.put_nowait(connection)

    await asyncio.gather(*(ask(n) for n in range(count)))
