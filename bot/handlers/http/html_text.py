"""Customers' HTML as plain text."""

import html
import re

# One pass each and no nesting, so that the time is linear in hostile input too.
HIDDEN = re.compile(r"<(script|style)\b[^<>]*>[^<]*</\1\s*>", re.IGNORECASE)
_BREAK = re.compile(r"<br\s*/?>|</(?:p|div|li|tr|h[1-6]|ul|ol|blockquote|pre)\s*>", re.IGNORECASE)
_ITEM = re.compile(r"<li\b[^<>]*>", re.IGNORECASE)
TAG = re.compile(r"</?[A-Za-z][^<>]*>|<!--[^<>]*-->")
_GAP = re.compile(r"\n{3,}")


def plain_text(markup: str) -> str:
    """Return the words with a line per block and a dash per list item; no tag, no entity is left.

    What merely looks like a tag after decoding (`&lt;b&gt;`) is text that somebody wrote: it stays.
    """
    shown = HIDDEN.sub("", markup)
    shown = TAG.sub("", _BREAK.sub("\n", _ITEM.sub("- ", shown)))
    lines = (line.strip() for line in decoded(shown).splitlines())
    return _GAP.sub("\n\n", "\n".join(lines)).strip()


def decoded(text: str) -> str:
    """Without character references, where they can be told at all."""
    try:
        return html.unescape(text).replace("\xa0", " ")
    except ValueError:  # a character reference of more digits than int() takes
        return text
