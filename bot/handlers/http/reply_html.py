"""What we write to a help desk: words only, whatever they look like."""

import hashlib
import html
import re

from bot.handlers.http.html_text import plain_text

# HTML drops these spaces, and with them the shape of a command or a list that somebody wrote.
_DROPPED_SPACE = re.compile(r"^ | (?= )", re.MULTILINE)


def reply_html(text: str) -> str:
    """Escape, with a paragraph per blank line; no part of the text becomes markup."""
    escaped = html.escape(text.strip()).replace("\r\n", "\n")
    paragraphs = _DROPPED_SPACE.sub("&nbsp;", escaped).split("\n\n")
    shown = (part.strip().replace("\n", "<br>") for part in paragraphs)
    return "".join(f"<p>{part}</p>" for part in shown if part)


def fingerprint(markup: str) -> str:
    """The same for what was sent and what a help desk made of it: the words without spaces."""
    return hashlib.sha256("".join(plain_text(markup).split()).encode()).hexdigest()
