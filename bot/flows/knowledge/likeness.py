"""Articles that say the same, or of the same thing something else; pure.

Two passages are near duplicates when they share most runs of three words (w-shingling, A. Broder,
"On the resemblance and containment of documents", 1997). They contradict each other when they are
about the same and differ in a number, or in saying that it is so and that it is not.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from storage.search import content_words

SAME, SAME_SUBJECT = 0.5, 0.5
LEAST = 4
RUN = 3
_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W_]+(?:['’]t)?")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_NOT = frozenset(
    {"not", "no", "never", "cannot", "without", "neither", "don't", "can't", "won't", "isn't"}
    | {"aren't", "doesn't", "nicht", "kein", "keine", "nie", "niemals", "nunca", "jamás", "ne"}
    | {"pas", "jamais", "não"}
)
_FEW = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_NUMBERS = {word: str(at) for at, word in enumerate((*_FEW, "eleven", "twelve"))}


@dataclass(frozen=True)
class Alike:
    """`one` and `other` are numbers of passages, counted from 1."""

    kind: Literal["duplicate", "contradiction"]
    one: int
    other: int


def alike(ours: Sequence[str], theirs: Sequence[str]) -> list[Alike]:
    """The clearest pair of each kind among the passages of two articles."""
    best: dict[Literal["duplicate", "contradiction"], tuple[float, Alike]] = {}
    for at, mine in enumerate(ours, start=1):
        for to, other in enumerate(theirs, start=1):
            kind, weight = _compared(mine, other)
            if kind is not None and weight > best.get(kind, (0.0, None))[0]:
                best[kind] = (weight, Alike(kind, at, to))
    return [found for _, found in best.values()]


def _compared(mine: str, other: str) -> tuple[Literal["duplicate", "contradiction"] | None, float]:
    subjects = _subject(mine), _subject(other)
    if min(map(len, subjects)) < LEAST:
        return None, 0.0
    common = _share(*subjects)
    if common >= SAME_SUBJECT and _disagree(mine, other):
        return "contradiction", common
    shingles = _share(_runs(mine), _runs(other))
    return ("duplicate", shingles) if shingles >= SAME else (None, 0.0)


def _subject(text: str) -> frozenset[str]:
    """What a passage is about: its words, without numbers and without "not"."""
    words = content_words(text)
    return frozenset(w for w in words if not _is_number(w) and w not in _NOT)


def _disagree(mine: str, other: str) -> bool:
    ours, theirs = _words(mine), _words(other)
    numbers = [frozenset(_number(w) for w in words if _is_number(w)) for words in (ours, theirs)]
    differs = all(numbers) and not (numbers[0] <= numbers[1] or numbers[1] <= numbers[0])
    denied = [any(word in _NOT for word in words) for words in (ours, theirs)]
    return differs or denied[0] is not denied[1]


def _words(text: str) -> list[str]:
    return [word.lower().replace("’", "'") for word in _WORD.findall(text)]


def _is_number(word: str) -> bool:
    return bool(_NUMBER.fullmatch(word)) or word in _NUMBERS


def _number(word: str) -> str:
    return _NUMBERS.get(word, word)


def _runs(text: str) -> frozenset[str]:
    words = _words(text)
    return frozenset(" ".join(words[at : at + RUN]) for at in range(max(1, len(words) - RUN + 1)))


def _share(mine: frozenset[str], other: frozenset[str]) -> float:
    return len(mine & other) / len(mine | other) if mine and other else 0.0
