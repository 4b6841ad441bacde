"""A sentence as what has to agree with its passage: words, numbers, names and labels."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import takewhile
from typing import NamedTuple

from bot.agent.phrases import plain, readable
from bot.agent.places import places_in
from bot.agent.reading import stem
from bot.agent.words.numbers import NUMBERS, counted
from bot.agent.words.opposites import PLATFORMS
from bot.agent.words.topics import EMPTY

_LONGEST = 4_000
# "Quatre-vingt-dix-sept" has most words.
_LONGEST_NUMBER = 5
_LINK = re.compile(r"\b(?:https?://|www\.)[^\s<>()\"”]+", re.IGNORECASE)
_ADDRESS = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")
_TOKEN = re.compile(
    r"(?P<number>\d+(?:[.,:]\d+)*)(?P<unit>%|[a-zA-Z]{1,2}\b)?(?![^\W_])"
    r"|(?P<word>[^\W_]+(?:['’][^\W_]+)?)"
    r"|(?P<mark>%|[.,;:!?()\[\]\n–—])"
)
_CURRENCY = re.compile(
    r"[$€£¥]|\b(?:usd|eur|euros?|gbp|chf|dollars?|pounds?|dólares)\b", re.IGNORECASE
)
_CURRENCIES = {"$": "usd", "dollar": "usd", "dollars": "usd", "dólares": "usd"} | {
    "€": "eur", "euro": "eur", "euros": "eur", "£": "gbp", "pound": "gbp", "pounds": "gbp",
}  # fmt: skip
_LABEL = re.compile(r"[“\"„«‹]\s*([^“”\"„«»‹›\n]{2,80}?)\s*[”\"“»›]")
_COUNTED = re.compile(r"(?m)^\s*(?:\d{1,2}[.)]|[-*•])\s+")
_SENTENCE = re.compile(r"(?<=[.!?])[\"”’)]?\s+(?=[^\s])|\n+")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?:\D|$))")
_CLAUSE = frozenset(",;:.!?()[]\n–—")
_OPENS = frozenset(".:!?\n")


class Token(NamedTuple):
    """`opens` says that a sentence or a clause behind a colon begins with it; `mark` is
    punctuation."""

    text: str
    written: str
    opens: bool
    mark: bool = False

    @property
    def is_content(self) -> bool:
        return not self.mark and len(self.text) > 1 and self.text not in EMPTY

    @property
    def is_number(self) -> bool:
        return self.text[:1].isdigit()

    @property
    def is_name(self) -> bool:
        """Written as names are, wherever it stands."""
        inner = self.written[1:]
        has_digit = any(map(str.isdigit, self.written)) and not self.is_number
        return has_digit or any(map(str.isupper, inner)) or self.text in PLATFORMS

    @property
    def is_capital(self) -> bool:
        return self.written[:1].isupper()


@dataclass(frozen=True)
class Told:
    """One sentence, taken apart."""

    text: str
    tokens: tuple[Token, ...]

    @cached_property
    def words(self) -> frozenset[str]:
        return frozenset(token.text for token in self.tokens if not token.mark)

    @cached_property
    def stems(self) -> frozenset[str]:
        """Of the words that say something."""
        return frozenset(
            stem(token.text)
            for token in self.tokens
            if token.is_content and not token.is_number and token.text not in NUMBERS
        )

    @cached_property
    def numbers(self) -> frozenset[str]:
        return frozenset(token.text for token in self.tokens if token.is_number)

    @cached_property
    def names(self) -> frozenset[str]:
        """Names for certain; the first word of a sentence is one only if it looks like one."""
        return frozenset(
            token.text
            for token in self.tokens
            if token.is_content
            and not token.is_number
            and (token.is_name or (token.is_capital and not token.opens))
        )

    @cached_property
    def labels(self) -> frozenset[str]:
        return frozenset(" ".join(_plain_words(found)) for found in _LABEL.findall(self.text))

    @cached_property
    def places(self) -> frozenset[str]:
        """Hosts and addresses, and what else a link leads to."""
        return places_in(self.text)

    @cached_property
    def currencies(self) -> frozenset[str]:
        written = (found[0].lower() for found in _CURRENCY.finditer(self.text))
        return frozenset(_CURRENCIES.get(one, one) for one in written)

    def clauses(self) -> Iterator[tuple[Token, ...]]:
        clause: list[Token] = []
        for token in self.tokens:
            if token.mark and token.text in _CLAUSE:
                yield tuple(clause)
                clause = []
            else:
                clause.append(token)
        yield tuple(clause)


@lru_cache(maxsize=4096)
def told(text: str) -> Told:
    text = readable(text[:_LONGEST]).replace("’", "'")
    return Told(text, tuple(_tokens(_COUNTED.sub("", text))))


@lru_cache(maxsize=2048)
def sentences_of(text: str) -> tuple[Told, ...]:
    """The sentences and lines of a text, those without a letter left out."""
    parts = _SENTENCE.split(text)
    return tuple(told(part) for part in parts if any(map(str.isalnum, part)))


def _tokens(text: str) -> Iterator[Token]:
    bare = _ADDRESS.sub(" ", _LINK.sub(" ", text))
    opens, used = True, 0
    all_found = list(_TOKEN.finditer(_THOUSANDS.sub("", bare)))
    for at, found in enumerate(all_found):
        if used:
            used -= 1
            continue
        if mark := found["mark"]:
            if mark == "%":
                yield Token("%", mark, False)
            else:
                yield Token(mark, mark, False, mark=True)
                opens = opens or mark in _OPENS
            continue
        number, words = counted(_words_of(all_found[at : at + _LONGEST_NUMBER]))
        if words > 1:
            yield Token(number, found["word"], opens)
            used = words - 1
        else:
            yield from _of(found, opens)
        opens = False


def _words_of(found: Sequence[re.Match[str]]) -> list[str]:
    """Those that follow each other up to a figure or a sign."""
    return [plain(each["word"]) for each in takewhile(lambda each: each["word"], found)]


def _of(found: re.Match[str], opens: bool) -> Iterator[Token]:
    if number := found["number"]:
        unit = found["unit"]
        if unit in ("k", "K") and number.isdigit():
            yield Token(f"{number}000", number, opens)
            return
        yield Token(number.replace(",", "."), number, opens)
        if unit:
            yield Token(plain(unit) if unit != "%" else unit, unit, False)
        return
    written = found["word"]
    text = plain(written.removesuffix("'s"))
    yield Token(NUMBERS.get(text, text), written, opens)


def _plain_words(text: str) -> list[str]:
    return [token.text for token in _tokens(text) if not token.mark]
