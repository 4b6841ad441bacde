"""What of an article can be cited: its paragraphs and lists, counted from 1."""

import re
from functools import lru_cache

from bot.agent.tables import spelled
from bot.words import unmarked

_ARTICLES = 1024
_BLANK = re.compile(r"\n[ \t]*\n")


@lru_cache(maxsize=_ARTICLES)
def passages_of(text: str) -> tuple[str, ...]:
    """The passages of an article's Markdown in order, as plain text; a heading begins the passage
    that follows it, also at the end of other lines, so that none is a heading alone unless nothing
    follows. A table is its rows."""
    passages: list[str] = []
    headings: list[str] = []
    for block in _BLANK.split(text):
        whole = [line.strip() for line in block.splitlines() if line.strip()]
        lines = [line.text for line in spelled(whole) if _words_of(line.text)]
        told = [_words_of(line) for line in lines]
        if not lines:
            continue
        if all(map(_is_heading, lines)):
            headings += told
            continue
        ends = max(at for at, line in enumerate(lines, start=1) if not _is_heading(line))
        passages.append("\n".join([*headings, *told[:ends]]))
        headings = told[ends:]
    if headings:
        passages.append("\n".join(headings))
    return tuple(passages)


def _words_of(line: str) -> str:
    """Empty for a line that is nothing but an image."""
    return unmarked(line.lstrip("#") if _is_heading(line) else line).strip()


def _is_heading(line: str) -> bool:
    return re.match(r"#{1,6}\s", line) is not None
