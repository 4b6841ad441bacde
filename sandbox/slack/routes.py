"""Where everything of the workspace is reached."""

from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route, WebSocketRoute

from sandbox.slack.errors import SeatError
from sandbox.slack.responses import ResponseDoor
from sandbox.slack.seat.acts import Acting
from sandbox.slack.seat.reading import Reading
from sandbox.slack.web_api import WebApi
from sandbox.slack.workspace import Workspace

Endpoint = Callable[[Request], Awaitable[Response]]


def routes(workspace: Workspace) -> list[BaseRoute]:
    """Web API, response urls, sockets, and the seat API under /sandbox/slack."""
    reading, acting = Reading(workspace), Acting(workspace)
    responses = ResponseDoor(workspace)
    seat = "/sandbox/slack"
    return [
        Route("/api/{method}", WebApi(workspace), methods=["GET", "POST"]),
        Route("/response/{token}", responses.post, methods=["POST"]),
        WebSocketRoute("/link", workspace.sockets.serve),
        Route(f"{seat}/do", acting.do, methods=["POST"]),
        Route(f"{seat}/workspace", _kindly(reading.workspace)),
        Route(f"{seat}/messages", _kindly(reading.messages)),
        Route(f"{seat}/home", _kindly(reading.home)),
        Route(f"{seat}/view", _kindly(reading.view)),
        Route(f"{seat}/stream", _kindly(reading.stream)),
        Route(f"{seat}/log", _kindly(reading.log)),
        Route(f"{seat}/settings", _kindly(reading.settings), methods=["GET", "POST"]),
    ]


def _kindly(endpoint: Endpoint) -> Endpoint:
    async def answer(request: Request) -> Response:
        try:
            return await endpoint(request)
        except SeatError as error:
            return JSONResponse({"ok": False, "error": str(error)}, 404)

    return answer
