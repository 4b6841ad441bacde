"""The API's two doors: a message, and what a model is called."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from sandbox.model import stream
from sandbox.model.faults import Faults
from sandbox.model.minds import Mind
from sandbox.model.problems import Problem, error_body
from sandbox.model.rules import VERSIONS, check

Json = dict[str, Any]

KEY = "sk-ant-sandbox"
MODELS = ("claude-sonnet-5-5", "claude-haiku-5-5", "claude-opus-5-5")
_LETTERS = 4


class ModelServer:
    """`requests` are the bodies of everything that was asked, refused or not, oldest first."""

    def __init__(self, mind: Mind, key: str = KEY) -> None:
        self.mind = mind
        self.faults = Faults()
        self.requests: list[Json] = []
        self._key = key
        self._cached: set[str] = set()
        self._count = 0

    def let_in(self, headers: Mapping[str, str]) -> str:
        """The version asked for; raises Problem without a key or with a version of one's own."""
        bearer = headers.get("authorization", "").removeprefix("Bearer ")
        if self._key not in (headers.get("x-api-key"), bearer):
            raise Problem(401, "invalid x-api-key")
        version = headers.get("anthropic-version", "")
        if version not in VERSIONS:
            raise Problem(400, "anthropic-version: header is required")
        return version

    def answer(self, body: Json) -> Json:
        self._count += 1
        try:
            content = self.mind(body)
        except LookupError as error:
            raise Problem(500, str(error)) from None
        usage = self._usage(body, content)
        uses = any(block["type"] == "tool_use" for block in content)
        is_cut = usage["output_tokens"] > body["max_tokens"]
        return {
            "id": f"msg_{self._count:08d}",
            "type": "message",
            "role": "assistant",
            "model": body["model"],
            "content": content,
            "stop_reason": "max_tokens" if is_cut else "tool_use" if uses else "end_turn",
            "stop_sequence": None,
            "usage": usage,
        }

    def _usage(self, body: Json, content: list[Json]) -> Json:
        """Instructions and tools are written into the cache once and read from it ever after."""
        prefix = json.dumps([body.get("tools", []), body.get("system", [])])
        is_cached = prefix in self._cached
        self._cached.add(prefix)
        size = len(prefix) // _LETTERS
        return {
            "input_tokens": len(json.dumps(body["messages"])) // _LETTERS,
            "cache_creation_input_tokens": 0 if is_cached else size,
            "cache_read_input_tokens": size if is_cached else 0,
            "output_tokens": max(1, len(json.dumps(content)) // _LETTERS),
        }


Handler = Callable[[Request, ModelServer], Awaitable[Response]]


def routes(model: ModelServer) -> list[BaseRoute]:
    """Under `/anthropic`."""
    doors = (("/messages", _messages, "POST"), ("/models/{name}", _one_model, "GET"))
    return [
        Route(f"/anthropic/v1{path}", _endpoint(model, handler), methods=[method])
        for path, handler, method in doors
    ]


async def _messages(request: Request, model: ModelServer) -> Response:
    body = await request.json()
    model.requests.append(body)
    faults = model.faults if model.faults.strike() else Faults()
    version = model.let_in(request.headers)
    if faults.hang_s:
        await asyncio.sleep(faults.hang_s)
    if faults.status:
        raise Problem(faults.status, "as it was told to", faults.retry_after_s)
    asked = check(body, version)
    if asked["model"] not in MODELS:
        raise Problem(404, f"model: {asked['model']}")
    message = model.answer(asked)
    if not asked.get("stream"):
        return JSONResponse(message)
    return StreamingResponse(_streamed(message, faults), media_type="text/event-stream")


async def _one_model(request: Request, model: ModelServer) -> Response:
    model.let_in(request.headers)
    if model.faults.status and model.faults.strike():
        raise Problem(model.faults.status, "as it was told to")
    name = request.path_params["name"]
    if name not in MODELS:
        raise Problem(404, f"model: {name}")
    told = {"type": "model", "id": name, "display_name": name}
    return JSONResponse(told | {"created_at": "2026-09-01T00:00:00Z"})


def _endpoint(model: ModelServer, handler: Handler) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        try:
            return await handler(request, model)
        except Problem as problem:
            return JSONResponse(problem.body, problem.status, problem.headers)

    return endpoint


async def _streamed(message: Json, faults: Faults) -> AsyncIterator[bytes]:
    for sent, event in enumerate(stream.events(message)):
        if sent == faults.cut_after:
            raise ConnectionResetError("cut as it was told to")
        if sent == faults.end_after:
            return
        if sent == faults.garble_after:
            yield stream.GARBLED
        if sent == faults.error_after:
            yield stream.error(error_body(529, "Overloaded"))
            return
        yield event
        if sent == 0 and faults.pings_s:
            for _ in range(int(faults.pings_s * 20)):
                await asyncio.sleep(0.05)
                yield stream.PING
