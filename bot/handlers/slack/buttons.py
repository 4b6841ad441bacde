"""Buttons as Block Kit elements, and back from a click.

A button's `action_id` is its action, its `value` the args as JSON. An entry of the menu carries
both in its value: `["action",{args}]`. An action that stands twice in one card gets a number
(`ticket.open#2`), since Slack refuses two equal ids.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from bot.cards import Button, Buttons, Confirm
from bot.errors import Outdated
from bot.handlers.slack.format import Json, plain
from bot.words import units

MORE = "more"
TEXT, VALUE, OPTION_VALUE, OVERFLOW = 75, 2_000, 150, 5
_STYLES = {"good": "primary", "bad": "danger"}
_REPEATED = "#"


def actions_block(block: Buttons) -> list[Json]:
    elements = [_button(button) for button in block.items]
    if block.more:
        elements.append(_menu(block.more))
    return [{"type": "actions", "elements": elements}] if elements else []


def pressed(action: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    """Name and args of a button, from one of the `actions` of a block_actions payload.

    Raises Outdated when they cannot be read: an earlier version drew that card.
    """
    name = str(action.get("action_id", "")).split(_REPEATED)[0]
    try:
        if name == MORE:
            name, args = json.loads(action["selected_option"]["value"])
        else:
            args = json.loads(action.get("value") or "{}")
    except (KeyError, TypeError, ValueError, RecursionError):
        name, args = "", None
    if not name or not isinstance(name, str) or not isinstance(args, dict):
        raise Outdated("This button is from an earlier version. Please use the newest card.")
    return name, args


def compact(value: Any, most: int) -> str:
    """JSON of at most that many characters; ValueError for more, without what customers said."""
    written = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    if units(written) > most:
        raise ValueError(f"args of {units(written)} characters take more than {most}")
    return written


def tell_apart(blocks: Iterable[Json]) -> None:
    """Numbers the action ids that occur more than once."""
    seen: Counter[str] = Counter()
    for block in blocks:
        for element in block["elements"] if block["type"] == "actions" else ():
            name = element["action_id"]
            seen[name] += 1
            if seen[name] > 1:
                element["action_id"] = f"{name}{_REPEATED}{seen[name]}"


def _button(button: Button) -> Json:
    drawn: Json = {
        "type": "button",
        "action_id": button.action,
        "text": plain(button.label, TEXT),
        "value": compact(dict(button.args), VALUE),
    }
    style = {"style": _STYLES[button.tone]} if button.tone in _STYLES else {}
    if button.confirm:
        drawn["confirm"] = {**_confirm(button.confirm), **style}
    return {**drawn, **style}


def _confirm(confirm: Confirm) -> Json:
    return {
        "title": plain(confirm.title, 100),
        "text": plain(confirm.text, 300),
        "confirm": plain(confirm.yes, 30),
        "deny": plain(confirm.no, 30),
    }


def _menu(buttons: Sequence[Button]) -> Json:
    options = [
        {
            "text": plain(button.label, TEXT),
            "value": compact([button.action, dict(button.args)], OPTION_VALUE),
        }
        for button in buttons
    ]
    if len(options) <= OVERFLOW:
        return {"type": "overflow", "action_id": MORE, "options": options}
    placeholder = plain("More", TEXT)
    return {
        "type": "static_select",
        "action_id": MORE,
        "placeholder": placeholder,
        "options": options,
    }
