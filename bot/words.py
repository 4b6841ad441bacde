"""Plain text made fit to show: nothing invisible, nothing longer than its place.

Lengths are UTF-16 units, the strictest way in which the platforms may count.
"""

import re

from bot.personal import SECRET, beginning, masked

SHORTENED = " … shortened"
# More than any place shows; the rest is not even looked at.
LONGEST = 20_000
# Room for what is taken out of a text before it is shortened.
_MARGIN = 500

_BREAKS = re.compile("\r\n?|[\v\f\x85\u2028\u2029]")
_BLANK_LINES = re.compile(r"\n[ \n]*\n")
# Controls, bidi and zero-width characters, blank fillers, selectors and tags that carry hidden
# words, and surrogates that stand alone (these cannot even be sent).
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e"
    "\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0d\ufeff\uffa0\ufff0-\ufffb\ud800-\udfff"
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
# Persian, Hindi and their neighbours spell with joiners and emoji are put together by them;
# anywhere else a joiner only hides something.
_STRAY_JOINERS = re.compile(
    "(?<![\u0600-\u0dff])\u200c|(?<![\u0600-\u0dff\u2190-\u2bff\ufe0f\U0001f000-\U0001faff])\u200d"
)
# Of an article's Markdown: what stands for itself, namely an escaped character, code and an address
# in angle brackets. Each quantifier ends at a mark or a number, so that the time is linear.
_ITSELF = re.compile(
    r"\\([!-/:-@\[-`{-~])|(?<!`)`([^`\n]{1,500})`(?!`)|(?<!`)`` ?([^\n]{1,500}?) ?``(?!`)"
    r"|<([A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]*|[^\s<>@:]{1,100}@[^\s<>@]{1,200})>"
)
_MARKED = re.compile(r"[\\`*_~<\[]")
# Kept apart from marks where no text has characters of its own.
_APART = {chr(at): chr(0xF0000 + at) for at in range(0x21, 0x7F)}
_KEEP, _BACK = str.maketrans(_APART), str.maketrans({kept: c for c, kept in _APART.items()})
# Of an image its description is kept, of a link its text, of emphasis what stands inside.
_ADDRESS = (
    r"\(\s?(?:<[^<>\n]{0,2000}>|[^\s()<>]*+(?:\([^\s()]*+\)[^\s()]*+){0,9}+)"
    r"(?:\s{1,3}(?:\"[^\"]{0,500}\"|'[^']{0,500}'|\([^()]{0,500}\)))?\s?\)"
)
_IMAGE = re.compile(rf"!\[([^\[\]]{{0,300}})\]{_ADDRESS}")
_LINK = re.compile(rf"\[((?:[^\[\]]|\[[^\[\]]{{0,100}}\]){{0,300}}+)\]{_ADDRESS}")
_MARKS = re.compile(r"\*\*|(?<!\w)__(?=\S)|(?<=\S)__(?!\w)|~~|`|(?<![*\w])\*(?=\S)|(?<=\S)\*(?!\w)")
# NUL, and surrogates that stand alone.
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_CONTINUES = re.compile("[\u0300-\u036f\u200d\ufe0e\ufe0f\U0001f3fb-\U0001f3ff]")


def clean(text: str) -> str:
    """Fit to show: visible characters alone, and in the place of each card number, token and
    password a word that says so. Whoever reads a channel has no use for them."""
    return masked(visible(text))


def visible(text: str) -> str:
    """The visible characters, with line breaks as they were and no run of blank lines."""
    if len(text) > LONGEST:
        text = beginning(text, LONGEST - len(SHORTENED)) + SHORTENED
    visible = _INVISIBLE.sub("", _BREAKS.sub("\n", text).replace("\t", " "))
    return _BLANK_LINES.sub("\n\n", _STRAY_JOINERS.sub("", visible))


def one_line(text: str) -> str:
    """Cleaned, with every white space a single blank: a label cannot fake a second line."""
    return " ".join(clean(text).split())


def unmarked(markdown: str) -> str:
    """The words without images, links, emphasis, code marks and escapes; headings and lists keep
    their lines."""
    if not _MARKED.search(markdown):
        return markdown
    told = _ITSELF.sub(lambda one: (one[one.lastindex or 0]).translate(_KEEP), markdown)
    told = _LINK.sub(r"\1", _IMAGE.sub(r"\1", told))
    return _MARKS.sub("", told).translate(_BACK)


def storable(text: str) -> str:
    """The same with U+FFFD for what no database stores."""
    return _UNSTORABLE.sub("\ufffd", text)


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def shorten(text: str, most: int, mark: str = SHORTENED) -> str:
    """Cleaned text of at most that many units, which says so where something was cut off."""
    if units(text) <= most:
        return text
    room = max(0, most - units(mark))
    kept = text.encode("utf-16-le")[: room * 2].decode("utf-16-le", errors="ignore")
    while kept and _CONTINUES.match(text, len(kept)):
        kept = kept[:-1]
    return kept.rstrip() + mark


def fitted(text: str, most: int, mark: str = SHORTENED) -> str:
    """Cleaned and shortened: of a text far longer than its place the rest is not looked at."""
    if len(text) > 2 * most + _MARGIN:
        text = beginning(text, 2 * most + _MARGIN, SECRET) + mark
    return shorten(clean(text), most, mark)


def label(text: str, most: int) -> str:
    """One line for a title, a button or an option; a dash when nothing is left to show."""
    start = text if len(text) <= 10 * most else f"{beginning(text, 10 * most)}…"
    return shorten(one_line(start), most, "…") or "—"
