"""Phrases found in text without regular expressions: time grows with the text and nothing else.

A line of a phrase table is words in order: `a|b` is either, `stem*` any word that begins so,
`[a|b]` may be missing, and `..` stands for up to three words of any kind. Words are compared
without case and accents.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

_WORD = re.compile(r"[^\W_]+(?:['’]t\b)?")
_STOP = re.compile(r"[.!?]\s|\n\s*\n|[。！？]")
_CONTINUED = re.compile(r"\|[ ]+")
_INVISIBLE = ("Cf", "Cs")
_GAP = 3
_KEY = 3


class Word(NamedTuple):
    """`text` is compared; `start` and `end` are where the word stands in the readable text, and
    `opens` says that a sentence begins with it."""

    text: str
    start: int
    end: int
    opens: bool = False


def readable(text: str) -> str:
    """The text as a person reads it: compatibility forms folded, invisible characters gone."""
    if text.isascii():
        return text
    folded = unicodedata.normalize("NFKC", text)
    return "".join(
        char for char in folded if char.isascii() or unicodedata.category(char) not in _INVISIBLE
    )


def plain(word: str) -> str:
    """A word without case, accents and apostrophes."""
    if word.isascii():
        return word.lower().replace("'", "")
    parts = unicodedata.normalize("NFD", word.casefold())
    return "".join(char for char in parts if char.isalnum())


def words_of(text: str) -> list[Word]:
    words: list[Word] = []
    before = 0
    for found in _WORD.finditer(text):
        start, end = found.span()
        opens = start - before > 1 and _STOP.search(text, before, start) is not None
        words.append(Word(plain(found[0]), start, end, opens))
        before = end
    return words


@dataclass(frozen=True)
class _Element:
    exact: frozenset[str]
    stems: tuple[str, ...]
    is_optional: bool = False
    is_gap: bool = False

    def takes(self, word: str) -> bool:
        return word in self.exact or (bool(self.stems) and word.startswith(self.stems))


def _element(written: str) -> _Element:
    if written == "..":
        return _Element(frozenset(), (), is_gap=True)
    is_optional = written.startswith("[")
    options = written.strip("[]").split("|")
    return _Element(
        frozenset(plain(option) for option in options if not option.endswith("*")),
        tuple(plain(option[:-1]) for option in options if option.endswith("*")),
        is_optional,
    )


class Phrases:
    """A table of phrases by name. A phrase's first element is a plain word or stem."""

    def __init__(self, table: Mapping[str, Iterable[str]]) -> None:
        self._by_start: dict[str, list[tuple[str, tuple[_Element, ...]]]] = defaultdict(list)
        for name, lines in table.items():
            for line in lines:
                elements = tuple(_element(written) for written in line.split())
                for start in _starts(elements[0], line):
                    self._by_start[start].append((name, elements))

    def find(self, words: Sequence[Word]) -> Iterator[tuple[str, int, int]]:
        """Every (name, first word, word after the last) in the order of the text.

        A phrase stands within one sentence.
        """
        for at, word in enumerate(words):
            text = word.text
            for start in {text, text[:_KEY] + "*"}:
                for name, elements in self._by_start.get(start, ()):
                    if elements[0].takes(text):
                        end = _end(words, at + 1, elements, 1)
                        if end is not None:
                            yield name, at, end


def _starts(first: _Element, line: str) -> set[str]:
    if first.is_gap or first.is_optional or any(len(stem) < _KEY for stem in first.stems):
        raise ValueError(f"{line!r} must begin with words or stems of {_KEY} letters and more")
    return set(first.exact) | {stem[:_KEY] + "*" for stem in first.stems}


def _end(words: Sequence[Word], at: int, elements: Sequence[_Element], index: int) -> int | None:
    """The word after the phrase when the elements from `index` on match from `at` on."""
    if index == len(elements):
        return at
    element = elements[index]
    if element.is_gap:
        ends = (_end(words, after, elements, index + 1) for after in _behind_gap(words, at))
        return next((end for end in ends if end is not None), None)
    if at < len(words) and not words[at].opens and element.takes(words[at].text):
        end = _end(words, at + 1, elements, index + 1)
        if end is not None:
            return end
    return _end(words, at, elements, index + 1) if element.is_optional else None


def _behind_gap(words: Sequence[Word], at: int) -> Iterator[int]:
    """Where a phrase may go on: here, and behind each of the next words of the sentence."""
    yield at
    for skipped in range(at, min(at + _GAP, len(words))):
        if words[skipped].opens:
            return
        yield skipped + 1


def lines(table: str) -> tuple[str, ...]:
    """The lines of a written table, blank ones and those that begin with # left out.

    A long element goes on behind `|` and a backslash, and blanks there mean nothing.
    """
    stripped = (_CONTINUED.sub("|", line.strip()) for line in table.splitlines())
    return tuple(line for line in stripped if line and not line.startswith("#"))
