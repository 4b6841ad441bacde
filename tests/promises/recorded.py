"""What was sent to the bot, to be sent again: as it was, or bent and signed anew."""

import copy
import hashlib
import hmac
import json
from dataclasses import dataclass, replace
from itertools import count
from typing import Any
from urllib.parse import parse_qsl, urlencode

from starlette.types import Message, Receive, Scope, Send

from tests.company import SECRETS, Json
from tests.flows.screen import Seen
from tests.world import World

DOORS = ("/slack/", "/hooks/")
_FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Letter:
    """One request, byte for byte."""

    path: str
    headers: tuple[tuple[str, str], ...]
    body: bytes

    @property
    def fields(self) -> dict[str, str]:
        """Of a click, a form or a slash command."""
        return dict(parse_qsl(self.body.decode(), keep_blank_values=True))

    @property
    def payload(self) -> Json:
        """Of a click or a form."""
        payload: Json = json.loads(self.fields["payload"])
        return payload


class Recorder:
    """Stands before the bot's front door and lets everything through."""

    def __init__(self, world: World) -> None:
        self.letters: list[Letter] = []
        self._world, self._behind = world, world.server.app
        self._numbers = count(1)
        world.server.app = self._serve

    def leave(self) -> None:
        self._world.server.app = self._behind

    def click(self, seen: Seen, label: str, by: str) -> Json:
        """What Slack sends when somebody presses this; nothing that follows is carried yet."""
        seen.press_only(label, by=by)
        return self.letters[-1].payload

    def again(self, letter: Letter) -> int:
        """The very same bytes; the status of the answer."""
        return self._post(letter)

    def payload(self, payload: Any, secret: str = SECRETS["SLACK_SIGNING_SECRET"]) -> int:
        """A click or form that Slack signs now."""
        return self.form({"payload": json.dumps(payload)}, secret)

    def form(self, fields: Json, secret: str = SECRETS["SLACK_SIGNING_SECRET"]) -> int:
        """The same of a slash command, whose fields are the form's own."""
        body = urlencode(fields).encode()
        return self._post(Letter("/slack/events", _signed(self._world, body, secret), body))

    def resigned(self, letter: Letter) -> int:
        """The same input, as if Slack sent it again now."""
        kept = tuple(pair for pair in letter.headers if not pair[0].startswith("x-slack-"))
        secret = SECRETS["SLACK_SIGNING_SECRET"]
        stamps = _signed(self._world, letter.body, secret)[1:]
        return self._post(replace(letter, headers=(*kept, *stamps)))

    def fresh(self, payload: Json) -> Json:
        """Another gesture of the same content: no inbox knows it."""
        copied = copy.deepcopy(payload)
        copied["trigger_id"] = f"1790154000.{next(self._numbers)}.promise"
        return copied

    def _post(self, letter: Letter) -> int:
        answer = self._world.server.http.post(
            letter.path, content=letter.body, headers=list(letter.headers)
        )
        return answer.status_code

    async def _serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not str(scope.get("path", "")).startswith(DOORS):
            await self._behind(scope, receive, send)
            return
        parts: list[bytes] = []

        async def heard() -> Message:
            message = await receive()
            parts.append(message.get("body", b""))
            return message

        await self._behind(scope, heard, send)
        headers = tuple((name.decode(), value.decode()) for name, value in scope["headers"])
        kept = tuple(pair for pair in headers if pair[0] not in ("host", "content-length"))
        self.letters.append(Letter(scope["path"], kept, b"".join(parts)))


def _signed(world: World, body: bytes, secret: str) -> tuple[tuple[str, str], ...]:
    stamp = str(int(world.clock.now().timestamp()))
    base = b"v0:" + stamp.encode() + b":" + body
    digest = hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()
    return (
        ("content-type", _FORM),
        ("x-slack-request-timestamp", stamp),
        ("x-slack-signature", f"v0={digest}"),
    )
