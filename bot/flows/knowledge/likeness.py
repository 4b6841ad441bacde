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


@dataclass(frozen=True)
class Told:
    """What is compared of a passage: its `subject` are its words without numbers and without
    "not"."""

    subject: frozenset[str]
    runs: frozenset[str]
    numbers: frozenset[str]
    is_denied: bool


def told_in(passages: Sequence[str]) -> list[Told]:
    return [_told(passage) for passage in passages]


def _told(passage: str) -> Told:
    words = _words(passage)
    return Told(
        frozenset(w for w in content_words(passage) if not _is_number(w) and w not in _NOT),
        frozenset(" ".join(words[at : at + RUN]) for at in range(max(1, len(words) - RUN + 1))),
        frozenset(_number(word) for word in words if _is_number(word)),
        any(word in _NOT for word in words),
    )


def alike(ours: Sequence[Told], theirs: Sequence[Told]) -> list[Alike]:
    """The clearest pair of each kind among the passages of two articles."""
    best: dict[Literal["duplicate", "contradiction"], tuple[float, Alike]] = {}
    for at, mine in enumerate(ours, start=1):
        for to, other in enumerate(theirs, start=1):
            kind, weight = _compared(mine, other)
            if kind is not None and weight > best.get(kind, (0.0, None))[0]:
                best[kind] = (weight, Alike(kind, at, to))
    return [found for _, found in best.values()]


def _compared(
    mine: Told, other: Told
) -> tuple[Literal["duplicate", "contradiction"] | None, float]:
    if min(len(mine.subject), len(other.subject)) < LEAST:
        return None, 0.0
    common = _share(mine.subject, other.subject)
    if common >= SAME_SUBJECT and _disagree(mine, other):
        return "contradiction", common
    shingles = _share(mine.runs, other.runs)
    return ("duplicate", shingles) if shingles >= SAME else (None, 0.0)


def _disagree(mine: Told, other: Told) -> bool:
    ours, theirs = mine.numbers, other.numbers
    differs = ours and theirs and not (ours <= theirs or theirs <= ours)
    return bool(differs) or mine.is_denied is not other.is_denied


def _words(text: str) -> list[str]:
    return [word.lower().replace("’", "'") for word in _WORD.findall(text)]


def _is_number(word: str) -> bool:
    return bool(_NUMBER.fullmatch(word)) or word in _NUMBERS


def _number(word: str) -> str:
    return _NUMBERS.get(word, word)


def _share(mine: frozenset[str], other: frozenset[str]) -> float:
    return len(mine & other) / len(mine | other) if mine and other else 0.0
