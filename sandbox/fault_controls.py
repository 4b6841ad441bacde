"""The faults of all parts as one panel: what each control is called and what kind it is."""

from collections.abc import Mapping
from dataclasses import MISSING, Field, fields
from typing import Any

Json = dict[str, Any]

# What an operator reads; a fault that is not listed is called by its own name.
LABELS: Mapping[str, str] = {
    "lose": "Deliveries to the bot get lost",
    "delay": "Deliveries come late",
    "delay_s": "… by",
    "duplicate": "Deliveries come twice",
    "reorder": "Deliveries overtake each other",
    "drop_after_commit": "Done, but the answer is lost",
    "error_500": "Answers 500, nothing done",
    "error_500_after_commit": "Answers 500, yet done",
    "error_500_before_commit": "Answers 500, the key stays free",
    "blank_answer": "Answers 200 with a page, nothing done",
    "land_late": "No answer, and done late",
    "land_late_seconds": "… by",
    "hang": "Answers late",
    "hang_s": "… by",
    "hang_seconds": "… by",
    "ratelimited": "Answers 429",
    "rate_limit": "Answers 429",
    "retry_after_s": "… Retry-After",
    "down": "Web API is down (503)",
    "missing_scopes": "Scopes taken away",
    "methods": "Only for these methods",
    "cut_envelope": "Socket cut in mid-envelope",
    "drop_ack": "Socket cut before the acknowledgement",
    "refresh_sockets": "Refresh all sockets once",
    "conflict": "Answers 409",
    "curl_quotes": "Intercom curls quotes",
    "intercom_behind_seconds": "Intercom's clock is behind by",
    "read_error_500": "Reading answers 500",
    "refund_pending": "Refunds stay open",
    "hook_lose": "Webhooks get lost",
    "hook_duplicate": "Webhooks come twice",
    "hook_delay": "Webhooks come late",
    "hook_delay_seconds": "… by",
    "hook_reorder": "Webhooks overtake each other",
    "forget_keys": "Idempotency keys are forgotten",
    "seed": "Seed of the dice",
}


def controls(faults: Any) -> list[Json]:
    """One entry per fault: name, label, kind (switch, probability, count, seconds, text), value."""
    return [
        {
            "name": one.name,
            "label": _label(one.name),
            "kind": _kind(one),
            "value": _shown(getattr(faults, one.name)),
            "usual": _shown(_default(one)),
        }
        for one in fields(faults)
    ]


def values(faults: Any) -> Json:
    return {one.name: getattr(faults, one.name) for one in fields(faults)}


def reset(faults: Any) -> None:
    for one in fields(faults):
        setattr(faults, one.name, _default(one))


def settle(faults: Any, changes: Mapping[str, Any]) -> None:
    """Set the named faults, all or none.

    Raises:
        ValueError: A name is unknown or a value is not of its fault's kind.

    """
    known = {one.name: one for one in fields(faults)}
    unknown = sorted(changes.keys() - known.keys())
    if unknown:
        raise ValueError(f"There is no fault {', '.join(unknown)}.")
    read = {name: _read(known[name], value) for name, value in changes.items()}
    for name, value in read.items():
        setattr(faults, name, value)


def _label(name: str) -> str:
    return LABELS.get(name, name.replace("_", " "))


def _default(one: "Field[Any]") -> Any:
    return one.default if one.default_factory is MISSING else one.default_factory()


def _kind(one: "Field[Any]") -> str:
    default = _default(one)
    if isinstance(default, bool):
        return "switch"
    if isinstance(default, int | float):
        if one.name.endswith(("_s", "_seconds")):
            return "seconds"
        return "probability" if isinstance(default, float) else "count"
    return "text"


def _shown(value: Any) -> Any:
    return ", ".join(value) if isinstance(value, list) else value


def _read(one: "Field[Any]", value: Any) -> Any:
    default, kind = _default(one), _kind(one)
    if kind == "switch" and isinstance(value, bool):
        return value
    if kind == "text":
        words = value.split(",") if isinstance(value, str) else value
        return [str(word).strip() for word in words if str(word).strip()]
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if kind in ("probability", "count", "seconds") and is_number and value >= 0:
        return type(default)(min(value, 1.0) if kind == "probability" else value)
    raise ValueError(f"{one.name} cannot be {value!r}.")
