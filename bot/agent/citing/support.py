"""Whether passages support a sentence: word for word it need not be, fact for fact it must.

A sentence is held against the few sentences of its passages that tell most of it. Their words may
be other ones for a part; numbers, names, labels and addresses must be there, and nothing may be
turned into its contrary.
"""

from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from bot.agent.citing.aligned import is_altered
from bot.agent.citing.facts import Token, Told, sentences_of
from bot.agent.citing.frames import settles, tells
from bot.agent.citing.measures import (
    in_units_of,
    is_bounded_otherwise,
    is_exchanged,
    is_reversed,
    measures,
)
from bot.agent.citing.polarity import is_turned
from bot.agent.reading import stem
from bot.agent.words.measures import BOUNDLESS, LIMIT
from bot.agent.words.opposites import ALL, CALLED, FRAME, NOT, ONE, ONLY, OPPOSITES, PLATFORMS

# Of what a sentence says so much stands in its passages in the same words, or it is another claim.
COVERED = 0.5
_NEAREST = 3
_FROM_OR_TO = frozenset(
    ["from", "to", "into", "von", "nach", "zu", "de", "desde", "a", "hacia", "vers", "para"]
)


@dataclass(frozen=True)
class Held:
    """A claim beside what it is held against: `near` are the sentences that tell most of it, the
    nearest first, `context` all that is cited with its titles."""

    claim: Told
    near: tuple[Told, ...]
    context: tuple[Told, ...]
    language: str

    @cached_property
    def words(self) -> frozenset[str]:
        return frozenset().union(*(one.words for one in self.near))

    @cached_property
    def numbers(self) -> frozenset[str]:
        return frozenset().union(*(one.numbers for one in self.near))

    @cached_property
    def names(self) -> frozenset[str]:
        return frozenset().union(*(one.names for one in self.near))

    @cached_property
    def all_words(self) -> frozenset[str]:
        return frozenset().union(*(one.words for one in self.context))

    @cached_property
    def all_stems(self) -> frozenset[str]:
        return frozenset().union(*(one.stems for one in self.context))

    @cached_property
    def all_names(self) -> frozenset[str]:
        return frozenset().union(*(one.names for one in self.context))


def unsupported(text: str, passages: Sequence[str], language: str = "en", title: str = "") -> str:
    """The name of the first check that a sentence of the text fails, in the order of `_CHECKS`;
    empty if all hold.

    `title` is the article's, which says what its passages are about. Of `en-GB` and `pt-BR` the
    language counts, and not the region.
    """
    language = language.replace("_", "-").partition("-")[0].lower()
    cited = [one for passage in passages for one in sentences_of(passage)]
    if not cited:
        return "uncited"
    context = (*cited, *sentences_of(title))
    for claim in sentences_of(text):
        if language not in NOT:
            if not _is_quoted(claim, context):
                return "language"
            continue
        near = _nearest(claim, cited) or tuple(cited[:1])
        held = Held(in_units_of(claim, near), near, context, language)
        for name, fails in _CHECKS:
            if fails(held):
                return name
    return ""


def _is_quoted(claim: Told, context: Sequence[Told]) -> bool:
    """Word for word: how a language denies that is not known here, nobody can tell."""
    mine = [token.text for token in claim.tokens if not token.mark]
    return any(mine == [t.text for t in one.tokens if not t.mark] for one in context)


def states_nothing(sentence: str) -> bool:
    """A greeting, a question that only asks, or a frame: what needs no passage."""
    return not any(_states(claim) for claim in sentences_of(sentence))


def _states(claim: Told) -> bool:
    if claim.numbers or claim.places:
        return True
    if claim.text.rstrip().endswith("?"):
        return tells(claim)
    return bool(_said(claim) - FRAME) or settles(claim)


def _said(claim: Told) -> set[str]:
    return {token.text for token in claim.tokens if token.is_content}


def _nearest(claim: Told, cited: Sequence[Told]) -> tuple[Told, ...]:
    """Each adds something of the claim that those before it lack."""
    wanted = claim.stems | claim.numbers
    chosen: list[Told] = []
    while wanted and len(chosen) < _NEAREST:
        best = max(cited, key=lambda one: _common(one, wanted, claim))
        common = (best.stems | best.numbers) & wanted
        if not common or (chosen and len(common) < 2 and not common & claim.numbers):
            break
        chosen.append(best)
        wanted = wanted - common
    return tuple(chosen)


def _common(one: Told, wanted: frozenset[str], claim: Told) -> float:
    common = (one.stems | one.numbers) & wanted
    return len(common) - 0.02 * len(one.stems - claim.stems)


