"""Which questions ask for the same; pure."""

from collections.abc import Mapping

ALIKE = 0.34
LEAST = 2


def nearest(words: frozenset[str], others: Mapping[int, frozenset[str]]) -> int | None:
    """The one that shares the largest part of its words with these, if it shares enough: a third
    of all the words of both, and two at the least; of equals the older."""
    best, found = 0.0, None
    for ident, theirs in sorted(others.items()):
        common = len(words & theirs)
        if common < min(LEAST, len(words), len(theirs)) or not common:
            continue
        alike = common / len(words | theirs)
        if alike >= ALIKE and alike > best:
            best, found = alike, ident
    return found
