"""Whether a sentence denies what its passage affirms, or affirms what it denies."""

from collections.abc import Sequence
from typing import NamedTuple

from bot.agent.citing.facts import Token, Told
from bot.agent.reading import stem
from bot.agent.words.measures import LEAST, MOST
from bot.agent.words.opposites import BEHIND, NOT, PREFIXES

_REACH = 3


class Denial(NamedTuple):
    """What a word of denial turns round: the nearest words that say something, in order."""

    turned: tuple[str, ...]
    clause: frozenset[str]


def is_turned(claim: Told, near: Sequence[Told], language: str) -> bool:
    mine = denials(claim, language)
    theirs = [denial for one in near for denial in denials(one, language)]
    return (
        any(not _has_twin(denial, theirs) for denial in mine)
        or any(_is_lost(denial, claim, mine) for denial in denials(near[0], language))
        or _is_prefixed(claim, near)
    )


def denials(one: Told, language: str) -> list[Denial]:
    words = NOT[language]
    found = []
    for clause in one.clauses():
        stems = frozenset(stem(token.text) for token in clause if _says(token, words))
        for at, token in enumerate(clause):
            if token.text in words and not _bounds(clause, at):
                found.append(Denial(_turned(clause, at, words, language in BEHIND), stems))
    return found


def _bounds(clause: Sequence[Token], at: int) -> bool:
    """ "No more than" denies nothing: it is "up to"."""
    return " ".join(token.text for token in clause[at : at + 3]) in MOST | LEAST


def _turned(
    clause: Sequence[Token], at: int, words: frozenset[str], also_before: bool
) -> tuple[str, ...]:
    behind = [stem(token.text) for token in clause[at + 1 :] if _says(token, words)][:_REACH]
    before = [stem(token.text) for token in reversed(clause[:at]) if _says(token, words)]
    if also_before or not behind:
        return (*behind, *before[:_REACH])
    return tuple(behind)


def _says(token: Token, words: frozenset[str]) -> bool:
    return token.is_content and token.text not in words


def _has_twin(denial: Denial, others: Sequence[Denial]) -> bool:
    """Somewhere near the same is denied."""
    return any(
        not denial.turned
        or not other.turned
        or not set(denial.turned).isdisjoint(other.turned)
        or len(denial.clause & other.clause) * 2 > len(denial.clause)
        for other in others
    )


def _is_lost(denial: Denial, claim: Told, mine: Sequence[Denial]) -> bool:
    """The claim tells the denied clause, without its denial."""
    if not denial.turned or denial.turned[0] not in claim.stems:
        return False
    told = denial.clause & claim.stems
    if len(told) * 2 < len(denial.clause):
        return False
    return not _has_twin(denial, mine)


def _is_prefixed(claim: Told, near: Sequence[Told]) -> bool:
    """`unsupported` for `supported`, or the other way round."""
    theirs = frozenset().union(*(one.words for one in near))
    return _negates(claim.words, theirs) or _negates(near[0].words, claim.words, theirs)


def _negates(
    words: frozenset[str], others: frozenset[str], known: frozenset[str] = frozenset()
) -> bool:
    return any(
        len(rest) > 3 and rest in others and word not in others and rest not in words | known
        for word in words
        for prefix in PREFIXES
        if word.startswith(prefix) and (rest := word[len(prefix) :])
    )
