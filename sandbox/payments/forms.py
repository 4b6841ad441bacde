"""Form bodies and query strings as Stripe reads them: `metadata[key]=value`, `expand[]=x`."""

import re
from collections.abc import Collection
from typing import Any
from urllib.parse import parse_qsl

from sandbox.payments.problems import Problem, bad_parameter

_NESTED = re.compile(r"^([^\[\]]+)\[([^\[\]]*)\](\[\])?$")

Params = dict[str, Any]


def parse(raw: str) -> Params:
    """Return texts and, for bracketed names, dicts of texts."""
    params: Params = {}
    for name, value in parse_qsl(raw, keep_blank_values=True):
        nested = _NESTED.match(name)
        if nested is None:
            params[name] = value
            continue
        inner = params.setdefault(nested[1], {})
        if not isinstance(inner, dict):
            raise Problem(400, f"Invalid parameters: {nested[1]}", param=nested[1])
        inner[nested[2] or str(len(inner))] = value
    return params


def closed(params: Params, known: Collection[str]) -> None:
    """Refuse a parameter that the operation does not have."""
    for name in params:
        if name not in known and name != "expand":
            raise bad_parameter(name, "parameter_unknown", f"Unknown parameter: {name}")


def text(params: Params, name: str) -> str | None:
    value = params.get(name)
    if value is None:
        return None
    if not isinstance(value, str):
        raise bad_parameter(name, "parameter_invalid_string", f"Invalid string: {name}")
    if not value.strip():
        message = f"You passed an empty text for '{name}'."
        raise bad_parameter(name, "parameter_invalid_empty", message)
    return value


def required(params: Params, name: str) -> str:
    value = text(params, name)
    if value is None:
        raise bad_parameter(name, "parameter_missing", f"Missing required param: {name}.")
    return value


def positive(params: Params, name: str, most: int = 99_999_999) -> int | None:
    value = text(params, name)
    if value is None:
        return None
    if not re.fullmatch(r"-?\d{1,18}", value):
        message = f"Invalid integer: {value[:40]}"
        raise bad_parameter(name, "parameter_invalid_integer", message)
    if not 1 <= int(value) <= most:
        message = f"'{name}' must be between 1 and {most}."
        raise bad_parameter(name, "parameter_invalid_integer", message)
    return int(value)


def metadata(params: Params) -> dict[str, str]:
    """Stripe's bounds: 50 keys, 40 characters in a key, 500 in a value; an empty one unsets."""
    value = params.get("metadata", {})
    if value == "":
        return {}
    if not isinstance(value, dict):
        raise Problem(400, "Invalid hash", param="metadata")
    if len(value) > 50:
        raise Problem(400, "Metadata can have at most 50 keys.", param="metadata")
    for name, words in value.items():
        if len(name) > 40 or len(words) > 500:
            message = "A metadata key has at most 40 characters, a value at most 500."
            raise Problem(400, message, param=f"metadata[{name[:40]}]")
    return {name: words for name, words in value.items() if words}