def _numbers(held: Held) -> bool:
    """A number is there, with the unit and the money that it has; "one" is there unless another
    number is."""
    money = frozenset().union(*(one.currencies for one in held.near))
    if held.claim.numbers and money and held.claim.currencies - money:
        return True
    for number, unit in measures(held.claim):
        if number == "1" and held.words & ONE:
            continue
        units = {u for one in held.near for n, u in measures(one) if n == number}
        if not units or (unit and not units & {unit, ""}):
            return True
    if "one" in held.claim.words and not held.words & ONE:
        return bool(held.numbers - held.claim.numbers)
    return False


def _bounds(held: Held) -> bool:
    """Of the same numbers something else is told."""
    checks = (is_bounded_otherwise, is_reversed, is_exchanged)
    return any(differs(held.claim, held.near) for differs in checks)


def _names(held: Held) -> bool:
    """A name is near, or it is in the context and nothing near has another in its place."""
    strange: AbstractSet[str] = held.claim.names - held.words
    # There every noun is written as names are.
    is_german = held.language == "de"
    if is_german:
        strange = {token.text for token in held.claim.tokens if token.is_name} - held.words
    capitals = {token.written for one in held.context for token in one.tokens}
    called = [] if is_german else [t for t in _named(held.claim) if t.text in CALLED]
    if any(t.written not in capitals for t in called):
        return True
    for name in strange:
        if _singular(name) in {_singular(word) for word in held.words}:
            continue
        others = held.names - held.claim.words
        if not _is_in(name, held.all_words) or any(_is_rival(name, other) for other in others):
            return True
    return _is_first_swapped(held)


def _named(claim: Told) -> list[Token]:
    return [token for token in claim.tokens if token.is_capital and not token.opens]


def _is_rival(name: str, other: str) -> bool:
    mine, theirs = PLATFORMS.get(name), PLATFORMS.get(other)
    return mine is not None and theirs is not None and mine[0] == theirs[0] and mine != theirs


def _is_first_swapped(held: Held) -> bool:
    """A sentence begins with a word that its passages lack, where they have a name."""
    first = next((token for token in held.claim.tokens if not token.mark), None)
    if first is None or not first.is_content or stem(first.text) in held.all_stems:
        return False
    return any(
        begins.text in held.all_names and begins.text not in held.claim.words
        for one in held.near
        for begins in one.tokens[:1]
    )


def _altered(held: Held) -> bool:
    return is_altered(held.claim, held.near[0], held.all_names, held.language)


def _exchanged(held: Held) -> bool:
    """Names from a place and to a place have changed places."""
    mine, theirs = _directed(held.claim), set().union(*map(_directed, held.near))
    return any(
        (word, name) not in theirs
        and any(w == word and other in held.claim.names for w, other in theirs)
        and any(other == name for _, other in theirs)
        for word, name in mine
    )


def _directed(one: Told) -> set[tuple[str, str]]:
    tokens: tuple[Token, ...] = one.tokens
    return {
        (before.text, token.text)
        for before, token in pairwise(tokens)
        if before.text in _FROM_OR_TO and token.text in one.names
    }


def _labels(held: Held) -> bool:
    spoken = " ".join(token.text for one in held.context for token in one.tokens if not token.mark)
    return any(f" {label} " not in f" {spoken} " for label in held.claim.labels if label)


def _places(held: Held) -> bool:
    there = frozenset().union(*(one.places for one in held.context))
    return bool(held.claim.places - there)


def _opposed(held: Held) -> bool:
    """A word stands where the nearest sentence has its opposite, or a neighbour of its class; or
    what is for some only is told of all."""
    nearest = held.near[0]
    if (
        nearest.words & ONLY
        and held.claim.words & ALL
        and not held.claim.words & (ONLY | held.words & ALL)
    ):
        return True
    if held.claim.words & BOUNDLESS and not held.all_words & (BOUNDLESS | LIMIT):
        return True
    for table in (OPPOSITES, PLATFORMS):
        theirs = {table[word] for word in held.words if word in table}
        for word in held.claim.words - held.words:
            mine = table.get(word)
            if mine is None or mine in theirs:
                continue
            ours = {table[other] for other in held.claim.words if other in table}
            for other in nearest.words:
                place = table.get(other)
                if place and place[0] == mine[0] and place not in ours:
                    return True
    return False


def _singular(word: str) -> str:
    return word.removesuffix("s") if len(word) > 3 else word


def _is_in(name: str, words: frozenset[str]) -> bool:
    return name in words or _singular(name) in {_singular(word) for word in words}


def _words(held: Held) -> bool:
    said = held.claim.stems - {stem(word) for word in FRAME}
    if not said:
        return False
    common = len(said & held.all_stems)
    return common < COVERED * len(said)


def _turned(held: Held) -> bool:
    return is_turned(held.claim, held.near, held.language)


_CHECKS: tuple[tuple[str, Callable[[Held], bool]], ...] = (
    ("number", _numbers),
    ("bounds", _bounds),
    ("name", _names),
    ("altered", _altered),
    ("direction", _exchanged),
    ("label", _labels),
    ("address", _places),
    ("opposite", _opposed),
    ("negation", _turned),
    ("words", _words),
)
