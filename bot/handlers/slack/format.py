"""Spans in Slack's two spellings.

What a card says goes into `rich_text` blocks: their text elements are shown letter for letter,
so that no asterisk, no address and no `<!channel>` in a customer's words does anything, and what
is copied is what was written. Only small print and notification texts must be mrkdwn, where the
letters that would format are replaced by ones that look like them.
"""

import re
from collections.abc import Iterable
from functools import singledispatch
from typing import Any

from bot.cards import Code, Jump, Link, Mention, Moment, Span, Strong
from bot.words import clean, label, one_line

Json = dict[str, Any]

MOMENT = "{date_short_pretty} {time}"

_USER = re.compile(r"[UW][A-Z0-9]{2,20}")
_ADDRESS = re.compile(r"https?://[^\s<>|\"`]{1,2900}")
_LOOKALIKES = {
    re.compile(r"\*"): "∗",
    re.compile(r"~"): "∼",
    re.compile(r"`"): "ˋ",
    # Within a word an underscore formats nothing; file names and ids keep theirs.
    re.compile(r"(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])"): "＿",
    re.compile(r"(?m)^( *)>"): r"\1›",
    re.compile(r"(?<!\d):(?=[\w+-])"): "∶",
    re.compile(r"@(?=here|channel|everyone|group)", re.IGNORECASE): "＠",
}


def literal(text: str) -> str:
    """Text in mrkdwn that neither formats, quotes, links, mentions nor turns into an emoji."""
    shown = clean(text)
    for formatting, lookalike in _LOOKALIKES.items():
        shown = formatting.sub(lookalike, shown)
    return shown.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def plain(text: str, most: int) -> Json:
    """A plain_text object of one line."""
    return {"type": "plain_text", "text": label(text, most), "emoji": False}


def rich(spans: Iterable[Span]) -> list[Json]:
    """Elements of a rich_text section; spans with nothing to show are left out."""
    return [element for element in map(_rich, spans) if element.get("text") != ""]


def mrkdwn(spans: Iterable[Span]) -> str:
    """Neighbouring words are joined first: two harmless halves could make one mark."""
    joined: list[Span] = []
    for span in spans:
        if isinstance(span, str) and joined and isinstance(joined[-1], str):
            joined[-1] += span
        else:
            joined.append(span)
    return "".join(map(_mrkdwn, joined))


def _text(text: str, **style: bool) -> Json:
    element = {"type": "text", "text": clean(text)}
    return {**element, "style": style} if style else element


def _utc(moment: Moment) -> str:
    return f"{moment.at:%Y-%m-%d %H:%M} UTC"


@singledispatch
def _rich(span: Span) -> Json:
    raise TypeError(f"Slack has no spelling for {type(span).__name__}")


@_rich.register
def _(span: str) -> Json:
    return _text(span)


@_rich.register
def _(span: Strong) -> Json:
    return _text(span.text, bold=True)


@_rich.register
def _(span: Code) -> Json:
    return _text(span.text, code=True)


@_rich.register
def _(span: Link) -> Json:
    if not _ADDRESS.fullmatch(span.url):
        return _text(span.label)
    return {"type": "link", "url": span.url, "text": one_line(span.label) or "link"}


@_rich.register
def _(span: Jump) -> Json:
    return _text(span.label)


@_rich.register
def _(span: Mention) -> Json:
    if not _USER.fullmatch(span.slack or ""):
        return _text(span.name)
    return {"type": "user", "user_id": span.slack}


@_rich.register
def _(span: Moment) -> Json:
    seconds = int(span.at.timestamp())
    return {"type": "date", "timestamp": seconds, "format": MOMENT, "fallback": _utc(span)}


@singledispatch
def _mrkdwn(span: Span) -> str:
    raise TypeError(f"Slack has no spelling for {type(span).__name__}")


@_mrkdwn.register
def _(span: str) -> str:
    return literal(span)


@_mrkdwn.register
def _(span: Strong) -> str:
    return f"*{words}*" if (words := literal(one_line(span.text))) else ""


@_mrkdwn.register
def _(span: Code) -> str:
    return f"`{words}`" if (words := literal(one_line(span.text))) else ""


@_mrkdwn.register
def _(span: Link) -> str:
    words = literal(one_line(span.label)).replace("|", "¦") or "link"
    return f"<{span.url.replace('&', '&amp;')}|{words}>" if _ADDRESS.fullmatch(span.url) else words


@_mrkdwn.register
def _(span: Jump) -> str:
    return literal(one_line(span.label))


@_mrkdwn.register
def _(span: Mention) -> str:
    return f"<@{span.slack}>" if _USER.fullmatch(span.slack or "") else literal(span.name)


@_mrkdwn.register
def _(span: Moment) -> str:
    return f"<!date^{int(span.at.timestamp())}^{MOMENT}|{_utc(span)}>"
