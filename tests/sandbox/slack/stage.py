"""A small workspace served on a free port, a bot that records, and people who act."""

import json
import queue
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs

from slack_sdk import WebClient
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sandbox.slack import Workspace, routes
from tests.loopback import PATIENCE_S, Loopback

Json = dict[str, Any]
BOT = "U0BOT"
SCOPES = [
    "app_mentions:read",
    "channels:history",
    "channels:read",
    "chat:write",
    "commands",
    "groups:history",
    "groups:read",
    "im:history",
    "im:read",
    "im:write",
    "reactions:write",
    "team:read",
    "usergroups:read",
    "users.profile:read",
    "users:read",
    "users:read.email",
]
EVENTS = [
    "app_home_opened",
    "app_mention",
    "channel_archive",
    "channel_deleted",
    "member_joined_channel",
    "message.channels",
    "message.groups",
    "message.im",
    "user_change",
]


def manifest(*, socket_mode: bool = False) -> Json:
    return {
        "display_information": {"name": "Backstop"},
        "features": {
            "app_home": {"home_tab_enabled": True},
            "slash_commands": [{"command": "/kb", "description": "Ask", "usage_hint": "QUESTION"}],
            "shortcuts": [{"callback_id": "to_ticket", "name": "Make a ticket", "type": "message"}],
        },
        "oauth_config": {"scopes": {"bot": list(SCOPES)}},
        "settings": {
            "interactivity": {"is_enabled": True},
            "event_subscriptions": {"bot_events": list(EVENTS)},
            "socket_mode_enabled": socket_mode,
        },
    }


def small_workspace() -> Workspace:
    """Ana and Bo are members, Gus a guest, Sam from another workspace, Dee deactivated."""
    workspace = Workspace(
        team={"id": "T1", "name": "Nordlicht", "domain": "nordlicht"},
        app={"id": "A1", "name": "Backstop", "bot_user_id": BOT, "bot_id": "B1"},
        people=[
            {"id": "U1", "name": "ana", "real_name": "Ana Lindt", "email": "ana@nordlicht.example"},
            {"id": "U2", "name": "bo", "real_name": "Bo Aksel", "email": "bo@nordlicht.example"},
            {"id": "U3", "name": "gus", "is_restricted": True},
            {
                "id": "U4",
                "name": "sam",
                "team_id": "T9",
                "is_stranger": True,
                "email": "s@x.example",
            },
            {"id": "U5", "name": "dee", "deleted": True},
        ],
        channels=[
            {"id": "C1", "name": "general", "members": ["U1", "U2", BOT]},
            {"id": "C2", "name": "elsewhere", "members": ["U1"]},
            {"id": "C3", "name": "old", "members": ["U1", BOT], "is_archived": True},
            {"id": "G1", "name": "approvals", "members": ["U1", BOT], "is_private": True},
            {"id": "G2", "name": "secret", "members": ["U2"], "is_private": True},
            {"id": "C4", "name": "shared", "members": ["U1", "U4", BOT], "is_ext_shared": True},
        ],
        usergroups=[{"id": "S1", "handle": "leads", "name": "Leads", "users": ["U1"]}],
    )
    workspace.install(manifest())
    return workspace


@dataclass(frozen=True)
class Received:
    """One HTTP delivery as the bot got it."""

    raw: bytes
    headers: dict[str, str]

    @property
    def payload(self) -> Json:
        if self.headers["content-type"] == "application/json":
            body: Json = json.loads(self.raw)
            return body
        form = {key: values[0] for key, values in parse_qs(self.raw.decode()).items()}
        return json.loads(form["payload"]) if "payload" in form else form


