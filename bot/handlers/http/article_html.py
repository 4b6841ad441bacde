"""Articles as a help centre shows them, and what of theirs we read."""

import hashlib
import html
import re

from markdown_it import MarkdownIt
from markdownify import markdownify

from bot.handlers.http.html_text import HIDDEN, TAG, plain_text
from bot.handlers.http.reply_html import fingerprint

# Nothing of an article becomes markup but what Markdown means; a link with another scheme is text.
_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")
_COMMENT = re.compile(r"<!--[^<>]*-->")
_LINK = re.compile(r"""<a\b[^<>]*?\bhref\s*=\s*(?:"([^"<>]*)"|'([^'<>]*)')""", re.IGNORECASE)


def article_html(body: str) -> str:
    return str(_MARKDOWN.render(body)).strip()


def article_markdown(markup: str) -> str:
    """The same article as Markdown: links, numbers, tables and emphasis stay what they are.

    Underscores stay bare: between letters they mean nothing, and codes are searched as they are.
    """
    try:
        told = markdownify(
            _tags_alone(markup), heading_style="atx", bullets="-", escape_underscores=False
        )
    except RecursionError:  # tags within tags without end; its words are there all the same
        return plain_text(markup)
    return str(told).strip()


def digest_of(title: str, markup: str) -> str:
    """The same for what was sent and what a help centre made of it: it may cleanse tags and spaces,
    and keeps the words and where links lead."""
    told = "\n".join(("".join(title.split()), fingerprint(markup), *_links(markup)))
    return hashlib.sha256(told.encode()).hexdigest()[:32]


def _links(markup: str) -> list[str]:
    found = (html.unescape(one[1] or one[2] or "") for one in _LINK.finditer(markup))
    return [one.strip().rstrip("/") for one in found]


def _tags_alone(markup: str) -> str:
    """Without what nobody sees. A "<" that begins no tag is text: the parser's time grows with the
    square of those."""
    seen = _COMMENT.sub("", HIDDEN.sub("", markup))
    pieces, end = [], 0
    for tag in TAG.finditer(seen):
        pieces += [seen[end : tag.start()].replace("<", "&lt;"), tag[0]]
        end = tag.end()
    return "".join((*pieces, seen[end:].replace("<", "&lt;")))
