"""Lists of articles made one: what has the words, what people linked, and what means the same."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import sqrt

# What two dozen past tickets bring that are as like the question as the nearest usually is, or nine
# told in almost the same words. Less made sure of too much while few were known: what is proved
# has to grow with how many there are to agree.
UNPROVED = 15_000.0
# What an article that says just the same brings, in the words' own measure.
NEARNESS = 50.0


@dataclass(frozen=True)
class Vote:
    """A past ticket that is `like` the question by so much, and an article linked to it."""

    article: int
    like: float
    weight: float


def fused(
    words: Mapping[int, float], votes: Iterable[Vote], near: Mapping[int, float] | None = None
) -> list[tuple[int, float]]:
    """Articles with their scores, best first, of equals the oldest. `near`, up to 1, says how much
    an article means what was asked.

    The votes for an article are added like the sides of a right angle: ten tickets that are
    vaguely alike do not outvote one that is the same, as they would in a plain sum, and the same
    article linked again and again does not win by that alone. Nothing is divided by the best of
    its list: a link from far away stays a small one, however few there are. On real questions
    that was better at every number of past tickets than shares of both lists or ranks.
    """
    squares, near = _squares(votes), near or {}
    scores = {
        article: words.get(article, 0.0)
        + sqrt(squares.get(article, 0.0))
        + NEARNESS * near.get(article, 0.0)
        for article in {*words, *squares, *near}
    }
    return sorted(scores.items(), key=lambda scored: (-scored[1], scored[0]))


def shares(votes: Iterable[Vote]) -> dict[int, float]:
    """Each article's part of the votes, from 0 to 1. A few tickets that are hardly alike prove
    nothing, whatever they agree on: what is missing to enough of a proof is nobody's part."""
    squares = _squares(votes)
    total = sum(squares.values()) + UNPROVED
    return {article: square / total for article, square in squares.items()}


def _squares(votes: Iterable[Vote]) -> dict[int, float]:
    squares: defaultdict[int, float] = defaultdict(float)
    for vote in votes:
        squares[vote.article] += vote.weight * vote.like**2
    return squares
