"""What happens next: plan in a transaction, act with none open, settle in another."""

import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Lane(StrEnum):
    """Lanes have workers of their own: a hanging help desk never delays a refund, and neither a
    hanging model nor Slack's limits delay what only moves rows here."""

    EFFECTS = "effects"
    DESK = "desk"
    POSTS = "posts"
    MODEL = "model"
    INNER = "inner"


@dataclass(frozen=True)
class Again:
    """Try again after so many seconds (None: the usual back-off).

    `held` means that nobody failed (a limit, a stop): it does not count as an attempt.
    """

    after: float | None = None
    reason: str = ""
    held: bool = False


def later(reason: str, retry_after: float | None) -> Again:
    """What the other side did not take is nobody's failed try, however long its outage lasts: it
    waits, and is told of as late, and never ends as a dead letter."""
    return Again(retry_after, reason, held=True)


@dataclass(frozen=True)
class Park:
    """Hopeless without a person: kept as a dead letter."""

    reason: str


Verdict = Again | Park | None


@dataclass(frozen=True)
class Step:
    """`plan(event, uow, …)` runs in a transaction and returns an intent, a verdict or None for
    "nothing to do". `act(intent, …)` runs with no transaction open. `settle(event, intent,
    outcome, uow, …)` runs in another transaction; `outcome` is what `act` returned or the
    `OutsideError` it raised. Further parameters name dependencies; a plan may ask for its
    `delivery` as it was claimed. Deliveries come at least once, so each plan looks at the state
    before it intends anything.
    """

    name: str
    lane: Lane
    plan: Callable[..., Any]
    act: Callable[..., Any] | None = None
    settle: Callable[..., Verdict] | None = None


Commands = Mapping[type[Any], Callable[..., Any]]
Subscribers = Mapping[type[Any], Sequence[Step]]


class Dependencies:
    """Hands each function what its parameters name; nothing is reached for."""

    def __init__(self, **known: Any) -> None:
        self._known = known
        self._wanted: dict[Callable[..., Any], tuple[str, ...]] = {}

    def know(self, **more: Any) -> None:
        self._known.update(more)

    def call(self, function: Callable[..., Any], *given: Any, **more: Any) -> Any:
        wanted = self._wanted.get(function)
        if wanted is None:
            wanted = tuple(inspect.signature(function).parameters)[len(given) :]
            self._wanted[function] = wanted
        return function(*given, **{n: more[n] if n in more else self._known[n] for n in wanted})
