"""Reads a rendered message as Slack would, and says what in it is live.

Written from Slack's pages on formatting, without a look at the renderer.
"""

import re
from collections.abc import Iterator
from typing import Any

Json = dict[str, Any]

# Markers format at the edge of a word, so an underscore inside one is only a letter.
_MARKS = re.compile(r"[*~`]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])")
_EMOJI = re.compile(r":[A-Za-z][\w+'-]*:")
_BROADCAST = re.compile(r"@(here|channel|everyone)", re.IGNORECASE)
_ENTITY = re.compile(r"&(?!amp;|lt;|gt;)")
HIDDEN = re.compile("[\x00-\x09\x0b-\x1f\x7f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


def texts(part: Any) -> Iterator[Json]:
    """Every text object and rich_text leaf."""
    if isinstance(part, dict):
        if part.get("type") in ("mrkdwn", "plain_text", "text", "link", "user", "date"):
            yield part
        for value in part.values():
            yield from texts(value)
    elif isinstance(part, list):
        for value in part:
            yield from texts(value)


def live_mrkdwn(text: str) -> list[str]:
    """Everything in the text that Slack would treat as more than letters."""
    live = re.findall(r"<[^>]*>", text)
    rest = re.sub(r"<[^>]*>", "", text)
    live += _MARKS.findall(rest) + _EMOJI.findall(rest) + _BROADCAST.findall(rest)
    live += _ENTITY.findall(rest) + re.findall(r"[<>]", rest)
    return live + re.findall(r"(?m)^\s*&gt;", rest)


def live(message: Json) -> list[str]:
    """What acts in a whole message: control sequences, formatting, links, mentions."""
    found = live_mrkdwn(message.get("text", ""))
    for text in texts(message["blocks"]):
        if text["type"] == "mrkdwn":
            found += live_mrkdwn(text["text"])
            found += [] if text.get("verbatim") is True else ["not verbatim"]
        elif text["type"] == "plain_text":
            found += ["emoji"] if text.get("emoji", True) else []
        elif text["type"] != "text":
            found.append(text["type"])
    return found


def shown(message: Json) -> str:
    """All words that a reader sees, one text after the other."""
    return "\n".join(str(text.get("text", text.get("fallback", ""))) for text in texts(message))
