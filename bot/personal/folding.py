"""A text as a machine reads it: one kind of digit, blank and dash, and nothing invisible."""

import html
import re
import unicodedata
from collections.abc import Iterator, Sequence
from urllib.parse import unquote

_SAME = {"−": "-", "⁃": "-", "﹫": "@", "․": ".", "。": ".", "·": "."}
# What stands for a character in an address, in HTML and in JSON.
_ESCAPED = re.compile(
    r"%(?:[2-7][0-9a-f]|0[9ad]|c2%a0|e2%8[0-9a-f]%[89ab][0-9a-f])"
    r"|&(?:[a-z]{2,8}|#[0-9]{2,6}|#x[0-9a-f]{2,5});|\\\\?(?:u[0-9a-f]{4}|[nrt])",
    re.I,
)
_BREAKS = "\n\r\v\f\x85\u2028\u2029"


def readings(text: str) -> Iterator[tuple[str, Sequence[int]]]:
    """The folded text, and where escapes stand in it the same without them."""
    folded, places = fold(text)
    yield folded, places
    if any(sign in folded for sign in "%&\\") and _ESCAPED.search(folded):
        plain, kept = _unescaped(folded)
        again, among = fold(plain)
        yield again, [places[kept[place]] for place in among]


def _unescaped(text: str) -> tuple[str, Sequence[int]]:
    plain: list[str] = []
    places: list[int] = []
    after = 0
    for found in _ESCAPED.finditer(text):
        char = _meant(found[0])
        plain += [*text[after : found.start()], char]
        places += [*range(after, found.start()), *[found.start()] * len(char)]
        after = found.end()
    return "".join([*plain, text[after:]]), [*places, *range(after, len(text) + 1)]


def _meant(escape: str) -> str:
    if escape[0] == "%":
        char = unquote(escape)
    elif escape[0] == "&":
        char = html.unescape(escape)
    else:
        sign = escape.lstrip("\\")
        char = chr(int(sign[1:], 16)) if sign[0] in "uU" else " "
    return char if len(char) == 1 else " "


def fold(text: str) -> tuple[str, Sequence[int]]:
    """The folded text, and where each of its characters stood; one place more for the end."""
    if text.isascii():
        return text, range(len(text) + 1)
    folded = text.translate(_TABLE)
    if len(folded) == len(text):
        return folded, range(len(text) + 1)
    kept = [place for place, char in enumerate(text) if _TABLE[ord(char)]]
    return folded, [*kept, len(text)]


class _Table(dict[int, str]):
    """Of each character that was met what it is read as; there are not so many."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        self[code] = plain = char if char.isascii() else _plain(char)
        return plain


_TABLE = _Table()


def _plain(char: str) -> str:
    """At most one character, so that no place is lost."""
    if char in _SAME:
        return _SAME[char]
    if char in _BREAKS:
        return "\n"
    digit = unicodedata.digit(char, None)
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
