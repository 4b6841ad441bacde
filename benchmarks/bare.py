"""A Bolt app as its own documentation begins one: it verifies, dispatches and acknowledges."""

import re
import sys

import uvicorn
from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.authorization import AuthorizeResult
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sandbox.world import SECRETS


async def authorize() -> AuthorizeResult:
    """Without it Bolt would ask Slack who it is, at the first request."""
    return AuthorizeResult(
        enterprise_id=None, team_id="T0BACKSTOP1", bot_token=SECRETS["SLACK_BOT_TOKEN"]
    )


def application() -> Starlette:
    app = AsyncApp(
        signing_secret=SECRETS["SLACK_SIGNING_SECRET"],
        authorize=authorize,
        process_before_response=True,
    )

    @app.action(re.compile(".*"))
    async def acknowledge(ack: AsyncAck) -> None:
        await ack()

    handler = AsyncSlackRequestHandler(app)

    async def events(request: Request) -> Response:
        return await handler.handle(request)

    async def ready(request: Request) -> Response:
        return Response()

    return Starlette(
        routes=[Route("/slack/events", events, methods=["POST"]), Route("/readyz", ready)]
    )


if __name__ == "__main__":
    uvicorn.run(
        application(),
        host="127.0.0.1",
        port=int(sys.argv[1]),
        loop="uvloop",
        http="httptools",
        access_log=False,
        log_level="warning",
    )
