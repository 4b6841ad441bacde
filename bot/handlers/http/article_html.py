"""Articles as a help centre shows them, and what of theirs we read."""

import hashlib
import re
from html.parser import HTMLParser

from markdown_it import MarkdownIt

from bot.handlers.http.article_text import Writer
from bot.handlers.http.html_text import HIDDEN, TAG, decoded, plain_text
from bot.handlers.http.reply_html import fingerprint

# Nothing of an article becomes markup but what Markdown means; a link with another scheme is text.
_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
_COMMENT = re.compile(r"<!--[^<>]*-->")
_LINK = re.compile(r"""<a\b[^<>]*?\bhref\s*=\s*(?:"([^"<>]*)"|'([^'<>]*)')""", re.IGNORECASE)
_BETWEEN = re.compile(r"[<>`\s]+")
_SHOWING = ("style", "hidden", "color", "type")


def article_html(body: str) -> str:
    return str(_MARKDOWN.render(body)).strip()


def article_markdown(markup: str) -> str:
    """The same article as Markdown: links, numbers, tables and emphasis stay what they are."""
    try:
        told = Writer(heading_style="atx", bullets="-").convert(_tags_alone(markup))
    # Tags within tags without end, and a character by a number that is none: the words are there.
    except (RecursionError, ValueError):
        return plain_text(markup)
    return str(told).strip()


def digest_of(title: str, markup: str) -> str:
    """The same for what was sent and what a help centre made of it: it may cleanse tags and spaces,
    and keeps the words and where links lead."""
    told = "\n".join(("".join(title.split()), fingerprint(markup), *_links(markup)))
    return hashlib.sha256(told.encode()).hexdigest()[:32]


def styling_of(markup: str) -> str:
    """The tags alone, each once with whatever of it may hide words; no text, comment or class.

    For `bot.agent.poison.hidden_in`: the words are read for themselves, as Markdown, which has no
    place for how they look.
    """
    tags = _Tags()
    try:
        tags.feed(_tags_alone(markup))
        tags.close()
    except ValueError:  # a character by a number that is none
        return markup
    return "\n".join(tags.found)


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, None] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("script", "style"):
            return
        self.found[f"<{tag}>"] = None
        for name, value in attrs:
            if name in _SHOWING:
                told = f'="{_BETWEEN.sub(" ", value)}"' if value else ""
                self.found[f"<{tag} {name}{told}>"] = None


def _links(markup: str) -> list[str]:
    found = (decoded(one[1] or one[2] or "") for one in _LINK.finditer(markup))
    return [one.strip().rstrip("/").replace(" ", "%20") for one in found]


def _tags_alone(markup: str) -> str:
    """Without what nobody sees. A "<" that begins no tag is text: the parser's time grows with the
    square of those."""
    seen = _COMMENT.sub("", HIDDEN.sub("", markup))
    pieces, end = [], 0
    for tag in TAG.finditer(seen):
        pieces += [seen[end : tag.start()].replace("<", "&lt;"), tag[0]]
        end = tag.end()
    return "".join((*pieces, seen[end:].replace("<", "&lt;")))
