"""A text as a machine reads it: one kind of digit, blank and dash, and nothing invisible."""

import unicodedata
from collections.abc import Sequence
from functools import lru_cache

_SAME = {"−": "-", "⁃": "-", "﹫": "@", "․": ".", "。": ".", "·": "."}
_BREAKS = "\n\r\v\f\x85\u2028\u2029"


def fold(text: str) -> tuple[str, Sequence[int]]:
    """The folded text, and where each of its characters stood; one place more for the end."""
    if text.isascii():
        return text, range(len(text) + 1)
    folded: list[str] = []
    places: list[int] = []
    for place, char in enumerate(text):
        plain = char if char.isascii() else _plain(char)
        folded.append(plain)
        places += [place] * len(plain)
    return "".join(folded), [*places, len(text)]


@lru_cache(maxsize=4096)
def _plain(char: str) -> str:
    """At most one character, so that no place is lost."""
    if char in _SAME:
        return _SAME[char]
    if char in _BREAKS:
        return "\n"
    digit = unicodedata.decimal(char, None)
    if digit is not None:
        return str(digit)
    category = unicodedata.category(char)
    if category in ("Cf", "Mn", "Me"):
        return ""
    if category == "Pd":
        return "-"
    if category == "Zs":
        return " "
    wide = unicodedata.normalize("NFKC", char)
    return wide if len(wide) == 1 else char
