"""Which passage of which article answers a question; no database, no platform."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.words import unmarked
from storage.search import Found, content_words

LONGEST = 500
# Of the 2,000 characters that a button of the narrowest platform holds.
CARRIED = 1_500
# Under a third of the question's words in an article, it is about something else.
COVERED = 0.34
# A further article that the search puts this far behind the first only happens to use the words.
FURTHER = 0.6
_PARAGRAPHS = re.compile(r"\n\s*\n")
_HEADINGS = re.compile(r"^#{1,6}\s+", re.MULTILINE)
_BULLETS = re.compile(r"^[*-]\s+", re.MULTILINE)


@dataclass(frozen=True)
class Passage:
    ref: str
    title: str
    url: str
    passage: str


def carried(question: str) -> str:
    """As much of a question as a button takes along, as long as it is when it is written there:
    an emoji is two characters, and so is a quotation mark."""
    while (excess := _written(question) - CARRIED) > 0:
        # What is written of one character is at most six.
        question = question[: -max(1, excess // 6)]
    return question


def _written(text: str) -> int:
    return len(json.dumps(text, ensure_ascii=False).encode("utf-16-le", "replace")) // 2


def worth_showing(question: str, found: Sequence[Found]) -> list[Passage]:
    """Articles that share enough of the question's words, each with its most telling paragraph.

    One word in common is never enough when the question has three or more, and further articles
    must come close to the best.
    """
    words = {_stem(word) for word in content_words(question)}
    if not words:
        return []
    kept = []
    for article in found:
        if article.score < FURTHER * found[0].score:
            break
        common = words & _stems(f"{article.title} {article.text}")
        if len(common) / len(words) < COVERED or (len(words) > 2 and len(common) < 2):
            continue
        best = _best_paragraph(words, article.text)
        kept.append(Passage(article.ref, article.title, article.url, best))
    return kept


def _best_paragraph(words: set[str], text: str) -> str:
    paragraphs = [p.strip() for p in _PARAGRAPHS.split(text) if len(p.strip()) > 40] or [text]
    best = plain(max(paragraphs, key=lambda p: len(words & _stems(p))))
    return best if len(best) <= LONGEST else f"{best[:LONGEST].rsplit(' ', 1)[0]} …"


def plain(markdown: str) -> str:
    """The words of an article without its Markdown; a list keeps its lines."""
    return unmarked(_BULLETS.sub("• ", _HEADINGS.sub("", markdown))).strip()


def _stems(text: str) -> set[str]:
    return {_stem(word) for word in re.findall(r"[^\W_]{2,}", text.lower())}


def _stem(word: str) -> str:
    """Enough of a stem to see that "refunds", "refunded" and "refund" are one word."""
    for ending in ("ing", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word
