"""How often people did what the agent would have done. Pure: rows in, figures out."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist

from storage.reports import ActOutcome, Handled

# Two-sided 95 %.
Z = NormalDist().inv_cdf(0.975)


@dataclass(frozen=True)
class Agreement:
    """`agreed` of `n` decisions that could be compared; `unknown` more could not, or not yet."""

    category: str
    decided: str
    agreed: int
    n: int
    unknown: int

    @property
    def interval(self) -> tuple[float, float] | None:
        return wilson(self.agreed, self.n)


def wilson(agreed: int, n: int) -> tuple[float, float] | None:
    """The score interval of a share at 95 %; None when there is no case.

    E. B. Wilson, Probable inference, the law of succession, and statistical inference, Journal of
    the American Statistical Association 22 (1927), pages 209-212. Unlike the textbook interval it
    stays within 0 and 1 and is honest about few cases: 3 of 3 are 44 % to 100 %.
    """
    if n == 0:
        return None
    share, square = agreed / n, Z * Z
    middle = (share + square / (2 * n)) / (1 + square / n)
    reach = Z * sqrt(share * (1 - share) / n + square / (4 * n * n)) / (1 + square / n)
    return max(0.0, middle - reach), min(1.0, middle + reach)


def compare(handled: Iterable[Handled], acts: Sequence[ActOutcome]) -> list[Agreement]:
    """Agreement per category and kind of decision, in the order of their names."""
    of_decision: dict[int, list[ActOutcome]] = defaultdict(list)
    for act in acts:
        of_decision[act.decision].append(act)
    judged: dict[tuple[str, str], list[bool | None]] = defaultdict(list)
    for case in handled:
        judged[case.category, case.decided].append(agrees(case, of_decision[case.decision]))
    return [
        Agreement(
            category,
            decided,
            agreed=sum(verdict is True for verdict in verdicts),
            n=sum(verdict is not None for verdict in verdicts),
            unknown=sum(verdict is None for verdict in verdicts),
        )
        for (category, decided), verdicts in sorted(judged.items())
    ]


def agrees(case: Handled, acts: Sequence[ActOutcome] = ()) -> bool | None:
    """Whether people did what was decided; None when nobody can tell (yet).

    An answer would have done when one public reply of a person settled the ticket: no second one,
    no internal note, no hand-over. Escalating was right when it took more than that. An act was
    right when people approved it and it was done, wrong when they said no; in the mode observe it
    was never put to them, and what they did by hand at the provider is not on record here. Whether
    a question was worth asking nobody says.
    """
    if case.decided == "ask":
        return None
    if case.decided == "act":
        return _act_agrees(acts)
    took_more = case.replies > 1 or case.notes > 0 or case.claims > 1
    if took_more:
        return case.decided == "escalate"
    if case.replies == 1 and case.is_resolved:
        return case.decided == "answer"
    return None


def _act_agrees(acts: Sequence[ActOutcome]) -> bool | None:
    if any(act.state == "rejected" for act in acts):
        return False
    return True if acts and all(act.is_done for act in acts) else None
