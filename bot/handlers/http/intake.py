"""`POST /hooks/{source}`: verified, translated, handed over; 200 only once that is stored."""

import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import BaseRoute, Route

from bot.config import Settings
from bot.handlers import signatures
from bot.handlers.http import generic_body, intercom_body, monitor_body, zendesk_body
from bot.handlers.http.json_body import read_object
from bot.handlers.http.received import (
    Ignored,
    Outcome,
    Outlived,
    Received,
    Signalled,
    Unreadable,
)
from bot.handlers.signatures import Scheme, Signed, Unsigned
from bot.ports import Clock

log = logging.getLogger(__name__)

Accept = Callable[[Received | Signalled], Awaitable[None]]
Reader = Callable[[str, Mapping[str, Any], Signed, datetime], Outcome]


@dataclass(frozen=True)
class Door:
    """How one source proves itself and how its bodies are read; `by_address` is for those that
    can send no header and have their secret in the address instead."""

    verify: Scheme
    read: Reader
    secrets: Sequence[str]
    by_address: bool = False


_HELP_DESKS: Mapping[str, tuple[Scheme, Reader]] = {
    "zendesk": (signatures.zendesk, zendesk_body.read),
    "intercom": (signatures.intercom, intercom_body.read),
}
_NOBODY = Door(signatures.standard, generic_body.read, ("bm9ib2R5",))


def intake_routes(
    accept: Accept, settings: Settings, secrets: Mapping[str, str], clock: Clock
) -> list[BaseRoute]:
    """Build the route for the sources that app.yaml names.

    `secrets` maps names of environment variables to values; a source none of whose secrets has a
    value refuses every call. `accept` returns once the news is stored, and is called again with
    the same `event_id` when the sender repeats itself.
    """
    doors = _doors(settings, secrets)

    async def hook(request: Request) -> JSONResponse:
        body = await request.body()
        source = request.path_params["source"]
        door = doors.get(source, _NOBODY)
        now = clock.now()
        headers = request.scope["headers"]
        if (token := request.path_params.get("token")) is not None:
            given = (b"authorization", f"Bearer {token}".encode())
            headers = [*headers, given] if door.by_address else []
        verdict = door.verify(headers, body, door.secrets, now)
        if door is _NOBODY:  # after the work of a known source, so that time tells no names
            return JSONResponse({"error": "unknown source"}, 404)
        if isinstance(verdict, Unsigned):
            log.warning("hook refused source=%s reason=%s", source, verdict.reason)
            return JSONResponse({"error": "signature refused"}, 401)
        read = read_object(body)
        if not isinstance(read, Unreadable):
            return await _answer(accept, source, door.read(source, read, verdict, now))
        return await _answer(accept, source, read)

    return [
        Route("/hooks/{source}", hook, methods=["POST"]),
        Route("/hooks/{source}/{token}", hook, methods=["POST"]),
    ]


def _doors(settings: Settings, secrets: Mapping[str, str]) -> dict[str, Door]:
    def values(names: Sequence[str]) -> tuple[str, ...]:
        return tuple(value for name in names if (value := secrets.get(name, "")))

    doors = {
        name: Door(signatures.standard, generic_body.read, values(source.secrets))
        for name, source in settings.sources.items()
    }
    for name, monitor in settings.monitors.items():
        read, by_address = monitor_body.READERS[monitor.kind], monitor.kind == "statuspage"
        doors[name] = Door(signatures.monitor, read, values(monitor.secrets), by_address)
    desk = settings.help_desk
    if desk.kind in _HELP_DESKS:
        verify, read = _HELP_DESKS[desk.kind]
        doors[desk.kind] = Door(verify, read, values(desk.webhook_secrets))
    return doors


async def _answer(accept: Accept, source: str, outcome: Outcome) -> JSONResponse:
    match outcome:
        case Received() | Signalled():
            return await _hand_over(accept, outcome)
        case Ignored(reason):
            return JSONResponse({"ignored": reason})
        case Outlived(reason):
            log.warning("hook refused source=%s reason=replay", source)
            return JSONResponse({"error": reason}, 401)
        case Unreadable(reason):
            log.warning("hook unreadable source=%s reason=%s", source, reason)
            return JSONResponse({"error": reason}, 400)


async def _hand_over(accept: Accept, received: Received | Signalled) -> JSONResponse:
    try:
        await accept(received)
    except Exception as error:
        # Only the kind of error: its words may quote the ticket.
        log.error(
            "hook not stored source=%s event=%s error=%s",
            received.source,
            received.event_id,
            type(error).__name__,
        )
        return JSONResponse({"error": "not stored, send again"}, 503, {"retry-after": "5"})
    return JSONResponse({"ok": True})
