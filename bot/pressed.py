"""A click or a form as an edge hands it on, and how its values are read."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.people import Account
from bot.words import storable

# The largest whole number that both databases compare with.
_LARGEST = 2**63 - 1


@dataclass(frozen=True)
class Pressed:
    """`channel` and `message` say which copy of a card was clicked (empty for forms). `args` hold
    the card's own and the typed words. Through `via` the edge redraws what was clicked."""

    name: str
    args: Mapping[str, Any]
    by: Account
    channel: str = ""
    message: str = ""
    via: str = ""

    def number(self, name: str) -> int:
        """KeyError, TypeError or ValueError for what no card of ours says; so do the others."""
        value = self.args[name]
        if isinstance(value, bool) or not isinstance(value, int | str):
            raise TypeError(name)
        return whole(value)

    def word(self, name: str) -> str:
        value = self.args.get(name, "")
        if not isinstance(value, str):
            raise TypeError(name)
        if storable(value) != value:
            raise ValueError(name)
        return value


def whole(value: int | str) -> int:
    number = int(value)
    if abs(number) > _LARGEST:
        raise ValueError("no database holds it")
    return number
