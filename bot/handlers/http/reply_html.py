"""What we write to a help desk: words only, whatever they look like."""

import hashlib
import html

from bot.handlers.http.html_text import plain_text


def reply_html(text: str) -> str:
    """Escape, with a paragraph per blank line; no part of the text becomes markup."""
    paragraphs = html.escape(text.strip()).replace("\r\n", "\n").split("\n\n")
    shown = (part.strip().replace("\n", "<br>") for part in paragraphs)
    return "".join(f"<p>{part}</p>" for part in shown if part)


def fingerprint(markup: str) -> str:
    """The same for what was sent and what a help desk made of it: the words without spaces."""
    return hashlib.sha256("".join(plain_text(markup).split()).encode()).hexdigest()
