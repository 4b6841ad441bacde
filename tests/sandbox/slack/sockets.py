"""Socket Mode clients for tests: the SDK's own, and a bare one that decides what to answer."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse
from slack_sdk.web.async_client import AsyncWebClient

from tests.loopback import PATIENCE_S
from tests.sandbox.slack.stage import Stage

Json = dict[str, Any]


class SdkClient:
    """The SDK's client; acknowledges everything, and with `payload` what accepts one."""

    def __init__(self, stage: Stage, payload: Json | None = None) -> None:
        web = AsyncWebClient(base_url=f"{stage.url}/api/")
        self.client = SocketModeClient(stage.workspace.app_token, web_client=web, ping_interval=0.2)
        self.client.socket_mode_request_listeners.append(self._answer)
        self.seen: asyncio.Queue[SocketModeRequest] = asyncio.Queue()
        self._payload = payload

    async def next(self) -> SocketModeRequest:
        return await asyncio.wait_for(self.seen.get(), PATIENCE_S)

    async def _answer(self, client: AsyncBaseSocketModeClient, request: SocketModeRequest) -> None:
        self.seen.put_nowait(request)
        payload = self._payload if request.accepts_response_payload else None
        await client.send_socket_mode_response(SocketModeResponse(request.envelope_id, payload))


@asynccontextmanager
async def sdk_client(stage: Stage, payload: Json | None = None) -> AsyncIterator[SdkClient]:
    mine = SdkClient(stage, payload)
    await mine.client.connect()  # type: ignore[no-untyped-call]
    await until(lambda: len(stage.workspace.sockets.connections) > 0)
    yield mine
    await mine.client.close()  # type: ignore[no-untyped-call]


class BareClient:
    """One websocket that acknowledges only when told to."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket = socket

    async def next(self) -> Json | None:
        """The next message; None when the workspace hung up."""
        message = await self._socket.receive(PATIENCE_S)
        if message.type is not aiohttp.WSMsgType.TEXT:
            return None
        found: Json = json.loads(message.data)
        return found

    async def acknowledge(self, envelope: Json) -> None:
        await self._socket.send_json({"envelope_id": envelope["envelope_id"]})


@asynccontextmanager
async def bare_client(stage: Stage, url: str | None = None) -> AsyncIterator[BareClient]:
    where = await asyncio.to_thread(new_url, stage) if url is None else url
    async with aiohttp.ClientSession() as session, session.ws_connect(where) as socket:
        yield BareClient(socket)


def new_url(stage: Stage) -> str:
    answer = stage.client(stage.workspace.app_token).apps_connections_open(
        app_token=stage.workspace.app_token
    )
    return str(answer["url"])


async def until(condition: Any) -> None:
    async with asyncio.timeout(PATIENCE_S):
        while not condition():
            await asyncio.sleep(0.005)
