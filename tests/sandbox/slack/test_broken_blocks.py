"""Layouts no person would write."""

import copy
import random
from collections.abc import Iterator
from typing import Any

import pytest

from tests.sandbox.slack.stage import Stage
from tests.sandbox.slack.test_block_rules import (
    actions,
    button,
    confirm,
    listed,
    mrkdwn,
    options,
    rich,
    select,
)

Json = dict[str, Any]

WHOLE: list[Json] = [
    {"type": "section", "text": mrkdwn("x"), "fields": [mrkdwn("y")], "accessory": select()},
    actions(button(confirm=confirm()), select(action_id="t", initial_option=options(1)[0])),
    {"type": "context", "elements": [mrkdwn("x")]},
    {"type": "markdown", "text": "x"},
    rich({"type": "text", "text": "x", "style": {"bold": True}}, {"type": "user", "user_id": "U1"}),
    listed(),
]
INSTEAD: list[Any] = [None, 1, -1, "x", [], {}, True, [1], {"type": "plain_text"}, "x" * 5_000]


def spots(value: Any, way: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to everything inside a JSON value."""
    if not isinstance(value, dict | list):
        return
    for key, part in value.items() if isinstance(value, dict) else enumerate(value):
        yield (*way, key)
        yield from spots(part, (*way, key))


def broken(dice: random.Random) -> list[Json]:
    blocks = copy.deepcopy(WHOLE)
    for _ in range(dice.randint(1, 3)):
        *way, last = dice.choice(list(spots(blocks)))
        owner: Any = blocks
        for key in way:
            owner = owner[key]
        owner[last] = copy.deepcopy(dice.choice(INSTEAD))
    return blocks


@pytest.mark.parametrize("seed", range(10))
def test_whatever_is_posted_is_taken_or_refused(stage: Stage, seed: int) -> None:
    """No layout, however broken, makes the workspace itself fail."""
    dice = random.Random(seed)
    stage.workspace.quota_scale = 1_000

    for _ in range(20):
        answer = stage.call("chat.postMessage", channel="C1", text="x", blocks=broken(dice))

        refusals = ("invalid_blocks", "invalid_blocks_format")
        assert answer["ok"] or answer["error"] in refusals
