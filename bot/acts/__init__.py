"""Acts: the things with consequences that an agent may propose and a gate holds.

A gate's approval is bound to `digest(canonical(act))`; `parse(kind, json.loads(canonical))` gives
the same act back, so that what is shown and what runs come from the same characters.
"""

import hashlib
import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from pydantic import ValidationError

from bot.acts.account_change import AccountChange
from bot.acts.refund import Refund
from bot.acts.reply import Reply
from bot.acts.schema import Act, Editable, Unfit

__all__ = [
    "ACTS",
    "AccountChange",
    "Act",
    "Editable",
    "Refund",
    "Reply",
    "Unfit",
    "canonical",
    "digest",
    "digest_of",
    "facts",
    "parse",
]

ACTS: Mapping[str, type[Act]] = MappingProxyType(
    {"refund": Refund, "account_change": AccountChange, "reply": Reply}
)


def parse(kind: str, args: Mapping[str, Any]) -> Act:
    """Check untrusted arguments against the closed schema of their kind.

    Raises ValueError with a reason that names fields but repeats no value.
    """
    schema = ACTS.get(kind)
    if schema is None:
        raise ValueError("there is no act of this kind")
    try:
        return schema.model_validate(dict(args))
    except ValidationError as error:
        problems = (
            f"{'.'.join(str(part) for part in found['loc']) or kind}: {found['msg']}"
            for found in error.errors()
        )
        # The cause would carry the customer's values into a traceback and from there into a log.
        raise ValueError("; ".join(problems)) from None


def canonical(act: Act) -> str:
    """The act as JSON after RFC 8785: sorted keys, no white space, whole numbers only."""
    return json.dumps(
        act.model_dump(), ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    )


def facts(act: Act) -> tuple[tuple[str, str], ...]:
    """Label and value of exactly what the act does, for its card."""
    return act.facts()


def digest_of(kind: str, payload: Mapping[str, Any]) -> str | None:
    """The digest of what would run; None where that is no act, as after an erasure."""
    try:
        return digest(canonical(parse(kind, payload)))
    except ValueError:
        return None


def digest(text: str) -> str:
    """The SHA-256 of the canonical text, as 64 hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()
