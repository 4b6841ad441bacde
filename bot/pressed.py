"""A click or a form as an edge hands it on, and how its values are read."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.people import Account


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
        value = self.args[name]
        if isinstance(value, bool) or not isinstance(value, int | str):
            raise TypeError(name)
        return int(value)

    def word(self, name: str) -> str:
        value = self.args.get(name, "")
        if not isinstance(value, str):
            raise TypeError(name)
        return value
