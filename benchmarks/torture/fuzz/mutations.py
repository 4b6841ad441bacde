"""Bends bytes and objects as no sender would; what is drawn comes from the dice alone."""

import json
import random
from collections.abc import Callable
from typing import Any

DEEP = 50_000
_MOST_FLIPS = 8
_ODD: tuple[Any, ...] = (
    None,
    True,
    [],
    {},
    "",
    0,
    -1,
    10**30,
    1.5e308,
    [[]],
    {"": {}},
    ["\0"],
    "\ud800",
    "é\u202e",
)
_FOREIGN = (b"\xff\xfe", b"\xed\xa0\x80", "\u202e\u0000é".encode(), b"\\ud800", b"%00", b"\\u0000")

Mutation = Callable[[bytes, random.Random], bytes]


def intact(body: bytes, dice: random.Random) -> bytes:
    return body


def flipped(body: bytes, dice: random.Random) -> bytes:
    bent = bytearray(body)
    for _ in range(dice.randint(1, _MOST_FLIPS)):
        if bent:
            bent[dice.randrange(len(bent))] ^= 1 << dice.randrange(8)
    return bytes(bent)


def cut(body: bytes, dice: random.Random) -> bytes:
    return body[: dice.randrange(len(body) + 1)]


def doubled(body: bytes, dice: random.Random) -> bytes:
    """A part of it stands there twice."""
    begins = dice.randrange(len(body) + 1)
    ends = dice.randint(begins, len(body))
    return body[:ends] + body[begins:]


def foreign(body: bytes, dice: random.Random) -> bytes:
    place = dice.randrange(len(body) + 1)
    return body[:place] + dice.choice(_FOREIGN) + body[place:]


def huge(body: bytes, dice: random.Random) -> bytes:
    """A number longer than any that a program reads, where a number was or is none."""
    digits = [at for at, byte in enumerate(body) if 48 <= byte <= 57] or [len(body)]
    at = dice.choice(digits)
    return body[:at] + b"9" * dice.choice((20, 400, 5000)) + body[at:]


def nested(body: bytes, dice: random.Random) -> bytes:
    """100 kB of brackets, closed or not."""
    opens, closes = dice.choice(((b"[", b"]"), (b'{"a":', b"}")))
    deep = opens * (DEEP * 2 // len(opens)) if dice.random() < 0.5 else b""
    deep = deep or opens * (DEEP // len(opens)) + b"1" + closes * (DEEP // len(opens))
    colons = [at + 1 for at, byte in enumerate(body) if byte == 58] or [0]
    at = dice.choice([0, *colons])
    return body[:at] + deep + body[at:]


def retyped(body: bytes, dice: random.Random) -> bytes:
    """Readable JSON, in which some values are of another kind, or gone."""
    try:
        whole = json.loads(body)
    except ValueError:
        return flipped(body, dice)
    for _ in range(dice.randint(1, 3)):
        whole = _retype(whole, dice)
    return json.dumps(whole).encode()


def _retype(whole: Any, dice: random.Random) -> Any:
    places = list(_places(whole))
    if not places:
        return dice.choice(_ODD)
    parent, key = dice.choice(places)
    if isinstance(parent, dict) and dice.random() < 0.3:
        del parent[key]
    else:
        parent[key] = json.loads(json.dumps(dice.choice(_ODD)))
    return whole


def _places(value: Any) -> list[tuple[Any, Any]]:
    if isinstance(value, dict):
        inner: list[tuple[Any, Any]] = [(value, key) for key in value]
    elif isinstance(value, list):
        inner = [(value, at) for at in range(len(value))]
    else:
        return []
    return inner + [place for parent, key in list(inner) for place in _places(parent[key])]


# What can still be read goes deepest, so that it comes most often.
MUTATIONS: tuple[Mutation, ...] = (
    *(retyped, retyped, retyped, flipped, flipped),
    *(intact, cut, doubled, foreign, huge, nested),
)
