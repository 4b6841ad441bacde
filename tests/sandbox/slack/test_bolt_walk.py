"""A small Bolt app against the workspace, in both modes: click, modal, submission, update."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from tests.sandbox.slack.sockets import until
from tests.sandbox.slack.stage import Server, Stage, modal

Json = dict[str, Any]


def small_app(stage: Stage, signing_secret: str) -> AsyncApp:
    """Go opens a modal; its submission redraws the card; /kb and mentions are answered."""
    web = AsyncWebClient(
        token=stage.workspace.bot_token, base_url=f"{stage.url}/api/", retry_handlers=[]
    )
    app = AsyncApp(client=web, signing_secret=signing_secret, process_before_response=True)

    @app.action("go")
    async def ask_why(ack: Any, body: Json, client: AsyncWebClient) -> None:
        place = body["container"]["message_ts"]
        await client.views_open(trigger_id=body["trigger_id"], view=modal(private_metadata=place))
        await ack()

    @app.view("reject")
    async def decide(ack: Any, view: Json, body: Json, client: AsyncWebClient) -> None:
        why = view["state"]["values"]["reason"]["why"]["value"]
        if len(why) < 3:
            await ack(response_action="errors", errors={"reason": "Say more"})
            return
        text = f"Rejected by {body['user']['name']}: {why}"
        await client.chat_update(channel="C1", ts=view["private_metadata"], text=text, blocks=[])
        await ack()

    @app.command("/kb")
    async def search(ack: Any, command: Json) -> None:
        await ack(f"Nothing on {command['text']}")

    @app.event("app_mention")
    async def greet(event: Json, client: AsyncWebClient) -> None:
        await client.chat_postMessage(channel=event["channel"], thread_ts=event["ts"], text="Yes?")

    @app.event("message")
    async def listen(event: Json) -> None:
        """Bolt complains about events nobody listens to."""

    return app


def walk(stage: Stage) -> None:
    """What a person does and sees; the same in both modes."""
    ts = stage.post_card()
    view = stage.click("U1", ts)["view"]
    short = stage.do("U1", "submit", view_id=view["id"], values={"reason": {"why": {"value": "x"}}})
    sent = stage.do(
        "U1", "submit", view_id=view["id"], values={"reason": {"why": {"value": "Too much"}}}
    )
    reply = stage.do("U1", "command", channel="C1", command="/kb", text="refunds")["reply"]
    [card] = [one for one in stage.see("U2", "C1") if one["ts"] == ts]

    assert short["errors"] == {"reason": "Say more"}
    assert (sent["ok"], sent["closed"]) == (True, True)
    assert (card["text"], card["blocks"]) == ("Rejected by ana: Too much", [])
    assert reply["text"] == "Nothing on refunds"


async def mention(stage: Stage) -> list[str]:
    asked = await asyncio.to_thread(stage.do, "U1", "post", channel="C1", text="@backstop hello")
    channel = stage.workspace.channels["C1"]
    await until(lambda: channel.threads.get(asked["ts"]))
    thread = await asyncio.to_thread(stage.see, "U1", "C1", thread=asked["ts"])
    return [one["text"] for one in thread]


@asynccontextmanager
async def by_socket(stage: Stage, app: AsyncApp) -> AsyncIterator[None]:
    stage.workspace.delivery = "socket"
    handler = AsyncSocketModeHandler(app, stage.workspace.app_token)
    await handler.connect_async()  # type: ignore[no-untyped-call]
    await until(lambda: stage.workspace.sockets.connections)
    yield
    await handler.close_async()  # type: ignore[no-untyped-call]


def test_a_bolt_app_is_clicked_through_by_socket(stage: Stage) -> None:
    """Bolt's Socket Mode handler serves the whole walk."""

    async def play() -> list[str]:
        app = small_app(stage, stage.workspace.signing_secret)
        async with by_socket(stage, app):
            await asyncio.to_thread(walk, stage)
            return await mention(stage)

    assert asyncio.run(play()) == ["<@U0BOT> hello", "Yes?"]


def test_a_bolt_app_is_clicked_through_by_http(server: Server, stage: Stage) -> None:
    """Bolt verifies our signatures and serves the whole walk from one URL."""

    async def build() -> AsyncSlackRequestHandler:
        return AsyncSlackRequestHandler(small_app(stage, stage.workspace.signing_secret))

    handler = server.wait_for(build())
    stage.bot.instead = handler.handle

    walk(stage)

    assert asyncio.run(mention(stage)) == ["<@U0BOT> hello", "Yes?"]


def test_bolt_refuses_deliveries_signed_with_another_secret(server: Server, stage: Stage) -> None:
    """A wrong signing secret shows at once: 401, and the person's click fails."""

    async def build() -> AsyncSlackRequestHandler:
        return AsyncSlackRequestHandler(small_app(stage, "another-secret"))

    stage.bot.instead = server.wait_for(build()).handle

    answer = stage.click("U1", stage.post_card())

    assert (answer["ok"], answer["status"]) == (False, 401)
