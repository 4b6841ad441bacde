"""Which passage of which article answers a question; no database, no platform."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from bot.agent.passages import passages_of
from bot.agent.tables import is_row
from bot.agent.words.topics import EMPTY
from bot.words import unmarked
from storage.search import Found, content_words

LONGEST = 500
# Under a third of the question's words in an article, it is about something else.
COVERED = 0.34
# A further article that the search puts this far behind the first only happens to use the words.
FURTHER = 0.6
# An article as near as this was right for real questions twice as often as one with their words.
NEAR = 0.5
# Of a word that begins another.
_APART = 5
_STEPS = re.compile(r"^1[.)]\s", re.MULTILINE)
_BULLETS = re.compile(r"^[^\S\n]*[*-][^\S\n]+", re.MULTILINE)
_HEADINGS = re.compile(r"^#{1,6}\s+", re.MULTILINE)


@dataclass(frozen=True)
class Telling:
    """The passage of an article that answers best; `number` counts from 1."""

    article: int
    number: int


def worth_showing(question: str, found: Sequence[Found]) -> list[Telling]:
    """Articles that share enough of the question's words, or mean what it means, each with its most
    telling passage.

    One word in common is never enough when the question has three or more, and further articles
    must come close to the best.
    """
    # What joins words in any language says nothing of what is asked.
    words = stems_of(question)
    words = {word for word in words if word not in EMPTY} or words
    if not words:
        return []
    kept: list[Telling] = []
    least = 0.0
    for article in found:
        if article.score < least:
            break
        common = _common(words, _stems(f"{article.title} {article.text}"), article.language)
        is_about = len(common) / len(words) >= COVERED and (len(words) < 3 or len(common) > 1)
        if not is_about and article.near < NEAR:
            continue
        # What only past tickets speak for is left out above, and measures nobody else.
        least = least or FURTHER * article.score
        kept.append(Telling(article.article_id, _most_telling(words, article.text)))
    return kept


def _most_telling(words: set[str], text: str) -> int:
    passages = passages_of(text)
    shared = [max((len(words & _stems(part)) for part in _parts(p)), default=0) for p in passages]
    if not any(shared):
        return 1 if passages else 0
    equals = [at for at, count in enumerate(shared, start=1) if count == max(shared)]
    # Of equals the one that says what to do, step by step; else the one below: an article opens
    # with what it is about, and answers further down.
    steps = [at for at in equals if _STEPS.search(passages[at - 1])]
    return [*steps, *equals[1:], *equals][0]


def _common(words: set[str], stems: set[str], language: str) -> set[str]:
    """In German and Dutch a verb stands in two parts in a question, and as one in an article: what
    is asked with "setze … zurück" is called "zurücksetzen"."""
    if language[:2] not in ("de", "nl"):
        return words & stems
    return {
        word
        for word in words
        if word in stems or (len(word) >= _APART and any(one.startswith(word) for one in stems))
    }


def _parts(passage: str) -> list[str]:
    """Of a table one row answers, of anything else the whole."""
    return _rows(passage) or [passage]


def _rows(passage: str) -> list[str]:
    return [line for line in passage.splitlines() if is_row(line)]


def passage_of(text: str, number: int, asked: str = "") -> str:
    """As it is read in a chat, of a long table the rows that say most of what was `asked`; empty
    when the article has none of that number (any more)."""
    passages = passages_of(text)
    if not 1 <= number <= len(passages):
        return ""
    told = _BULLETS.sub("• ", passages[number - 1]).strip()
    if len(told) > LONGEST:
        told = "\n".join(_best_rows(stems_of(asked), _rows(told))) or told
    return told if len(told) <= LONGEST else f"{told[:LONGEST].rsplit(' ', 1)[0]} …"


def _best_rows(words: set[str], rows: Sequence[str]) -> list[str]:
    """A word that stands in many of them tells few apart."""
    said = [words & _stems(row) for row in rows]
    often = Counter(word for found in said for word in found)
    worth = [sum(1 / often[word] for word in found) for found in said]
    least = max(worth, default=0.0) / 2
    return [row for row, found in zip(rows, worth, strict=True) if found > least]


def plain(markdown: str) -> str:
    """The words of an article without its Markdown; a list keeps its lines."""
    return unmarked(_BULLETS.sub("• ", _HEADINGS.sub("", markdown))).strip()


def stems_of(question: str) -> set[str]:
    """What a question is about, as one compares it with another."""
    return {_stem(word) for word in content_words(question)}


def _stems(text: str) -> set[str]:
    return {_stem(word) for word in re.findall(r"[^\W_]{2,}", text.lower())}


def _stem(word: str) -> str:
    """Enough of a stem to see that "refunds", "refunded" and "refund" are one word."""
    for ending in ("ing", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word
