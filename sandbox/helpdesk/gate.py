"""What stands before every API method: who asks, how often, and what goes wrong today."""

import asyncio
import json
import math
from collections import deque
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Any, Protocol

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from sandbox.dice import Dropped
from sandbox.helpdesk.desk import HelpDesk, Invalid
from sandbox.helpdesk.records import User


class Refusal(Exception):
    """An error answer in the vendor's shape."""

    def __init__(
        self, status: int, body: dict[str, Any], headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(str(status))
        self.status = status
        self.body = body
        self.headers = dict(headers or {})


@dataclass(frozen=True)
class Call:
    """One authenticated request; `body` is its JSON object, empty for a GET."""

    desk: HelpDesk
    request: Request
    actor: User
    body: dict[str, Any]

    def path(self, name: str) -> str:
        return str(self.request.path_params[name])

    def query(self, name: str, default: str = "") -> str:
        return str(self.request.query_params.get(name, default))


Handler = Callable[[Call], dict[str, Any] | tuple[int, dict[str, Any]]]


class Dialect(Protocol):
    """How a vendor authenticates and how it says no."""

    def actor(self, desk: HelpDesk, request: Request) -> User: ...

    def too_many(self, wait: int) -> Refusal: ...

    def broken(self) -> Refusal: ...

    def bad_json(self) -> Refusal: ...

    def invalid(self, why: str) -> Refusal: ...


class Limit:
    """So many requests in any minute; the number may change while it runs."""

    def __init__(self, per_minute: Callable[[], int], now: Callable[[], float]) -> None:
        self._per_minute = per_minute
        self._now = now
        self._times: deque[float] = deque()

    def wait(self) -> int:
        """Count this request; return the seconds to wait when it is one too many, else 0."""
        now = self._now()
        while self._times and self._times[0] <= now - 60:
            self._times.popleft()
        if len(self._times) >= self._per_minute():
            oldest = self._times[0] if self._times else now
            return max(1, math.ceil(oldest + 60 - now))
        self._times.append(now)
        return 0

    @property
    def headers(self) -> dict[str, str]:
        limit = self._per_minute()
        left = str(max(0, limit - len(self._times)))
        return {"X-Rate-Limit": str(limit), "X-Rate-Limit-Remaining": left}


class Gate:
    """Turns plain functions into endpoints of one vendor's API."""

    def __init__(self, desk: HelpDesk, dialect: Dialect) -> None:
        self._desk = desk
        self._dialect = dialect
        self._late: list[tuple[float, Callable[[], object]]] = []
        self._limit = Limit(lambda: int(desk.requests_per_minute * desk.quota_scale), desk.now)

    def endpoint(
        self, handler: Handler, limit: Limit | None = None
    ) -> Callable[[Request], Awaitable[Response]]:
        """Guard the handler; `limit` is its own, beside that of the whole API."""

        async def guarded(request: Request) -> Response:
            try:
                return await self._answer(request, handler, limit)
            except Invalid as error:
                refusal = self._dialect.invalid(str(error))
            except Refusal as error:
                refusal = error
            return JSONResponse(refusal.body, refusal.status, headers=refusal.headers)

        return guarded

    async def _answer(self, request: Request, handler: Handler, limit: Limit | None) -> Response:
        actor = self._dialect.actor(self._desk, request)
        self._land()
        self._count(limit)
        if request.method == "GET" or request.url.path.endswith("/search"):
            if self._desk.dice.roll("read_error_500"):
                raise self._dialect.broken()
            return self._send(handler(Call(self._desk, request, actor, await self._body(request))))
        call = Call(self._desk, request, actor, await self._body(request))
        return await self._change(call, handler)

    def _count(self, limit: Limit | None) -> None:
        wait = self._limit.wait() or (limit.wait() if limit is not None else 0)
        if self._desk.dice.roll("rate_limit"):
            wait = wait or 1
        if wait:
            raise self._dialect.too_many(wait)

    def _land(self) -> None:
        """Make the late changes whose time has come, before anything is read or made."""
        now = self._desk.now()
        due = [late for late in self._late if late[0] <= now]
        for late in due:
            self._late.remove(late)
            with suppress(Refusal, Invalid):
                late[1]()

    async def _body(self, request: Request) -> dict[str, Any]:
        content = await request.body()
        if not content:
            return {}
        try:
            body = json.loads(content)
        except ValueError:
            raise self._dialect.bad_json() from None
        if not isinstance(body, dict):
            raise self._dialect.bad_json()
        return body

    async def _change(self, call: Call, handler: Handler) -> Response:
        dice = self._desk.dice
        if dice.roll("error_500"):
            raise self._dialect.broken()
        if dice.roll("blank_answer"):
            return HTMLResponse("<h1>Welcome</h1>")
        if dice.roll("land_late"):
            due = self._desk.now() + self._desk.faults.land_late_seconds
            self._late.append((due, partial(handler, call)))
            return Dropped()
        response = self._send(handler(call))
        if dice.roll("error_500_after_commit"):
            raise self._dialect.broken()
        if dice.roll("hang"):
            await asyncio.sleep(self._desk.faults.hang_seconds)
        return Dropped() if dice.roll("drop_after_commit") else response

    def _send(self, answer: dict[str, Any] | tuple[int, dict[str, Any]]) -> Response:
        status, body = answer if isinstance(answer, tuple) else (200, answer)
        return JSONResponse(body, status, headers=self._limit.headers)
