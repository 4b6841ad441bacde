"""`/v1`: the door for other agents. Who asks is proved by a key before anything is read."""

import asyncio
import hashlib
import hmac
import logging
import re
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ValidationError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from bot import agent_commands as commands
from bot.bus import Origin
from bot.cards import Answer, FormErrors, Notice, Told
from bot.config import Settings
from bot.handlers.http.agent_schemas import (
    BODIES,
    ActBody,
    EscalationBody,
    ResolutionBody,
    Scope,
    document,
)
from bot.handlers.http.json_body import read_object
from bot.handlers.http.received import Unreadable

log = logging.getLogger(__name__)

Submit = Callable[[commands.AgentCommand, Origin | None], "Future[Answer]"]

_KEY = re.compile(r"[\x21-\x7e]{1,200}")
_NUMBER = re.compile(r"[1-9][0-9]{0,17}")


class _Problem(Exception):
    """RFC 9457; `detail` says what to do next."""

    def __init__(
        self, status: int, title: str, detail: str = "", fields: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(title)
        told: dict[str, Any] = {"title": title, "status": status}
        told |= {"detail": detail} if detail else {}
        told |= {"fields": dict(fields)} if fields else {}
        headers = {"WWW-Authenticate": "Bearer"} if status == 401 else {}
        headers |= {"Retry-After": "5"} if status == 503 else {}
        self.response = JSONResponse(told, status, headers, media_type="application/problem+json")


@dataclass(frozen=True)
class _Keyring:
    """`keys` and `scopes` by the agent's name."""

    keys: Mapping[str, tuple[str, ...]]
    scopes: Mapping[str, tuple[str, ...]]

    def agent(self, request: Request, scope: Scope) -> str:
        """Whose key it is; every key is compared, so that time tells none of them."""
        kind, _, given = request.headers.get("authorization", "").partition(" ")
        found = [
            name
            for name, keys in self.keys.items()
            for key in keys
            if hmac.compare_digest(key.encode(), given.strip().encode())
        ]
        if kind.lower() != "bearer" or not found:
            title = "This takes a key."
            raise _Problem(401, title, "Send Authorization: Bearer KEY, as app.yaml names it.")
        if scope not in self.scopes[found[0]]:
            detail = f"Add {scope} to its scopes under agent.others in app.yaml."
            raise _Problem(403, "This key does not reach so far.", detail)
        return found[0]


def agent_routes(
    submit: Submit, settings: Settings, keys: Mapping[str, tuple[str, ...]]
) -> list[BaseRoute]:
    """The routes, where app.yaml names other agents; else none."""
    others = settings.agent.others
    if not others:
        return []
    ring = _Keyring(
        {name: tuple(filter(None, keys.get(name, ()))) for name in others},
        {name: one.scopes for name, one in others.items()},
    )
    told = document()

    async def post(request: Request) -> Response:
        return await _answered(_post(request, ring, submit))

    async def get(request: Request) -> Response:
        return await _answered(_get(request, ring, submit))

    async def describe(_: Request) -> Response:
        return JSONResponse(told)

    return [
        *(Route(path, post, methods=["POST"]) for path in BODIES),
        Route("/v1/acts/{id}", get, methods=["GET"]),
        Route("/v1/openapi.json", describe, methods=["GET"]),
    ]


async def _answered(answering: Any) -> Response:
    try:
        response: Response = await answering
    except _Problem as problem:
        return problem.response
    return response


async def _post(request: Request, ring: _Keyring, submit: Submit) -> Response:
    scope, model = BODIES[request.url.path]
    agent = ring.agent(request, scope)
    key = request.headers.get("idempotency-key", "")
    if not _KEY.fullmatch(key):
        detail = "Send Idempotency-Key: 1 to 200 printable characters, the same for the same wish."
        raise _Problem(400, "An Idempotency-Key is needed.", detail)
    body = await request.body()
    read = read_object(body)
    if isinstance(read, Unreadable):
        raise _Problem(400, f"The body is {read.reason}.")
    try:
        asked = model.model_validate(read)
    except ValidationError as error:
        raise _Problem(422, "Something in it is wrong.", fields=_fields(error)) from None
    # Of the path too: one key for two kinds of wishes is a mistake.
    digest = hashlib.sha256(request.url.path.encode() + b"\n" + body).hexdigest()
    command = _command(agent, digest, asked)
    told = await _told(submit(command, Origin(f"agent:{agent}", f"{key}")))
    if told.pop("request") != digest:
        detail = "Choose a new key for a new wish."
        raise _Problem(409, "This key was used for something else.", detail)
    return JSONResponse(told, 202)


async def _get(request: Request, ring: _Keyring, submit: Submit) -> Response:
    agent = ring.agent(request, "acts")
    number = request.path_params["id"]
    if not _NUMBER.fullmatch(number):
        raise _Problem(404, "No act of yours has this number.")
    told = await _told(submit(commands.ShowAct(agent, int(number)), None))
    if not told:
        raise _Problem(404, "No act of yours has this number.")
    return JSONResponse(told)


async def _told(answering: "Future[Answer]") -> dict[str, Any]:
    try:
        answer = await asyncio.wrap_future(answering)
    except Exception as error:
        # Only the kind of error: its words may quote the ticket.
        log.error("what an agent asked for is not stored: %s", type(error).__name__)
        raise _Problem(503, "Not stored.", "Send it again with the same key.") from None
    match answer:
        case Told(facts):
            return dict(facts)
        case FormErrors(fields):
            raise _Problem(422, "Something in it is wrong.", fields=fields)
        case Notice(text):
            raise _Problem(422, text)
    raise _Problem(503, "Not stored.", "Send it again with the same key.")


def _command(agent: str, digest: str, asked: BaseModel) -> commands.AgentCommand:
    match asked:
        case EscalationBody():
            return commands.EscalateTicket(
                agent, digest, asked.ticket, asked.reason, asked.summary, asked.tried
            )
        case ActBody():
            return commands.ProposeAct(
                agent, digest, asked.ticket, asked.kind, asked.args, asked.category
            )
        case ResolutionBody():
            return commands.ReportResolution(
                agent, digest, asked.ticket, asked.answer, tuple(asked.cites), asked.category
            )
    raise TypeError(type(asked).__name__)


def _fields(error: ValidationError) -> dict[str, str]:
    """By the path of each; the values themselves are not repeated."""
    told = error.errors(include_input=False, include_url=False, include_context=False)
    return {".".join(map(str, one["loc"])) or "body": one["msg"] for one in told}
