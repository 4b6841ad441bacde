"""A bot of the smallest kind, started as a process where tests of the sandbox need one.

It answers the three command lines the supervisor uses, and runs inside a test where no process is
needed. Its configuration is JSON: the sandbox's `url`, its own `port`, and `charges` by subject.
"""

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import parse_qs

import httpx
import uvicorn
from starlette.applications import Starlette
from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox.plain_http import NO_ROOTS
from tests.sandbox import little_cards as cards

Json = dict[str, Any]


class LittleBot:
    def __init__(self, config: Json, secrets: Mapping[str, str]) -> None:
        self._charges: dict[str, str] = config["charges"]
        url = config["url"]
        self._slack = _client(f"{url}/api/", secrets["SLACK_BOT_TOKEN"])
        self._desk = _client(f"{url}/zendesk/api/v2/", secrets["ZENDESK_TOKEN"])
        self._pay = _client(f"{url}/stripe/v1/", secrets["STRIPE_API_KEY"])

    def app(self) -> Starlette:
        @asynccontextmanager
        async def lifespan(_: Starlette) -> AsyncIterator[None]:
            async with self._slack, self._desk, self._pay:
                yield

        return Starlette(
            lifespan=lifespan,
            routes=[
                Route("/readyz", self.ready),
                Route("/hooks/zendesk", self.ticket, methods=["POST"]),
                Route("/slack/events", self.slack, methods=["POST"]),
            ],
        )

    async def ready(self, _: Request) -> Response:
        return Response("ready")

    async def ticket(self, request: Request) -> Response:
        body = await request.json()
        if body["type"].endswith("ticket.created"):
            return Response(background=BackgroundTask(self._show, body["detail"]))
        return Response()

    async def slack(self, request: Request) -> Response:
        if request.headers["content-type"].startswith("application/json"):
            event = (await request.json())["event"]
            if event["type"] == "app_home_opened":
                view = {"user_id": event["user"], "view": cards.home()}
                return Response(background=BackgroundTask(self._call, "views.publish", view))
            return Response()
        form = {
            name: values[0] for name, values in parse_qs((await request.body()).decode()).items()
        }
        if "command" in form:
            return JSONResponse(cards.answer(form["text"]))
        return await self._interaction(json.loads(form["payload"]))

    async def _interaction(self, payload: Json) -> Response:
        if payload["type"] == "view_submission":
            return await self._submitted(payload["view"])
        if payload["type"] == "message_action":
            view = {"trigger_id": payload["trigger_id"], "view": cards.form("from the menu")}
            await self._call("views.open", view)
        if payload["type"] == "block_actions":
            await self._pressed(payload, payload["actions"][0])
        return Response()

    async def _pressed(self, payload: Json, action: Json) -> None:
        name = action["action_id"]
        if name in ("reply", "deeper"):
            method = "views.open" if name == "reply" else "views.push"
            view = cards.form(action["value"], deep=name == "deeper")
            await self._call(method, {"trigger_id": payload["trigger_id"], "view": view})
        elif name == "claim":
            claimed = cards.claimed(payload["message"], payload["user"]["id"])
            place = {"channel": payload["channel"]["id"], "ts": payload["message"]["ts"]}
            await self._call("chat.update", {**place, **claimed})
        elif name == "approve":
            self._later = asyncio.create_task(self._refund(action["value"]))
        elif name in ("more", "who"):
            text = f"You chose {action.get('selected_option', action.get('selected_user'))}"
            place = {"channel": payload["channel"]["id"], "user": payload["user"]["id"]}
            await self._call("chat.postEphemeral", {**place, "text": text})

    async def _submitted(self, view: Json) -> Response:
        text = view["state"]["values"]["words"]["text"]["value"]
        if len(text) < 5:
            errors = {"words": "Say a little more."}
            return JSONResponse({"response_action": "errors", "errors": errors})
        comment = {"ticket": {"comment": {"body": text, "public": True}}}
        if view["private_metadata"].isdecimal():
            await self._desk.put(f"tickets/{view['private_metadata']}.json", json=comment)
        return Response()

    async def _show(self, detail: Json) -> None:
        charge = self._charges.get(detail["subject"])
        card = cards.approval(detail, charge) if charge else cards.escalation(detail)
        await self._call("chat.postMessage", {"channel": "CAPP" if charge else "CESC", **card})

    async def _refund(self, charge: str) -> None:
        await self._pay.post(
            "refunds", data={"charge": charge}, headers={"Idempotency-Key": f"refund-{charge}"}
        )

    async def _call(self, method: str, arguments: Json) -> None:
        answer = (await self._slack.post(method, json=arguments)).json()
        if not answer["ok"]:
            raise RuntimeError(f"{method}: {answer}")


def _client(url: str, token: str) -> httpx.AsyncClient:
    headers = {"Authorization": f"Bearer {token}"}
    return httpx.AsyncClient(base_url=url, headers=headers, trust_env=False, verify=NO_ROOTS)


def main(arguments: list[str]) -> None:
    with open(arguments[-1], encoding="utf-8") as file:
        config = json.load(file)
    if arguments[0] == "manifest":
        print(json.dumps(cards.manifest()))
    elif arguments[0] == "import":
        print("imported", *arguments[1:-2], file=sys.stderr)
    else:
        uvicorn.run(LittleBot(config, os.environ).app(), host="127.0.0.1", port=config["port"])


if __name__ == "__main__":
    main(sys.argv[1:])
