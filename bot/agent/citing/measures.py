"""Numbers as a sentence tells them: of what, how long, from where to where, at least or at most."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from types import MappingProxyType

from bot.agent.citing.facts import Token, Told
from bot.agent.reading import stem
from bot.agent.words.measures import (
    AFTER,
    BETWEEN,
    CLOCK,
    LEAST,
    LEAST_BEHIND,
    MORE,
    MOST,
    MOST_BEHIND,
    UNTIL,
    WITHIN,
)
from bot.agent.words.opposites import ONE, OPPOSITES

_DAY = 86_400
# A month of a contract has 30 days, and a year twelve of these or 365.
_SECONDS: Mapping[str, frozenset[int]] = MappingProxyType(
    {
        "second": frozenset([1]),
        "minute": frozenset([60]),
        "hour": frozenset([3_600]),
        "day": frozenset([_DAY]),
        "week": frozenset([7 * _DAY]),
        "month": frozenset([30 * _DAY]),
        "year": frozenset([360 * _DAY, 365 * _DAY]),
    }
)
_LONGEST_BOUND = 3
# "50 guests of another company or more".
_FAR_BEHIND = 6
_WEEKDAYS = OPPOSITES["monday"][0]
# Kinds of bounds, those that hold less before the others.
_BEFORE = (("more", MORE), ("least", LEAST), ("most", MOST))
_OF_TIME = (*_BEFORE, ("within", WITHIN), ("after", AFTER))
_BEHIND = (("least", LEAST_BEHIND), ("most", MOST_BEHIND))
_LOW = frozenset(["more", "least", "after"])
_CONTRARY: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "more": frozenset(["most", "within"]),
        "least": frozenset(["most", "within"]),
        "most": frozenset(["more", "least"]),
        "within": frozenset(["more", "least", "after"]),
        "after": frozenset(["within"]),
    }
)


def measures(one: Told) -> Iterator[tuple[str, str]]:
    """Numbers, each with the class member that stands beside it: of time, of size, a percent."""
    for at, token in enumerate(one.tokens):
        if token.is_number:
            yield token.text, unit_behind(one.tokens, at)


def unit_behind(tokens: Sequence[Token], at: int) -> str:
    behind = next((token for token in tokens[at + 1 : at + 3] if not token.mark), None)
    if behind is None:
        return ""
    return "%" if behind.text == "%" else OPPOSITES.get(behind.text, (0, ""))[1]


def in_units_of(claim: Told, near: Sequence[Told]) -> Told:
    """The claim with each time as the passages tell it, where that is as long: "two weeks" of what
    is 14 days there."""
    theirs = {_time(pair): pair for one in near for pair in pairwise(one.tokens)}
    tokens = list(claim.tokens)
    for at, pair in enumerate(pairwise(claim.tokens)):
        mine = _time(pair)
        same = (each for each in theirs if _lasts(each) & _lasts(mine))
        if mine not in theirs and (found := next(same, None)):
            tokens[at : at + 2] = theirs[found]
    return Told(claim.text, tuple(tokens))


def _time(pair: tuple[Token, Token]) -> tuple[str, str]:
    """How many, of what; empty for words that are no time."""
    number = "1" if pair[0].text in ONE else pair[0].text
    unit = OPPOSITES.get(pair[1].text, (0, ""))[1]
    return (number, unit) if number.isdecimal() and unit in _SECONDS else ("", "")


def _lasts(time: tuple[str, str]) -> frozenset[int]:
    """Seconds; none for what is no time."""
    number, unit = time
    return frozenset(int(number) * seconds for seconds in _SECONDS.get(unit, ()))


def is_bounded_otherwise(claim: Told, near: Sequence[Told]) -> bool:
    """At least so many where it is at most so many, or the other way round; more than so many
    where it is just so many."""
    theirs = {bound for one in near for bound in _bounds(one)}
    numbers = frozenset[str]().union(*(one.numbers for one in near))
    for number, kind in _bounds(claim):
        kinds = {other for n, other in theirs if n == number}
        if kind not in kinds and kinds & _CONTRARY[kind]:
            return True
        if kind == "more" and number in numbers and not kinds & _LOW:
            return True
    return False


def _bounds(one: Told) -> Iterator[tuple[str, str]]:
    for at, token in enumerate(one.tokens):
        if token.is_number and (kind := _before(one.tokens, at) or _behind(one.tokens, at)):
            yield token.text, kind


def _before(tokens: Sequence[Token], at: int) -> str:
    """The longest counts: "no more than" is not "more than"."""
    tables = _OF_TIME if unit_behind(tokens, at) in _SECONDS else _BEFORE
    words = [token.text for token in tokens[max(0, at - _LONGEST_BOUND) : at]]
    said = (" ".join(words[start:]) for start in range(len(words)))
    return next((kind for each in said for kind, table in tables if each in table), "")


def _behind(tokens: Sequence[Token], at: int) -> str:
    """Up to the next number, whose own it would be, or the end of the clause."""
    rest = tokens[at + 1 : at + 1 + _FAR_BEHIND]
    ends = next((n for n, token in enumerate(rest) if token.mark or token.is_number), len(rest))
    words = [token.text for token in rest[:ends]]
    if ends < len(rest) and rest[ends].is_number:
        # "50 guests at least 3 admins": that is about the admins.
        words = words[:-_LONGEST_BOUND]
    said = (" ".join(words[n : n + size]) for n in range(len(words)) for size in (2, 1))
    return next((kind for each in said for kind, table in _BEHIND if each in table), "")


def is_reversed(claim: Told, near: Sequence[Told]) -> bool:
    """From nine to five is not from five to nine."""
    theirs = {each for one in near for each in _ranges(one)}
    return any(
        (begins, ends) not in theirs and (ends, begins) in theirs
        for begins, ends in _ranges(claim)
        if begins != ends
    )


def _ranges(one: Told) -> Iterator[tuple[str, str]]:
    """Two numbers or days of the week with a word for "to" between them, beside a unit at most, or
    a dash."""
    ends = [(at, end) for at, token in enumerate(one.tokens) if (end := _end(token))]
    for (at, begins), (then, closes) in pairwise(ends):
        between = {token.text for token in one.tokens[at + 1 : then]}
        before = one.tokens[at - 1].text if at else ""
        is_told = between & UNTIL or (before in BETWEEN and between) or between <= CLOCK
        if then - at <= _LONGEST_BOUND and is_told:
            yield begins, closes


def _end(token: Token) -> str:
    group, member = OPPOSITES.get(token.text, (-1, ""))
    return token.text if token.is_number else member if group == _WEEKDAYS else ""


def is_exchanged(claim: Told, near: Sequence[Told]) -> bool:
    """Two numbers have changed places: three of these and five of those."""
    theirs = {each for one in near for each in _counts(one)}
    return any(
        (number, what) not in theirs
        and any(other == what and n != number for n, other in theirs)
        and any(n == number and other != what for n, other in theirs)
        for number, what in _counts(claim)
    )


def _counts(one: Told) -> Iterator[tuple[str, str]]:
    for clause in one.clauses():
        for at, token in enumerate(clause):
            what = next((t for t in clause[at + 1 : at + 3] if t.is_content), None)
            if token.is_number and what and not what.is_number and what.text not in OPPOSITES:
                yield token.text, stem(what.text)
