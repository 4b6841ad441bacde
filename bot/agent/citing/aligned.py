"""A sentence laid beside the one that it is told after: where the two differ, and in what."""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import pairwise
from typing import NamedTuple

from bot.agent.citing.facts import Token, Told
from bot.agent.words.opposites import NOT, OPPOSITES, PLATFORMS

# So many words around a difference are the same.
_ALIKE = 3
_SMALL = 2


class Gap(NamedTuple):
    """A few words of the one where the other has others, or none."""

    mine: Sequence[Token]
    theirs: Sequence[Token]


def is_altered(claim: Told, nearest: Told, names: frozenset[str], language: str) -> bool:
    """In the same words about it another name, number, opposite or denial stands."""
    return any(
        _is_swapped(gap, names) or _is_opposed(gap) or _is_denied(gap, language)
        for gap in _gaps(claim, nearest)
    )


def _gaps(claim: Told, nearest: Told) -> Iterator[Gap]:
    mine = [token for token in claim.tokens if not token.mark]
    theirs = [token for token in nearest.tokens if not token.mark]
    matcher = SequenceMatcher(None, [t.text for t in mine], [t.text for t in theirs], False)
    blocks = [(0, 0, 0), *matcher.get_matching_blocks()]
    for (a, b, size), (after_a, after_b, after) in pairwise(blocks):
        gap = Gap(mine[a + size : after_a], theirs[b + size : after_b])
        if size + after >= _ALIKE and max(map(len, gap)) <= _SMALL and any(gap):
            yield gap


def _is_swapped(gap: Gap, names: frozenset[str]) -> bool:
    if len(gap.mine) != 1 or len(gap.theirs) != 1:
        return False
    return all(t.is_number or t.is_name or t.text in names for t in (*gap.mine, *gap.theirs))


def _is_opposed(gap: Gap) -> bool:
    return any(
        mine.text in table
        and theirs.text in table
        and table[mine.text] != table[theirs.text]
        and table[mine.text][0] == table[theirs.text][0]
        for table in (OPPOSITES, PLATFORMS)
        for mine in gap.mine
        for theirs in gap.theirs
    )


def _is_denied(gap: Gap, language: str) -> bool:
    words = NOT[language]
    mine, theirs = ([token for token in side if token.text in words] for side in gap)
    return len(mine) % 2 != len(theirs) % 2
