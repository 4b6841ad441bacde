"""How people consent, and signs that they no longer look. Pure: rows in, figures out."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import sqrt

from bot.flows.reporting.trial import Z, wilson
from storage.consents import Asked, Said

# Fewer people than this are not spoken of together: each would be known by the figure.
PEOPLE_AT_LEAST = 5
# So many yeses of one person without a no are a long run. Where one in twenty is refused, chance
# makes so long a run once in thirteen times.
LONG_RUN = 50
# Silent reading of English: M. Brysbaert, How many words do we read per minute?, Journal of Memory
# and Language 109 (2019).
WORDS_A_MINUTE = 238
# What every card says beside the act's own words: amount, customer, gate, deadline. No card says
# less, so that nobody is told of haste who had nothing more to read.
CARD_WORDS = 40
_ENDED = frozenset({"approved", "rejected", "expired"})


@dataclass(frozen=True)
class Share:
    """`hits` of `n` cases."""

    hits: int
    n: int

    @property
    def told(self) -> str:
        between = wilson(self.hits, self.n)
        if between is None:
            return "no case yet"
        low, high = between
        return f"{self.hits:,} ({self.hits / self.n:.0%}, {low:.0%} to {high:.0%})"


@dataclass(frozen=True)
class Median:
    """The time that half of `n` cases took at most, and between what it lies at 95 %; None is
    longer than anybody waited. `between` is missing where so few cases tell nothing."""

    half: timedelta | None
    between: tuple[timedelta | None, timedelta | None] | None
    n: int


@dataclass(frozen=True)
class Measured:
    """Acts of one kind and grade that came to an end: by a yes, by a no, or by their time."""

    kind: str
    grade: str
    n: int
    time: Median
    expired: Share
    changed: Share
    rejected: Share
    overridden: Share


@dataclass(frozen=True)
class Signs:
    """Of all the decisions of some people together: yeses sooner than the card can be read, and
    runs of one person's yeses without a no, the longest among them."""

    people: int
    noes: int
    hasty: Share
    long_runs: int
    longest: int


def measure(cases: Iterable[Asked]) -> list[Measured]:
    """By act and grade, in the order of their names. What waits or was withdrawn is not counted."""
    grouped: dict[tuple[str, str], list[Asked]] = defaultdict(list)
    for case in cases:
        if case.state in _ENDED:
            grouped[case.kind, case.grade].append(case)
    return [_measured(*name, ended) for name, ended in sorted(grouped.items())]


def _measured(kind: str, grade: str, ended: Sequence[Asked]) -> Measured:
    n = len(ended)
    return Measured(
        kind,
        grade,
        n,
        median([_took(case) for case in ended]),
        Share(sum(case.state == "expired" for case in ended), n),
        Share(sum(case.is_changed for case in ended), n),
        Share(sum(case.state == "rejected" for case in ended), n),
        Share(sum(case.is_overridden for case in ended), n),
    )


def _took(case: Asked) -> timedelta | None:
    """Nobody knows how long an expired one would have taken, but that it was longer than that."""
    if case.state == "expired" or case.decided_at is None:
        return None
    return case.decided_at - case.asked_at


def median(times: Sequence[timedelta | None]) -> Median:
    """Whatever the distribution: the interval lies between two of the times themselves, so many
    from either end as chance leaves there once in forty times (the sign test turned round)."""
    ordered = sorted(times, key=lambda took: (took is None, took or timedelta()))
    n = len(ordered)
    # Of an even number the later of the two, since between a time and none there is no middle.
    half = ordered[n // 2] if ordered else None
    place = int((n - Z * sqrt(n)) / 2)
    between = (ordered[place - 1], ordered[n - place]) if place >= 1 else None
    return Median(half, between, n)


def signs(decisions: Iterable[Said]) -> Signs:
    """`decisions` oldest first."""
    runs: dict[str, list[int]] = {}
    before: dict[str, datetime] = {}
    yeses = hasty = noes = 0
    for one in decisions:
        theirs = runs.setdefault(one.person, [0])
        if one.is_yes:
            theirs[-1] += 1
            yeses += 1
            hasty += is_hasty(one, before.get(one.person))
        else:
            theirs.append(0)
            noes += 1
        before[one.person] = one.at
    lengths = [run for theirs in runs.values() for run in theirs]
    long_runs = sum(length >= LONG_RUN for length in lengths)
    return Signs(len(runs), noes, Share(hasty, yeses), long_runs, max(lengths, default=0))


def is_hasty(yes: Said, before: datetime | None) -> bool:
    """Whether the card stood there, or their last decision lay back, for less time than its words
    take to read. When they began to look nobody knows: it can only have been later."""
    began = yes.shown_at if before is None else max(yes.shown_at, before)
    return yes.at - began < timedelta(minutes=(CARD_WORDS + yes.words) / WORDS_A_MINUTE)


def by_gate(decisions: Iterable[Said]) -> tuple[dict[str, Signs], list[str]]:
    """Gates that enough people decide at, and those that too few do, each in the order of names:
    of haste any other order would be a ranking."""
    grouped: dict[str, list[Said]] = defaultdict(list)
    for one in decisions:
        grouped[one.gate].append(one)
    found = {gate: signs(theirs) for gate, theirs in sorted(grouped.items())}
    shown = {gate: sign for gate, sign in found.items() if sign.people >= PEOPLE_AT_LEAST}
    return shown, [gate for gate in found if gate not in shown]


def in_words(signs: Signs) -> str:
    """Never without the cases it rests on."""
    yeses, noes = _many(signs.hasty.n, "yes", "yeses"), _many(signs.noes, "no", "noes")
    if not signs.hasty.n:
        return f"{yeses}, {noes}"
    return f"{yeses}, {noes}; sooner than the card can be read: {signs.hasty.told}"


def _many(count: int, one: str, more: str) -> str:
    return f"{count:,} {one if count == 1 else more}"


def lasting(time: timedelta | None) -> str:
    """A time as short as it can be said; None is longer than anybody waited."""
    if time is None:
        return "never"
    seconds = round(time.total_seconds())
    if seconds < 100:
        return f"{seconds} s"
    if seconds < 100 * 60:
        return f"{round(seconds / 60)} min"
    return f"{round(seconds / 3600)} h"
