"""The real server on loopback, with limits short enough to be met."""

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import uvicorn
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from bot.handlers.http.limits import Limits
from bot.handlers.http.server import server, server_config

PATIENT = Limits(body=1000, headers=2000, receive=timedelta(seconds=60), connections=3)
HASTY = replace(PATIENT, receive=timedelta(seconds=0.2))
Wire = tuple[asyncio.StreamReader, asyncio.StreamWriter]


async def echo(request: Request) -> JSONResponse:
    return JSONResponse({"bytes": len(await request.body())})


@contextlib.asynccontextmanager
async def running(
    ready: Callable[[], dict[str, bool]] = dict, limits: Limits = PATIENT
) -> AsyncIterator[int]:
    """Serve on a free port of the loopback; yield the port."""
    app = server([Route("/hooks/echo", echo, methods=["POST"])], ready, limits=limits)
    config = server_config(app, "127.0.0.1", 0, limits)
    sock = config.bind_socket()
    serving = uvicorn.Server(config)
    bound = asyncio.Event()
    startup = serving.startup

    async def announced(sockets: Any = None) -> None:
        await startup(sockets)
        bound.set()

    serving.startup = announced  # type: ignore[method-assign]
    task = asyncio.create_task(serving.serve([sock]))
    await bound.wait()
    try:
        yield sock.getsockname()[1]
    finally:
        serving.should_exit = True
        await task


def run(scenario: Callable[[int], Awaitable[None]], **options: Any) -> None:
    async def go() -> None:
        async with running(**options) as port:
            await asyncio.wait_for(scenario(port), 10)

    # The loop that the server has in production.
    factory = server_config(server([], dict), "127.0.0.1", 0).get_loop_factory()
    with asyncio.Runner(loop_factory=factory) as runner:
        runner.run(go())


async def dial(port: int, data: bytes = b"") -> Wire:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(data)
    await writer.drain()
    return reader, writer


async def answer(wire: Wire) -> tuple[int, dict[str, str], bytes]:
    """Read one answer by its content-length."""
    reader, _ = wire
    head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
    headers = dict(line.lower().split(": ", 1) for line in head[1:] if line)
    body = await reader.readexactly(int(headers["content-length"]))
    return int(head[0].split()[1]), headers, body


async def is_closed(wire: Wire) -> bool:
    with contextlib.suppress(ConnectionError):
        return await wire[0].read() == b""
    return True


async def hang_up(*wires: Wire) -> None:
    for _, writer in wires:
        writer.close()
        with contextlib.suppress(ConnectionError):
            await writer.wait_closed()


def posted(body: bytes, length: int | None = None) -> bytes:
    size = len(body) if length is None else length
    return f"POST /hooks/echo HTTP/1.1\r\nHost: x\r\nContent-Length: {size}\r\n\r\n".encode() + body


GET = b"GET /%s HTTP/1.1\r\nHost: x\r\n\r\n"


def test_an_idle_connection_is_ended_by_the_caller() -> None:
    """
    Balancers let go after 60 seconds; a click sent while the server closes would be lost.
    """
    assert server_config(server([], dict), "127.0.0.1", 0).timeout_keep_alive > 60


def test_health_and_readiness_are_two_questions() -> None:
    """
    The loop is alive while a check is false; readiness names the checks and answers 503.
    """
    checks = {"database": True, "slack": False}

    async def scenario(port: int) -> None:
        wire = await dial(port, GET % b"healthz")
        assert (await answer(wire))[0] == 200

        wire[1].write(GET % b"readyz")
        status, _, body = await answer(wire)
        assert (503, checks) == (status, json.loads(body))

        checks["slack"] = True
        wire[1].write(GET % b"readyz")
        assert (await answer(wire))[0] == 200
        await hang_up(wire)

    run(scenario, ready=lambda: checks)


def test_a_check_that_fails_is_not_ready() -> None:
    """
    An error in the checks is a 503, not a crash.
    """

    def ready() -> dict[str, bool]:
        raise OSError("no database")

    async def scenario(port: int) -> None:
        wire = await dial(port, GET % b"readyz")
        assert (await answer(wire))[0] == 503
        await hang_up(wire)

    run(scenario, ready=ready)


