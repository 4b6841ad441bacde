"""Plain HTTP over plain sockets: no client of the field would send what is sent here."""

import asyncio
import contextlib
import random
import resource
import sys
import time

from benchmarks.torture.fuzz.letters import Letter

HOST = "127.0.0.1"
# An answer takes a moment, and a body that never ends is given up by the bot first.
ANSWER_S = 20.0
UNANSWERED = 0
DRIBBLE_S = 0.4
# The bot's own limit is five seconds for a whole request; promised are ten more.
CLOSED_WITHIN_S = 15.0
SLOW_HEAD = b"POST /slack/events HTTP/1.1\r\nHost: bot.example\r\n"
SLOW_BODY = SLOW_HEAD + b"Content-Length: 4000\r\n\r\n"
_PER_ADDRESS = 100


class Wire:
    """One connection that is kept while the bot keeps it."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._open: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def send(self, letter: Letter) -> int:
        """The status of the answer; UNANSWERED when the connection ended without one."""
        try:
            async with asyncio.timeout(ANSWER_S):
                return await self._exchange(letter)
        except (OSError, EOFError, ValueError, TimeoutError, asyncio.LimitOverrunError):
            self.close()
            return UNANSWERED

    def close(self) -> None:
        if self._open is not None:
            self._open[1].close()
            self._open = None

    async def _exchange(self, letter: Letter) -> int:
        if self._open is None:
            self._open = await asyncio.open_connection(HOST, self._port)
        reader, writer = self._open
        writer.write(letter.to_bytes())
        with contextlib.suppress(ConnectionError):
            # It may have been refused, and closed, before all of it was sent.
            await writer.drain()
        head = (await reader.readuntil(b"\r\n\r\n")).lower()
        status = int(head.split(b" ", 2)[1])
        length = head.partition(b"content-length:")[2].partition(b"\r\n")[0].strip()
        if letter.method != b"HEAD" and length:
            await reader.readexactly(int(length))
        if b"connection: close" in head or not length or not letter.is_whole:
            self.close()
        return status


def slow_ones(wanted: int) -> int:
    """As many as this process may hold open beside everything else."""
    return min(wanted, resource.getrlimit(resource.RLIMIT_NOFILE)[0] // 4)


async def dawdle(port: int, number: int, dice: random.Random) -> float:
    """Speak a byte at a time, headers or body; the seconds until the bot ended it."""
    # So many come from one address as the bot lets in; a loopback of one address has just one.
    own = (f"127.0.1.{1 + number // _PER_ADDRESS}", 0) if sys.platform == "linux" else None
    reader, writer = await asyncio.open_connection(HOST, port, local_addr=own)
    began = time.monotonic()
    ended = asyncio.create_task(_until_end(reader))
    try:
        writer.write(dice.choice((SLOW_HEAD, SLOW_BODY)))
        while not ended.done() and time.monotonic() - began <= CLOSED_WITHIN_S:
            writer.write(b"x")
            await asyncio.wait([ended], timeout=DRIBBLE_S)
    finally:
        ended.cancel()
        await asyncio.gather(ended, return_exceptions=True)
        writer.close()
    return time.monotonic() - began


async def _until_end(reader: asyncio.StreamReader) -> None:
    with contextlib.suppress(OSError):
        while await reader.read(4096):
            pass
