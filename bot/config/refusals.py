"""pydantic's errors in an operator's words: what is wrong, and the remedy."""

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from bot.config import keys
from bot.config.document import Document, Mistake, Path
from bot.config.values import spelled

_EXPECTED: Mapping[str, str] = {
    "string_type": "must be text",
    "int_type": "must be a whole number",
    "float_type": "must be a number",
    "bool_type": "must be true or false",
    "tuple_type": "must be a list",
    "dict_type": "must hold names with values",
    "mapping_type": "must hold names with values",
    "model_type": "must hold keys of its own",
    "literal_error": "must be one of the words it knows",
}
_BOUNDS: Mapping[str, tuple[str, str]] = {
    "greater_than_equal": ("ge", "must be at least {}"),
    "greater_than": ("gt", "must be more than {}"),
    "less_than_equal": ("le", "must be at most {}"),
    "too_short": ("min_length", "needs at least {} entry"),
    "too_long": ("max_length", "takes at most {} entries"),
    "string_too_short": ("min_length", "needs at least {} character"),
    "string_too_long": ("max_length", "takes at most {} characters"),
}

# Of a duration pydantic tells the bound as Python writes it.
_TIME = re.compile(r"datetime\.timedelta\((?:days=(\d+))?(?:, )?(?:seconds=(\d+))?\)")


def mistakes(error: ValidationError, document: Document) -> Iterator[Mistake]:
    """Yield one mistake per problem; values stay out of them, since one may be a secret."""
    all_details = error.errors(include_url=False)
    places = [details["loc"] for details in all_details]
    for details in all_details:
        if not _is_echo(details, places):
            path = _path(details)
            wrong, remedy = _words(details, path)
            yield Mistake(path, document.line(path), wrong, remedy)


def _is_echo(details: ErrorDetails, places: list[Path]) -> bool:
    """Say whether the error only repeats one inside it: a list is short since an entry is bad."""
    loc = details["loc"]
    if details["type"] == "too_short":
        return any(place[: len(loc)] == loc and place != loc for place in places)
    return details["type"] == "default_factory_not_called"


def _path(details: ErrorDetails) -> Path:
    within = details.get("ctx", {}).get("at", ())
    return tuple(step for step in details["loc"] if step != "[key]") + tuple(within)


def _words(details: ErrorDetails, path: Path) -> tuple[str, str]:
    kind = details["type"]
    if details["loc"][-1:] == ("[key]",):
        return _name(details, path)
    if kind == "extra_forbidden":
        return "is not a key that app.yaml knows", _unknown(path)
    if kind == "missing":
        return "is missing", f"Add it, for example {keys.example(path)}."
    if details["input"] is None:
        return "holds nothing", f"Remove the key, or write for example {keys.example(path)}."
    if kind == "literal_error":
        return _EXPECTED[kind], closest(str(details["input"]), keys.choices(keys.at(path)))
    if kind == "string_type" and not isinstance(details["input"], dict | list):
        return _EXPECTED[kind], "Put it in quotes."
    return _wrong(details), details.get("ctx", {}).get("remedy") or (
        f"Write for example {keys.example(path)}."
    )


def _name(details: ErrorDetails, path: Path) -> tuple[str, str]:
    allowed = keys.choices(keys.name_within(keys.at(path[:-1])))
    if allowed:
        return "is not a name that belongs here", closest(str(path[-1]), allowed)
    return _wrong(details), f"Write for example {keys.example(path[:-1])}."


def _wrong(details: ErrorDetails) -> str:
    kind = details["type"]
    if kind in _BOUNDS:
        name, sentence = _BOUNDS[kind]
        bound = str(details["ctx"][name])
        return sentence.format(_duration(found) if (found := _TIME.fullmatch(bound)) else bound)
    return _EXPECTED.get(kind, details["msg"])


def _duration(found: re.Match[str]) -> str:
    days, seconds = (int(part or 0) for part in found.groups())
    return spelled(timedelta(days, seconds))


def _unknown(path: Path) -> str:
    allowed = [str(known) for known in keys.fields(keys.at(path[:-1]))]
    name = str(path[-1])
    homes = [key.path for key in keys.all_keys() if key.path.split(".")[-1] == name]
    if homes and not difflib.get_close_matches(name, allowed):
        return f"Did you mean {homes[0]}?"
    return closest(name, allowed)


def closest(given: str, allowed: Iterable[str]) -> str:
    """Return what to write instead: the most similar word if one is similar, and all of them."""
    words = list(allowed)
    near = difflib.get_close_matches(given, words, n=1)
    hint = f"Did you mean {near[0]}? " if near else ""
    return f"{hint}Allowed: {', '.join(words)}."
