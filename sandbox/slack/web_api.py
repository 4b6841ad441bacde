"""The door of the Web API: token, scope, quota, faults, and the shape of every answer."""

import asyncio
import json
from typing import Any
from urllib.parse import parse_qsl

from starlette.requests import ClientDisconnect, Request
from starlette.types import Receive, Scope, Send

from sandbox.slack.errors import ApiError
from sandbox.slack.idents import new_secret
from sandbox.slack.methods import METHODS
from sandbox.slack.methods.method import Method, check_scope
from sandbox.slack.people import Json
from sandbox.slack.workspace import Workspace

FORM = "application/x-www-form-urlencoded"


class WebApi:
    """An ASGI endpoint rather than a Starlette view: to drop a connection after a commit it
    needs the raw `receive`, and it answers in a fraction of a millisecond."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        name = request.path_params["method"]
        faults = self._workspace.faults
        if faults.down:
            self._workspace.journal.call(name, {}, "http_503")
            await _send(send, 503, b"service unavailable", {"content-type": "text/plain"})
            return
        if faults.hits(name):
            if self._workspace.chance(faults.hang):
                await asyncio.sleep(faults.hang_s)
            if self._workspace.chance(faults.error_500):
                self._workspace.journal.call(name, {}, "http_500")
                await _send(send, 500, b"internal error", {"content-type": "text/plain"})
                return
        try:
            args = await _arguments(request)
        except ApiError as error:
            await self._answer(send, error, None)
            return
        except ClientDisconnect:
            return
        method = METHODS.get(name)
        answer = self.call(name, method, args, request.headers.get("authorization", ""))
        committed = method is not None and method.writes and isinstance(answer, dict)
        if committed and faults.hits(name) and self._workspace.chance(faults.drop_after_commit):
            await hang_up(receive, send)
            return
        await self._answer(send, answer, method)

    def call(
        self, name: str, method: Method | None, args: Json, authorization: str
    ) -> Json | ApiError:
        """Runs one call and writes it into the journal."""
        answer: Json | ApiError
        try:
            if method is None:
                raise ApiError("unknown_method", req_method=name)
            self._check_token(method, args, authorization)
            check_scope(self._workspace, *method.scopes)
            self._check_quota(name, method)
            answer = method.run(self._workspace, args)
        except ApiError as error:
            answer = error
        failed = answer.error if isinstance(answer, ApiError) else None
        self._workspace.journal.call(name, args, failed)
        return answer

    def _check_token(self, method: Method, args: Json, authorization: str) -> None:
        form_token = args.pop("token", None)
        kind, _, token = authorization.partition(" ")
        if kind.lower() != "bearer" or not token:
            token = form_token or ""
        if not token:
            raise ApiError("not_authed")
        known = {self._workspace.bot_token: "bot", self._workspace.app_token: "app"}.get(token)
        if known is None:
            raise ApiError("invalid_auth")
        if method.token not in (known, "any"):
            raise ApiError("not_allowed_token_type")
        if method.token == "any":
            args["token_kind"] = known

    def _check_quota(self, name: str, method: Method) -> None:
        faults = self._workspace.faults
        if faults.ratelimited and faults.hits(name):
            raise ApiError("ratelimited", retry_after=faults.retry_after_s)
        if method.tier != 0 and (wait := self._workspace.quotas.wait_for(name, method.tier)):
            raise ApiError("ratelimited", retry_after=wait)

    async def _answer(self, send: Send, answer: Json | ApiError, method: Method | None) -> None:
        headers = {
            "content-type": "application/json; charset=utf-8",
            "x-oauth-scopes": ",".join(sorted(self._workspace.scopes)),
            "x-slack-req-id": new_secret(),
        }
        if method is not None:
            headers["x-accepted-oauth-scopes"] = ",".join(method.scopes)
        status = 200
        if isinstance(answer, ApiError):
            body = {"ok": False, "error": answer.error, **answer.extra}
            if (wait := body.pop("retry_after", None)) is not None:
                status, headers["retry-after"] = 429, str(wait)
        else:
            body = {"ok": True, **answer}
        await _send(send, status, json.dumps(body, separators=(",", ":")).encode(), headers)


async def _arguments(request: Request) -> Json:
    """Query, form or JSON. A token counts in a form and in the header, never in JSON or a query."""
    args: Json = {k: v for k, v in request.query_params.items() if k != "token"}
    if request.method == "GET":
        return args
    raw = await request.body()
    content_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if content_type == "application/json":
        args.update(_object(raw))
        args.pop("token", None)
    elif content_type == FORM or not raw:
        args.update(parse_qsl(raw.decode(errors="replace"), keep_blank_values=True))
    elif content_type == "multipart/form-data":
        form = await request.form()
        args.update({key: value for key, value in form.items() if isinstance(value, str)})
    else:
        raise ApiError("invalid_post_type")
    return args


def _object(raw: bytes) -> Json:
    try:
        body: Any = json.loads(raw or b"{}")
    except (ValueError, RecursionError):
        raise ApiError("invalid_json") from None
    if not isinstance(body, dict):
        raise ApiError("json_not_object")
    return body


async def _send(send: Send, status: int, body: bytes, headers: dict[str, str]) -> None:
    pairs = [(key.encode(), value.encode()) for key, value in headers.items()]
    pairs.append((b"content-length", str(len(body)).encode()))
    await send({"type": "http.response.start", "status": status, "headers": pairs})
    await send({"type": "http.response.body", "body": body})


async def hang_up(receive: Receive, send: Send) -> None:
    """Closes the connection without a byte of an answer.

    ASGI has no message for that, so this reaches for the transport of the server that called;
    under a server that hides it, the answer breaks off after its head instead.
    """
    transport = getattr(getattr(receive, "__self__", None), "transport", None)
    if transport is None:
        head = [(b"content-length", b"1000")]
        await send({"type": "http.response.start", "status": 200, "headers": head})
        return
    transport.abort()
    while (await receive())["type"] != "http.disconnect":
        pass
