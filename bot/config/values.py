"""The kinds of value that app.yaml holds: ids, names of environment variables, durations, codes."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated, Any, Literal, TypeVar
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from bot.config.hours import read_hours
from bot.money import DIGITS

_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
_T = TypeVar("_T")


@dataclass(frozen=True)
class Called:
    """What a kind of value is called in messages and documents."""

    name: str


class Frozen(BaseModel):
    """A part of app.yaml: read once, never changed, no key beyond its own."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", populate_by_name=True, allow_inf_nan=False
    )


def matching(pattern: str, wrong: str) -> AfterValidator:
    """Check a form; the refusal never repeats the value, which may be a misplaced secret."""
    compiled = re.compile(pattern)

    def check(value: str) -> str:
        if not compiled.fullmatch(value):
            raise PydanticCustomError("form", "{wrong}", {"wrong": wrong})
        return value

    return AfterValidator(check)


def unique(*attributes: str) -> AfterValidator:
    """Check that no two entries of a list share one of the attributes."""

    def check(entries: tuple[_T, ...]) -> tuple[_T, ...]:
        seen: dict[tuple[str, Any], int] = {}
        for index, entry in enumerate(entries):
            for name in attributes:
                value = getattr(entry, name)
                if value is not None and (name, value) in seen:
                    raise PydanticCustomError(
                        "unique",
                        "is the same as in entry {first}",
                        {
                            "first": seen[name, value] + 1,
                            "at": (index, name),
                            "remedy": f"Give each entry its own {name}.",
                        },
                    )
                seen.setdefault((name, value), index)
        return entries

    return AfterValidator(check)


def _pause(value: object) -> object:
    return timedelta() if value == "0s" else _duration(value)


def _duration(value: object) -> object:
    if not isinstance(value, str):
        # A bare number could be seconds or minutes; only a timedelta from Python is clear.
        if isinstance(value, timedelta):
            return value
        raise _not_a_duration()
    found = re.fullmatch(r"([0-9]{1,6})([smhd])", value)
    if not found or int(found[1]) == 0:
        raise _not_a_duration()
    return timedelta(seconds=int(found[1]) * _UNITS[found[2]])


def _not_a_duration() -> PydanticCustomError:
    return PydanticCustomError("duration", "must be a duration: a number and s, m, h or d")


def _zone(value: str) -> str:
    if not is_time_zone(value):
        raise PydanticCustomError("time_zone", "is not a time zone")
    return value


def is_time_zone(name: str) -> bool:
    """Say whether the tz database knows the name; odd ones make zoneinfo raise several errors."""
    try:
        ZoneInfo(name)
    except (OSError, ValueError, KeyError):
        return False
    return True


def short_name(text: str, otherwise: str) -> str:
    """Return a Slug made from a name, or `otherwise` for one without a Latin letter or digit."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:40].strip("-") or otherwise


def _hours(value: str) -> str:
    try:
        read_hours(value)
    except ValueError as error:
        raise PydanticCustomError("hours", "{wrong}", {"wrong": str(error)}) from None
    return value


def _env(value: str) -> str:
    is_name = re.fullmatch(r"[A-Z][A-Z0-9_]{0,99}", value)
    is_key = len(value) >= 20 and "_" not in value and re.search(r"[0-9]", value)
    if not is_name or is_key:
        raise PydanticCustomError("env", "must be the name of an environment variable, not a value")
    return value


Mode = Annotated[Literal["observe", "draft", "live"], Called("mode")]
ActKind = Annotated[Literal["refund", "account_change", "reply"], Called("act")]
Grade = Literal["auto", "one", "two", "steps", "never"]
Function = Annotated[Literal["engineering", "success", "sales"], Called("function")]
Role = Annotated[
    Literal[
        "specialist",
        "approver",
        "lead",
        "admin",
        "reviewer",
        "engineer",
        "success",
        "sales",
        "on_call",
    ],
    Called("role"),
]

MinorUnits = Annotated[int, Called("minor units"), Field(ge=0, le=10**12)]
Duration = Annotated[timedelta, Called("duration"), BeforeValidator(_duration)]
# A duration that may be none at all.
Pause = Annotated[timedelta, Called("duration"), BeforeValidator(_pause)]
TimeZone = Annotated[str, Called("time zone"), AfterValidator(_zone)]
Hours = Annotated[str, Called("hours"), AfterValidator(_hours)]
EnvName = Annotated[str, Called("environment variable"), AfterValidator(_env)]
Slug = Annotated[
    str,
    Called("short name"),
    matching(r"[a-z0-9][a-z0-9_-]{0,39}", "must be lower-case letters, digits, - or _"),
]
Workspace = Annotated[
    str,
    Called("Slack workspace id"),
    matching(r"[TE][A-Z0-9]+", "must be a Slack workspace id (T...)"),
]
ChannelId = Annotated[
    str,
    Called("Slack channel id"),
    matching(r"[CG][A-Z0-9]+", "must be a Slack channel id (C...), not a channel's name"),
]
UserId = Annotated[
    str,
    Called("Slack user id"),
    matching(r"[UW][A-Z0-9]+", "must be a Slack user id (U...), not a person's name"),
]
UserGroup = Annotated[
    str,
    Called("Slack user group id"),
    matching(r"S[A-Z0-9]+", "must be the id of a Slack user group (S...)"),
]
CommandName = Annotated[
    str, Called("slash command"), matching(r"/[a-z0-9_-]{1,31}", "must be / and lower-case letters")
]
Currency = Annotated[
    str, Called("currency"), matching("|".join(DIGITS), "must be an ISO 4217 currency code")
]
Language = Annotated[
    str,
    Called("language"),
    matching(r"[a-z]{2,3}(-[A-Z]{2})?", "must be a language code, as in ISO 639"),
]
Email = Annotated[
    str,
    Called("e-mail address"),
    matching(r"[^@\s]+@[^@\s]+\.[^@\s]+", "must be an e-mail address"),
]
Url = Annotated[
    str,
    Called("address"),
    matching(
        r"https://[^\s@]+|http://(127\.0\.0\.1|localhost|\[::1\])(:[0-9]+)?(/[^\s@]*)?",
        "must be an https address (http on this machine only) without a password in it",
    ),
]
Cron = Annotated[
    str,
    Called("cron line"),
    matching(
        r"[0-9*/,-]+ [0-9*/,-]+ [0-9*/,-]+ [0-9A-Za-z*/,-]+ [0-9A-Za-z*/,-]+",
        "must be a cron line of five fields",
    ),
]
DatabaseUrl = Annotated[
    str,
    Called("database"),
    matching(
        r"env:[A-Z][A-Z0-9_]*|sqlite:///?[^@\s]*"
        r"|postgresql(\+psycopg)?://([^:@/\s]+@)?[^:@/\s]*(:[0-9]+)?/[^@\s]*",
        "must be a sqlite or postgresql URL without a password in it, or env:NAME",
    ),
]


def spelled(value: timedelta) -> str:
    """A duration as app.yaml writes it."""
    seconds = int(value.total_seconds())
    for unit, length in reversed(_UNITS.items()):
        if seconds and seconds % length == 0:
            return f"{seconds // length}{unit}"
    return "0s"
