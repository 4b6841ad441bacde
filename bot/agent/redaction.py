"""What a model is shown of people's words: placeholders, the same for the same value, and back.

`[EMAIL_1]` and its like stand for what the customer wrote and are put back into what an agent
hands over, on our side and in memory alone. Cards, tokens and passwords never come back: nobody
who is written to, and nothing that is done, needs them.
"""

import re
from collections.abc import Iterable
from typing import Any

from bot.personal import SECRET, Kind, find
from bot.words import visible

_PLACEHOLDER = re.compile(r"\[(?:CARD|TOKEN|PASSWORD|IBAN|EMAIL|PHONE|NAME)_\d{1,4}\]")
_NUMBER = re.compile(r"_\d{1,4}\]\Z")
_NAME = "NAME"
_SHORTEST_NAME = 3


class Redaction:
    """One ticket's; `names` are hidden wherever they stand, as those of other customers are."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        self._placeholders: dict[tuple[str, str], str] = {}
        self._values: dict[str, str] = {}
        told = sorted({name for name in names if len(name) >= _SHORTEST_NAME}, key=len)
        self._names = re.compile(
            r"\b(?:" + "|".join(re.escape(name) for name in reversed(told)) + r")\b"
            if told
            else r"(?!)",
            re.I,
        )

    def hide(self, text: str) -> str:
        """Visible characters only, and nothing that could pass for a placeholder of ours."""
        text = _PLACEHOLDER.sub(lambda found: found[0].strip("[]"), visible(text))
        kept, after = [], 0
        for each in find(text):
            value = text[each.start : each.end]
            kept += [text[after : each.start], self._placeholder(each.kind, value)]
            after = each.end
        hidden = "".join([*kept, text[after:]])
        return self._names.sub(lambda found: self._named(_NAME, found[0]), hidden)

    def blot(self, text: str) -> str:
        """Hidden for good, without numbers: a mark out of somebody else's ticket that is handed on
        would else come back as the same mark of this one."""
        return _PLACEHOLDER.sub(_without_number, self.hide(text))

    def hide_again(self, text: str) -> str:
        """Of what came back: marks that are ours stay as they are."""
        parts = _PLACEHOLDER.split(text)
        marks = _PLACEHOLDER.findall(text)
        hidden = [self.hide(part) for part in parts]
        return "".join(part + mark for part, mark in zip(hidden, [*marks, ""], strict=True))

    def restore(self, text: str) -> str:
        """What the customer wrote, where it is no secret."""
        return _PLACEHOLDER.sub(lambda found: self._values.get(found[0], found[0]), text)

    def restored(self, told: Any) -> Any:
        """The same in every text of what was read from JSON."""
        if isinstance(told, dict):
            return {name: self.restored(value) for name, value in told.items()}
        if isinstance(told, list):
            return [self.restored(value) for value in told]
        return self.restore(told) if isinstance(told, str) else told

    def _placeholder(self, kind: Kind, value: str) -> str:
        known = self._named(kind.upper(), value)
        if kind not in SECRET:
            self._values[known] = value
        return known

    def _named(self, kind: str, value: str) -> str:
        key = (kind, "".join(value.lower().split()))
        if key not in self._placeholders:
            count = sum(1 for of, _ in self._placeholders if of == kind)
            self._placeholders[key] = f"[{kind}_{count + 1}]"
        return self._placeholders[key]


def _without_number(mark: re.Match[str]) -> str:
    return _NUMBER.sub("]", mark[0])
