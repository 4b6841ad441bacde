"""Who may approve at a gate, and whether there are enough of them."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from enum import StrEnum

from bot.config.policy import ApprovalStep, Gate
from bot.config.problem import Problem
from bot.money import Money
from bot.people import Person

# Safe by default: what no gate covers needs one approver.
UNMATCHED = Gate(name="what no gate matches", act="reply", grade="one")

_COUNTS: Mapping[int, str] = {2: "two", 3: "three", 4: "four", 5: "five"}


class Bar(StrEnum):
    """Why somebody's decision does not count."""

    ACCOUNT = "account"
    PARTNER = "partner"
    ROLE = "role"
    LIMIT = "limit"


def barred(
    person: Person,
    act: str,
    amount: int | None,
    currency: str | None,
    roles: Collection[str],
    partners: Collection[str],
) -> Bar | None:
    """Return what keeps the person from approving an act of this amount (minor units), if anything.

    A partner's person may only where the organisation is named. A limit of one's own counts for
    its act, in its own currency; who has none is bound by the gate alone.
    """
    if not person.has_account:
        return Bar.ACCOUNT
    if person.organisation is not None and person.organisation not in partners:
        return Bar.PARTNER
    if person.roles.isdisjoint(roles):
        return Bar.ROLE
    limit = _limit(person, act, currency)
    exceeds = amount is not None and limit is not None and amount > limit
    return Bar.LIMIT if exceeds else None


def approvers(gate: Gate, people: Iterable[Person], amount: int | None) -> tuple[Person, ...]:
    """Return who may approve an act of this amount (minor units) at some step of the gate."""
    roles = {role for step in gate.asks for role in step.roles} or set(gate.roles)
    asked = gate.act, amount, gate.currency, roles, gate.partners
    return tuple(person for person in people if barred(person, *asked) is None)


def fills(places: Sequence[Collection[str]]) -> bool:
    """Whether each place can have somebody of its own among those (ids) who may take it: the
    augmenting paths of bipartite matching."""
    taken: dict[str, int] = {}

    def seat(place: int, tried: set[str]) -> bool:
        for person in places[place]:
            if person in tried:
                continue
            tried.add(person)
            if person not in taken or seat(taken[person], tried):
                taken[person] = place
                return True
        return False

    return all(seat(place, set()) for place in range(len(places)))


def gate_is_satisfiable(gate: Gate, people: Iterable[Person]) -> Problem | None:
    """Return what keeps the gate's people from approving all that it covers, if anything does."""
    # Distinct by id: one person with two accounts is still one person.
    staff = tuple({person.id: person for person in people}.values())
    able = approvers(gate, staff, None)
    if not _is_enough(gate, staff, None):
        closes = f"every act under gate “{gate.name}”: nobody can approve it"
        return _shut(gate, able, f"gate:{gate.name}", closes)
    reach = _reach(gate, able)
    if reach is None or (gate.up_to is not None and reach >= gate.up_to):
        return None
    closes = f"refunds above {_money(gate, reach)} under gate “{gate.name}”"
    problem = _shut(gate, able, f"gate-top:{gate.name}", closes)
    # A gate without a limit of its own promises no amount, so its approvers' limits are its end.
    return replace(problem, severity="note") if gate.up_to is None else problem


def _is_enough(gate: Gate, people: Sequence[Person], amount: int | None) -> bool:
    asked = gate.act, amount, gate.currency
    places = [
        {p.id for p in people if barred(p, *asked, step.roles, gate.partners) is None}
        for step in gate.asks
        for _ in range(step.approvers)
    ]
    return fills(places)


def _reach(gate: Gate, able: Sequence[Person]) -> int | None:
    """Return the largest amount that enough of them may approve; None means any."""
    limits = {_limit(person, gate.act, gate.currency) for person in able} - {None}
    bounds = sorted((limit for limit in limits if limit is not None), reverse=True)
    if gate.act != "refund" or not bounds or _is_enough(gate, able, bounds[0] + 1):
        return None
    # The least of all limits is within everybody’s.
    return next(bound for bound in bounds if _is_enough(gate, able, bound))


def _limit(person: Person, act: str, currency: str | None) -> int | None:
    """The person's limit in this currency: one in another is below every amount of it."""
    limit = person.limits.get(act)
    if limit is None:
        return None
    return limit.amount if currency in (None, limit.currency) else 0


def _shut(gate: Gate, able: Sequence[Person], part: str, closes: str) -> Problem:
    limit = f" with a limit of at least {_money(gate, gate.up_to)}" if gate.up_to else ""
    has = ", ".join(_with_limit(gate, person) for person in able) or "nobody"
    count = sum(step.approvers for step in gate.asks)
    roles = " or ".join(dict.fromkeys(role for step in gate.asks for role in step.roles))
    whom = "one person" if count == 1 else f"{_COUNTS.get(count, count)} people"
    return Problem(
        severity="closed",
        part=part,
        path=f"gates, {gate.name}",
        wrong=f"needs {wanted(gate.asks)}{limit}, has {has}",
        closes=closes,
        remedy=f"Under people, give {whom} the role {roles}, "
        f"a Slack id{' and such a limit' if part.startswith('gate-top') else ''}.",
    )


def wanted(steps: Sequence[ApprovalStep]) -> str:
    """Who has to say yes, in words."""
    return ", then ".join(_step(step) for step in steps)


def _step(step: ApprovalStep) -> str:
    who = (
        "one approver" if step.approvers == 1 else f"{_COUNTS[step.approvers]} different approvers"
    )
    return f"{who} ({' or '.join(step.roles)})"


def _with_limit(gate: Gate, person: Person) -> str:
    limit = person.limits.get(gate.act)
    return person.name if limit is None else f"{person.name} (up to {limit})"


def _money(gate: Gate, amount: int) -> str:
    return str(Money(amount, gate.currency)) if gate.currency else f"{amount} minor units"
