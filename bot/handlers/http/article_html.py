"""Articles as a help centre shows them, and what of theirs we read."""

import hashlib

from markdown_it import MarkdownIt

from bot.handlers.http.reply_html import fingerprint

# Nothing of an article becomes markup but what Markdown means; a link with another scheme is text.
_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")


def article_html(body: str) -> str:
    return str(_MARKDOWN.render(body)).strip()


def digest_of(title: str, markup: str) -> str:
    """The same for what was sent and what a help centre made of it: it may cleanse tags and spaces,
    and keeps the words."""
    told = f"{''.join(title.split())}\n{fingerprint(markup)}"
    return hashlib.sha256(told.encode()).hexdigest()[:32]
