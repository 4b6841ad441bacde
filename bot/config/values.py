"""The kinds of value that app.yaml holds: ids, names of environment variables, durations, codes."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict
from pydantic_core import PydanticCustomError

from bot.config.hours import read_hours

Mode = Literal["observe", "draft", "live"]
ActKind = Literal["refund", "account_change", "reply"]
Grade = Literal["auto", "one", "two", "never"]
Function = Literal["engineering", "success", "sales"]
Role = Literal[
    "specialist",
    "approver",
    "lead",
    "admin",
    "reviewer",
    "engineer",
    "success",
    "sales",
    "on_call",
]

_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


class Frozen(BaseModel):
    """A part of app.yaml: read once, never changed, no key beyond its own."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", populate_by_name=True, allow_inf_nan=False
    )


def read_duration(value: object) -> object:
    """Return a timedelta for `90s`, `15m`, `4h`, `2d`; what is no text is left for pydantic."""
    if not isinstance(value, str):
        return value
    found = re.fullmatch(r"([0-9]{1,6})([smhd])", value)
    if not found or int(found[1]) == 0:
        raise PydanticCustomError("duration", "is not a duration such as 30s, 15m, 4h or 2d")
    return timedelta(seconds=int(found[1]) * _UNITS[found[2]])


def _matching(kind: str, pattern: str, wrong: str) -> Callable[[str], str]:
    compiled = re.compile(pattern)

    def check(value: str) -> str:
        if not compiled.fullmatch(value):
            # The value stays out of the message: it may be a secret pasted in the wrong place.
            raise PydanticCustomError("form", "{wrong}", {"wrong": wrong, "kind": kind})
        return value

    return check


def _zone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (OSError, ValueError, KeyError):
        raise PydanticCustomError("time_zone", "is not a time zone") from None
    return value


def _hours(value: str) -> str:
    try:
        read_hours(value)
    except ValueError as error:
        raise PydanticCustomError("hours", "{wrong}", {"wrong": str(error)}) from None
    return value


Duration = Annotated[timedelta, BeforeValidator(read_duration)]
TimeZone = Annotated[str, AfterValidator(_zone)]
Hours = Annotated[str, AfterValidator(_hours)]
EnvName = Annotated[
    str,
    AfterValidator(
        _matching(
            "env",
            r"[A-Z][A-Z0-9_]{0,99}",
            "must be the name of an environment variable, not a value",
        )
    ),
]
Slug = Annotated[
    str,
    AfterValidator(
        _matching("slug", r"[a-z0-9][a-z0-9_-]{0,39}", "must be lower-case letters, digits, - or _")
    ),
]
Workspace = Annotated[
    str, AfterValidator(_matching("workspace", r"[TE][A-Z0-9]+", "must be a Slack workspace id"))
]
ChannelId = Annotated[
    str,
    AfterValidator(
        _matching("channel", r"[CG][A-Z0-9]+", "must be a Slack channel id, not a channel's name")
    ),
]
UserId = Annotated[
    str,
    AfterValidator(
        _matching("user", r"[UW][A-Z0-9]+", "must be a Slack user id, not a person's name")
    ),
]
UserGroup = Annotated[
    str, AfterValidator(_matching("group", r"S[A-Z0-9]+", "must be the id of a Slack user group"))
]
CommandName = Annotated[
    str,
    AfterValidator(
        _matching("command", r"/[a-z0-9_-]{1,31}", "must be a slash and lower-case letters")
    ),
]
Currency = Annotated[
    str, AfterValidator(_matching("currency", r"[A-Z]{3}", "must be an ISO 4217 currency code"))
]
Language = Annotated[
    str,
    AfterValidator(
        _matching("language", r"[a-z]{2,3}(-[A-Z]{2})?", "must be a language code, as in ISO 639")
    ),
]
Email = Annotated[
    str,
    AfterValidator(_matching("email", r"[^@\s]+@[^@\s]+\.[^@\s]+", "must be an e-mail address")),
]
Url = Annotated[
    str,
    AfterValidator(
        _matching(
            "url",
            r"https://[^\s@]+|http://(127\.0\.0\.1|localhost|\[::1\])(:[0-9]+)?(/[^\s@]*)?",
            "must be an https address (http only on this machine) without a password in it",
        )
    ),
]