def test_a_call_in_pieces_is_whole_when_it_arrives() -> None:
    """
    A body in chunks and in several packets is one body; the connection serves the next call.
    """

    async def scenario(port: int) -> None:
        head = b"POST /hooks/echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
        wire = await dial(port, head + b"3\r\nabc\r\n")
        wire[1].write(b"2\r\nde\r\n0\r\n\r\n")
        assert (await answer(wire))[2] == b'{"bytes":5}'

        wire[1].write(posted(b"x" * 1000))
        assert (await answer(wire))[2] == b'{"bytes":1000}'
        await hang_up(wire)

    run(scenario)


@pytest.mark.parametrize(
    "begun", [b"", b"P", b"\r\n", posted(b"")[:40], posted(b"half", length=900)]
)
def test_a_slow_call_is_ended(begun: bytes) -> None:
    """
    Whatever a caller leaves unfinished, nothing at all included, ends with 408 after the limit.
    """

    async def scenario(port: int) -> None:
        wire = await dial(port, begun)

        assert (await answer(wire))[0] == 408
        assert await is_closed(wire)
        await hang_up(wire)

    run(scenario, limits=HASTY)


def test_drops_of_data_buy_no_time() -> None:
    """
    The limit is for the whole request: a byte now and then does not extend it.
    """

    async def scenario(port: int) -> None:
        wire = await dial(port, posted(b"", length=900))
        ended = asyncio.create_task(answer(wire))
        while not ended.done():
            with contextlib.suppress(ConnectionError):
                wire[1].write(b".")
            await asyncio.wait([ended], timeout=0.02)

        assert ended.result()[0] == 408
        await hang_up(wire)

    run(scenario, limits=HASTY)


def test_the_second_call_of_a_connection_is_timed_too() -> None:
    """
    A good first call does not free the next one from the limit.
    """

    async def scenario(port: int) -> None:
        wire = await dial(port, posted(b"ok"))
        assert (await answer(wire))[0] == 200
        wire[1].write(posted(b"half", length=900))

        assert (await answer(wire))[0] == 408
        await hang_up(wire)

    run(scenario, limits=replace(PATIENT, receive=timedelta(seconds=1)))


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (posted(b"", length=1001), 413),
        (
            b"POST /hooks/echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
            b"3e9\r\n" + b"x" * 1001 + b"\r\n",
            413,
        ),
        (b"GET /healthz HTTP/1.1\r\nHost: x\r\nX: " + b"y" * 2100 + b"\r\n\r\n", 431),
        (b"GET /healthz HTTP/1.1\r\nHost: x\r\nX: " + b"y" * 2100, 431),
        (b"GET /" + b"y" * 2100, 431),
        (b"rubbish\r\n\r\n", 400),
    ],
)
def test_too_much_is_refused_and_the_line_closed(sent: bytes, status: int) -> None:
    """
    Oversized bodies and headers are refused as soon as they are known, finished or not.
    """

    async def scenario(port: int) -> None:
        wire = await dial(port, sent)

        assert status == (await answer(wire))[0]
        assert await is_closed(wire)
        await hang_up(wire)

    run(scenario)


def test_a_kept_connection_may_say_more_in_all_than_a_header_block() -> None:
    """
    The limit is for the header block of each call, not for what a connection has said so far.
    """

    async def scenario(port: int) -> None:
        wire = await dial(port)
        for _ in range(5):
            wire[1].write(posted(b"x" * 900))
            assert (await answer(wire))[0] == 200
        await hang_up(wire)

    run(scenario)


def test_one_address_has_so_many_connections() -> None:
    """
    A connection above the limit is refused; when another one closes there is room again.
    """

    async def scenario(port: int) -> None:
        wires = [await dial(port, GET % b"healthz") for _ in range(3)]
        assert [(await answer(wire))[0] for wire in wires] == [200, 200, 200]

        fourth = await dial(port)
        assert (await answer(fourth))[0] == 503
        await hang_up(wires.pop(), fourth)

        status = 503
        while status == 503:  # until the server has seen the other side hang up
            wire = await dial(port, GET % b"healthz")
            with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
                status = (await answer(wire))[0]
            await hang_up(wire)
        assert status == 200
        await hang_up(*wires)

    run(scenario)