class RecordingBot:
    """Keeps what it was sent and answers 200, or what `answer` says."""

    def __init__(self) -> None:
        self.received: queue.Queue[Received] = queue.Queue()
        self.answer: Callable[[Json], Response] = lambda payload: Response()
        self.instead: Callable[[Request], Awaitable[Response]] | None = None

    async def endpoint(self, request: Request) -> Response:
        if self.instead is not None:
            return await self.instead(request)
        seen = Received(await request.body(), dict(request.headers))
        answer = self.answer(seen.payload)
        self.received.put(seen)
        return answer

    def next(self) -> Received:
        return self.received.get(timeout=PATIENCE_S)

    def next_payload(self, kind: str) -> Json:
        """The next interaction of a type; what comes before it is passed over."""
        while True:
            payload = self.next().payload
            if payload.get("type") == kind:
                return payload

    def next_event(self, kind: str) -> Json:
        """The next event of a type (or "type.subtype"); others before it are passed over."""
        while True:
            event: Json = self.next().payload.get("event", {})
            if kind in (event.get("type"), f"{event.get('type')}.{event.get('subtype')}"):
                return event


class Stage:
    """Everything a test touches: the workspace's state, its API, its seats and the bot."""

    def __init__(self, workspace: Workspace, server: "Server", bot: RecordingBot) -> None:
        self.workspace, self.bot = workspace, bot
        self.url, self.http = server.url, server.http
        self.web = self.client(workspace.bot_token)

    def client(self, token: str) -> WebClient:
        return WebClient(token=token, base_url=f"{self.url}/api/", retry_handlers=[])

    def call(self, method: str, **args: Any) -> Json:
        """A Web API call whose refusal is an answer, not an exception."""
        token = {"Authorization": f"Bearer {self.workspace.bot_token}"}
        answer: Json = self.http.post(f"/api/{method}", json=args, headers=token).json()
        return answer

    def do(self, who: str, act: str, **facts: Any) -> Json:
        answer: Json = self.http.post(
            "/sandbox/slack/do", json={"as": who, "act": act, **facts}
        ).json()
        return answer

    def see(self, who: str, channel: str, **query: str) -> list[Json]:
        found = self.http.get(
            "/sandbox/slack/messages", params={"as": who, "channel": channel, **query}
        ).json()
        messages: list[Json] = found["messages"]
        return messages

    def post_card(self, channel: str = "C1", **more: Any) -> str:
        """A message with the button "go" in block "card"; answers its ts."""
        return str(
            self.web.chat_postMessage(channel=channel, text="Card", blocks=card(), **more)["ts"]
        )

    def click(self, who: str, ts: str, channel: str = "C1", **more: Any) -> Json:
        place = {"channel": channel, "ts": ts, "block_id": "card", "action_id": "go"}
        return self.do(who, "click", **{**place, **more})

    def open_modal(self, view: Json, who: str = "U1") -> Json:
        """Has `who` click and the bot answer with `view`; answers the open view."""
        self.click(who, self.post_card())
        trigger = self.bot.next_payload("block_actions")["trigger_id"]
        answer = self.call("views.open", trigger_id=trigger, view=view)
        assert answer["ok"], answer
        body: Json = answer["view"]
        return body


def card() -> list[Json]:
    text = {"type": "plain_text", "text": "Go"}
    button = {"type": "button", "action_id": "go", "text": text, "value": "17"}
    return [{"type": "actions", "block_id": "card", "elements": [button]}]


def modal(**more: Any) -> Json:
    """A modal with one required input, "why" in block "reason"."""
    reason = {
        "type": "input",
        "block_id": "reason",
        "label": {"type": "plain_text", "text": "Reason"},
        "element": {"type": "plain_text_input", "action_id": "why"},
    }
    view: Json = {
        "type": "modal",
        "callback_id": "reject",
        "title": {"type": "plain_text", "text": "Reject"},
        "submit": {"type": "plain_text", "text": "Send"},
        "blocks": [reason],
    }
    return {**view, **more}


class Server(Loopback):
    """The workspace's, with the bot beside it."""

    def put_on(self, workspace: Workspace, bot: RecordingBot) -> None:
        """Serves `workspace`, and the bot at /bot."""
        workspace.public_url, workspace.events_url = self.url, f"{self.url}/bot"
        mine = Route("/bot", bot.endpoint, methods=["POST"])
        self.app = Starlette(routes=[*routes(workspace), mine])
        self.wait_for(workspace.start())
