"""A tiny server that takes webhooks and answers as told."""

import queue
from dataclasses import dataclass, field

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route


@dataclass(frozen=True)
class Received:
    body: bytes
    headers: dict[str, str]


@dataclass
class Receiver:
    """`answers` are used up first; afterwards everything is taken with 200."""

    answers: list[Response] = field(default_factory=list)
    _received: "queue.Queue[Received]" = field(default_factory=queue.Queue)

    def app(self) -> Starlette:
        async def take(request: Request) -> Response:
            self._received.put(Received(await request.body(), dict(request.headers)))
            return self.answers.pop(0) if self.answers else Response()

        return Starlette(routes=[Route("/hooks", take, methods=["POST"])])

    def next(self) -> Received:
        """Wait for the next webhook."""
        return self._received.get(timeout=20)

    @property
    def is_empty(self) -> bool:
        return self._received.empty()
