"""Socket Mode: the app connects to the workspace and takes its envelopes there."""

import asyncio
import contextlib
import json
import struct
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketState

from sandbox.slack.deliveries import Outcome, Parcel
from sandbox.slack.idents import new_ident, new_secret

if TYPE_CHECKING:
    from sandbox.slack.workspace import Workspace

MOST_CONNECTIONS = 10
LOOK_S = 0.1


@dataclass(eq=False)
class Connection:
    """One open socket; `waiting` are the envelopes it has not acknowledged."""

    socket: WebSocket
    waiting: dict[str, asyncio.Future[Outcome]] = field(default_factory=dict)
    retiring: bool = False

    def settle(self, reason: str) -> None:
        for future in self.waiting.values():
            if not future.done():
                future.set_result(Outcome(False, reason, "timeout"))
        self.waiting.clear()


class SocketCarrier:
    def __init__(self, workspace: "Workspace") -> None:
        self._workspace = workspace
        self._tickets: dict[str, float] = {}
        self.connections: list[Connection] = []
        self._watch: asyncio.Task[None] | None = None

    async def start(self) -> None:
        self._watch = asyncio.ensure_future(self._look_for_refresh())

    async def stop(self) -> None:
        if self._watch is not None:
            self._watch.cancel()
            await asyncio.gather(self._watch, return_exceptions=True)
        for connection in list(self.connections):
            await _close(connection)

    def issue_ticket(self) -> str:
        """For `apps.connections.open`: good for one connection, soon."""
        ticket = new_secret()
        self._tickets[ticket] = time.monotonic() + self._workspace.timing.ticket_s
        return ticket

    async def serve(self, socket: WebSocket) -> None:
        """The life of one connection at `/link?ticket=`."""
        ends = self._tickets.pop(socket.query_params.get("ticket", ""), 0.0)
        if time.monotonic() > ends:
            await socket.close(4001, "invalid ticket")
            return
        await socket.accept()
        if len(self.connections) >= MOST_CONNECTIONS:
            await socket.send_text(_disconnect("too_many_websockets"))
            await socket.close()
            return
        connection = Connection(socket)
        await socket.send_text(self._hello(len(self.connections) + 1))
        self.connections.append(connection)
        try:
            while True:
                self._acknowledge(connection, await socket.receive_text())
        except (WebSocketDisconnect, RuntimeError):
            # Starlette says RuntimeError when this side closed the socket meanwhile.
            pass
        finally:
            if connection in self.connections:
                self.connections.remove(connection)
            connection.settle("connection_closed")

    async def refresh(self) -> None:
        """Warns every connection, gives the app time to open others, then ends the old ones."""
        old = list(self.connections)
        for connection in old:
            connection.retiring = True
            await _say(connection, _disconnect("warning"))
        await asyncio.sleep(self._workspace.timing.warning_s)
        for connection in old:
            await _say(connection, _disconnect("refresh_requested"))
            await _close(connection)

    def prepare(self, parcel: Parcel, attempt: int, reason: str) -> dict[str, Any]:
        """The envelope without its payload and id, which every sending has of its own."""
        envelope: dict[str, Any] = {
            "type": parcel.kind,
            "accepts_response_payload": parcel.accepts_response,
        }
        if parcel.kind == "events_api":
            envelope["retry_attempt"] = attempt
            envelope["retry_reason"] = reason
        return envelope

    async def carry(self, parcel: Parcel, prepared: dict[str, Any]) -> Outcome:
        fresh = [one for one in self.connections if not one.retiring] or self.connections
        if not fresh:
            return Outcome(False, "no_connection", "connection_failed")
        connection = fresh[self._workspace.pick(len(fresh))]
        ident = new_ident("")
        rest = json.dumps({"envelope_id": ident, **prepared})
        text = f'{rest[:-1]}, "payload": {parcel.encoded}}}'
        future: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()
        connection.waiting[ident] = future
        try:
            await self._send(connection, text)
            async with asyncio.timeout(self._workspace.timing.ack_s):
                return await future
        except TimeoutError:
            return Outcome(False, "timeout", "timeout")
        except (WebSocketDisconnect, RuntimeError):
            return Outcome(False, "connection_closed", "timeout")
        finally:
            connection.waiting.pop(ident, None)

    async def _send(self, connection: Connection, text: str) -> None:
        faults, chance = self._workspace.faults, self._workspace.chance
        if chance(faults.cut_envelope):
            _cut(connection, text)
            return
        await connection.socket.send_text(text)
        if chance(faults.drop_ack):
            await _close(connection)

    def _acknowledge(self, connection: Connection, text: str) -> None:
        try:
            answer = json.loads(text)
        except ValueError:
            return
        future = connection.waiting.get(answer.get("envelope_id", ""))
        if future is not None and not future.done():
            future.set_result(Outcome(True, 200, body=answer.get("payload")))

    def _hello(self, number: int) -> str:
        return json.dumps(
            {
                "type": "hello",
                "num_connections": number,
                "debug_info": {
                    "host": "sandbox",
                    "build_number": 1,
                    "approximate_connection_time": 18060,
                },
                "connection_info": {"app_id": self._workspace.app["id"]},
            }
        )

    async def _look_for_refresh(self) -> None:
        """The fault is a plain field that anybody may set, so somebody has to look at it."""
        while True:
            await asyncio.sleep(LOOK_S)
            if self._workspace.faults.refresh_sockets:
                self._workspace.faults.refresh_sockets = False
                await self.refresh()


def _disconnect(reason: str) -> str:
    return json.dumps({"type": "disconnect", "reason": reason, "debug_info": {"host": "sandbox"}})


async def _say(connection: Connection, text: str) -> None:
    if connection.socket.application_state is WebSocketState.CONNECTED:
        with contextlib.suppress(WebSocketDisconnect, RuntimeError):
            await connection.socket.send_text(text)


async def _close(connection: Connection) -> None:
    connection.settle("connection_closed")
    if connection.socket.application_state is WebSocketState.CONNECTED:
        with contextlib.suppress(WebSocketDisconnect, RuntimeError):
            await connection.socket.close()


def _cut(connection: Connection, text: str) -> None:
    """Sends the head of a text frame and half of its payload, then hangs up.

    ASGI has no words for half a frame, so this speaks RFC 6455 to the server's transport.
    """
    payload = text.encode()
    head = struct.pack("!BBQ", 0x81, 127, len(payload))
    server = getattr(connection.socket._receive, "__self__", None)
    transport = getattr(server, "transport", None)
    if transport is not None:
        transport.write(head + payload[: len(payload) // 2])
        transport.close()
    connection.settle("cut")
