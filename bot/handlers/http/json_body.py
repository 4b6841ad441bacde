"""Bounded reading of a JSON body, and tolerant access to what it holds."""

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from bot.handlers.http.received import Unreadable
from bot.words import storable

DEEPEST = 32
MOST_NODES = 10_000

# Possessive, so that an unfinished string is one token and the scan stays linear.
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*+"?|[\[{]|[\]}]|,', re.DOTALL)
_IDENT = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:@#+=-]{0,199}")


def read_object(body: bytes) -> Mapping[str, Any] | Unreadable:
    """Parse an object of at most 32 levels and 10,000 nodes; an empty container counts as two.

    The bounds are checked on the text, before the parser recurses. Text that no database stores
    (NUL, lone surrogates) is replaced by U+FFFD.
    """
    try:
        # Decoded here, since json would also guess UTF-16, where the scan sees no brackets.
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError:
        return Unreadable("not UTF-8")
    if wrong := _out_of_bounds(text):
        return Unreadable(wrong)
    try:
        value = json.loads(text, parse_constant=_refuse_constant)
    except (ValueError, RecursionError):
        return Unreadable("not JSON")
    return storable_json(value) if isinstance(value, dict) else Unreadable("not a JSON object")


def _out_of_bounds(text: str) -> str | None:
    depth, nodes = 0, 1
    for found in _TOKEN.finditer(text):
        mark = found[0]
        if mark in "[{":
            depth += 1
            nodes += 1
        elif mark in "]}":
            depth -= 1
        elif mark == ",":
            nodes += 1
        if depth > DEEPEST:
            return "nested too deeply"
        if nodes > MOST_NODES:
            return "too many values"
    return None


def _refuse_constant(name: str) -> None:
    raise ValueError(name)


def storable_json(value: Any) -> Any:
    """The same with U+FFFD for text that no database stores; RecursionError when too deep."""
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, list):
        return [storable_json(item) for item in value]
    if isinstance(value, dict):
        return {storable(key): storable_json(item) for key, item in value.items()}
    return value


def inner(value: Mapping[str, Any], *path: str) -> Mapping[str, Any]:
    """The object at the path, empty when there is none."""
    found: Any = value
    for name in path:
        found = found.get(name) if isinstance(found, Mapping) else None
    return found if isinstance(found, Mapping) else {}


def objects(value: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    """The objects of the list under this name, without anything else that stands in it."""
    found = value.get(name)
    return [item for item in found if isinstance(item, Mapping)] if isinstance(found, list) else []


def words(value: Any) -> str:
    """A text or a whole number as text; anything else as nothing."""
    if isinstance(value, str):
        return value.strip()
    is_number = isinstance(value, int) and not isinstance(value, bool)
    return str(value) if is_number else ""


def ident(value: Any) -> str:
    """An id that may stand in an address and in a log line, else nothing."""
    found = words(value)
    return found if _IDENT.fullmatch(found) else ""


def known(value: Any) -> str | None:
    """An id as `ident` takes it; 0 stands for none."""
    found = ident(value)
    return found if found not in ("", "0") else None


def moment(value: Any) -> datetime | None:
    """Seconds since 1970 or ISO 8601 with an offset, as UTC; None for anything else."""
    try:
        if isinstance(value, int) and not isinstance(value, bool):
            return datetime.fromtimestamp(value, UTC)
        read = datetime.fromisoformat(value) if isinstance(value, str) else None
        return read.astimezone(UTC) if read and read.tzinfo else None
    except (ValueError, OverflowError, OSError):
        return None
