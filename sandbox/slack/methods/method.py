"""What a Web API method is, and how its arguments are read."""

import base64
import binascii
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from sandbox.slack.channels import Channel
from sandbox.slack.errors import ApiError
from sandbox.slack.people import Json
from sandbox.slack.workspace import Workspace

MOST_PER_PAGE = 999


@dataclass(frozen=True)
class Method:
    """`scopes`: any one of them opens the method; `tier` None is Slack's "special"; `writes`
    marks what a person sees, which the drop-after-commit fault hits."""

    run: Callable[[Workspace, Json], Json]
    tier: int | None
    scopes: tuple[str, ...] = ()
    token: Literal["bot", "app", "any"] = "bot"
    writes: bool = False


def required(args: Json, name: str) -> str:
    value = args.get(name)
    if value is None or value == "":
        message = f"[ERROR] missing required field: {name}"
        raise ApiError("invalid_arguments", response_metadata={"messages": [message]})
    return str(value)


def flag(args: Json, name: str) -> bool:
    return args.get(name) in (True, 1, "1", "true", "True")


def structure(args: Json, name: str, error: str) -> Any:
    """A JSON argument, which form bodies carry as a string; None when absent."""
    value = args.get(name)
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value) if value else None
    except ValueError:
        raise ApiError(error) from None


def page_size(args: Json, default: int = 100) -> int:
    try:
        size = int(args.get("limit") or default)
    except (TypeError, ValueError):
        raise ApiError("invalid_limit") from None
    if size < 1:
        raise ApiError("invalid_limit")
    return min(size, MOST_PER_PAGE)


def read_cursor(args: Json, kind: str) -> str | None:
    cursor = args.get("cursor")
    if not cursor:
        return None
    try:
        found, _, value = base64.b64decode(str(cursor), validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        raise ApiError("invalid_cursor") from None
    if found != kind:
        raise ApiError("invalid_cursor")
    return value


def next_cursor(kind: str, value: object) -> Json:
    return {"next_cursor": base64.b64encode(f"{kind}:{value}".encode()).decode()}


def paged(args: Json, rows: list[Json], default: int = 100) -> tuple[list[Json], Json]:
    """One page of `rows` and the response_metadata that leads to the next."""
    start, size = int(read_cursor(args, "offset") or 0), page_size(args, default)
    more = start + size < len(rows)
    metadata = next_cursor("offset", start + size) if more else {"next_cursor": ""}
    return rows[start : start + size], metadata


def check_scope(workspace: Workspace, *scopes: str) -> None:
    """ApiError `missing_scope` unless the token has one of them."""
    granted = workspace.scopes
    if len(scopes) == 1:
        workspace.scopes_used.update(scopes)
    if scopes and not any(scope in granted for scope in scopes):
        raise ApiError("missing_scope", needed=",".join(scopes), provided=",".join(sorted(granted)))


def visible_channel(workspace: Workspace, args: Json, name: str = "channel") -> Channel:
    """The channel, when the app may know that it exists."""
    channel = workspace.channels.get(str(args.get(name, "")))
    if channel is None:
        raise ApiError("channel_not_found")
    if channel.is_private and workspace.bot_user_id not in channel.members:
        raise ApiError("channel_not_found")
    return channel
