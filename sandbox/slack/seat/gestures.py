"""Delivering what a person did, and telling them when it did not work."""

from collections.abc import Mapping
from typing import Any

from sandbox.slack.deliveries import Outcome
from sandbox.slack.errors import SeatError
from sandbox.slack.interactions import to_parcel
from sandbox.slack.people import Json
from sandbox.slack.triggers import Trigger
from sandbox.slack.workspace import Workspace

LATE = {"http_timeout", "timeout", "lost"}


async def deliver(workspace: Workspace, act: Json, payload: Json) -> list[Outcome]:
    """Sends a payload, bent by the act's `raw_overrides` and `repeat`, and waits for the bot."""
    if not workspace.installation.interactive and "command" not in payload:
        raise SeatError(f"{workspace.app['name']} is not set up for interactive elements.")
    if "command" in payload or "callback_id" in payload:
        workspace.scopes_used.add("commands")
    if overrides := act.get("raw_overrides"):
        payload = bend(payload, overrides)
    return await workspace.deliveries.ask(to_parcel(payload), max(1, int(act.get("repeat", 1))))


def report(outcomes: list[Outcome], trigger: Trigger | None = None) -> Json:
    """The act's answer: what the first delivery came to, and the modal it opened."""
    first = outcomes[0]
    answer: Json = {"ok": first.ok, "status": first.status}
    if len(outcomes) > 1:
        answer["statuses"] = [outcome.status for outcome in outcomes]
    if not first.ok:
        answer["error"] = f"Slack: that didn't work ({word_for(first)})"
    if trigger is not None and trigger.opened is not None:
        answer["view"] = trigger.opened
    return answer


def word_for(outcome: Outcome) -> str:
    return "timeout" if outcome.status in LATE else str(outcome.status)


def bend(value: Any, changes: Any) -> Any:
    """Merges `changes` into a copy of `value`: objects by key, lists of objects by position."""
    if isinstance(value, Mapping) and isinstance(changes, Mapping):
        bent = dict(value)
        for key, change in changes.items():
            bent[key] = bend(value[key], change) if key in value else change
        return bent
    if isinstance(value, list) and isinstance(changes, list) and value and changes:
        pairs = zip(value, changes, strict=False)
        return [bend(old, new) for old, new in pairs] + value[len(changes) :]
    return changes
