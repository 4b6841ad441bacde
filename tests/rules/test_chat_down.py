"""When chat counts as down for an approval."""

import pytest

from bot.flows.approval.rules import is_down


@pytest.mark.parametrize(
    ("copies", "untold", "told", "down"),
    [
        ([True], False, False, True),
        ([True, True], False, True, True),
        # One channel that takes nothing is no outage.
        ([True, False], False, False, False),
        ([False], False, False, False),
        ([], False, False, False),
        # A card that stands may be from before the outage.
        ([False], True, False, True),
        # Somebody's account takes nothing, and chat does.
        ([False], True, True, False),
        ([], True, False, True),
    ],
)
def test_chat_is_down_where_nobody_can_have_heard(
    copies: list[bool], untold: bool, told: bool, down: bool
) -> None:
    assert is_down(copies, untold=untold, told=told) is down
