"""Gate policy: which grade an act needs. Pure, and out of every agent's reach.

The first gate of app.yaml that matches an act decides. A condition that cannot be checked (no
customer, no amount) does not hold, and an amount in another currency is above every limit. What no
gate matches needs one approver; an amount above the limits needs what the strictest of them asks,
so that a larger amount, or one whose worth nobody knows, is never easier to get than a smaller one.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from math import inf
from typing import Literal

from bot.acts import Act, parse
from bot.agent.briefing import CustomerFacts, ProposedAct
from bot.config.policy import ApprovalStep, Gate
from bot.config.quorum import fills
from bot.config.values import Role

Level = Literal["auto", "one", "two", "steps", "never"]

UNMATCHED = "safe default"
_EXPIRES = timedelta(hours=4)


@dataclass(frozen=True)
class Grade:
    """What it takes before the act may run; `gate` names the rule of app.yaml that says so."""

    level: Level
    gate: str
    reason: str
    roles: tuple[Role, ...] = ("approver",)
    expires: timedelta = _EXPIRES
    partners: tuple[str, ...] = ()
    steps: tuple[ApprovalStep, ...] = ()

    @property
    def approvers(self) -> int | None:
        """How many distinct people must approve; None when nobody can."""
        return None if self.level == "never" else sum(step.approvers for step in self.steps)


def grade(
    act: Act,
    customer: CustomerFacts | None,
    gates: Sequence[Gate],
    refunds_per_day: int | None = None,
    held: Sequence[Gate] | None = None,
    together: int = 0,
) -> Grade:
    """Grade a checked act; past the customer's daily number of refunds nothing is automatic.

    `held` are the gates that count too, as long as nobody has agreed to looser ones. `together`, in
    minor units of the act's currency, is added to its amount: what it would be with others beside.
    """
    found = _first_match(act, customer, gates, together)
    if held is not None:
        found = stricter(_first_match(act, customer, held, together), found)
    refunds = customer.refunds_today if customer else 0
    spent = refunds_per_day is not None and refunds >= refunds_per_day
    if found.level == "auto" and act.kind == "refund" and spent:
        reason = f"{found.reason} Today's {refunds} refunds reach the daily limit."
        return with_one(replace(found, reason=reason))
    return found


def grade_proposed(
    proposed: ProposedAct,
    customer: CustomerFacts | None,
    gates: Sequence[Gate],
    refunds_per_day: int | None = None,
    held: Sequence[Gate] | None = None,
) -> tuple[Act | None, Grade]:
    """Grade what an agent handed over; an act without a closed schema never passes."""
    try:
        act = parse(proposed.kind, proposed.args)
    except ValueError as error:
        return None, Grade("never", "closed schema", f"This is not an act that can run: {error}.")
    return act, grade(act, customer, gates, refunds_per_day, held)


def share_reviewed(
    name: str, gates: Sequence[Gate], held: Sequence[Gate] | None = None
) -> float | None:
    """Of what this gate passes the share that people look at afterwards: no less than is agreed.
    A gate of a name that nobody agreed to is looked at as much as any of its kind of act."""
    asked = [gate for gate in gates if gate.name == name]
    agreed = [gate for gate in held or () if gate.name == name]
    agreed = agreed or [old for old in held or () for gate in asked if old.act == gate.act]
    return max((gate.sample_rate for gate in (*asked, *agreed)), default=None)


def stricter(agreed: Grade, wanted: Grade) -> Grade:
    """What is wanted where it asks for all that is agreed; otherwise what is agreed. Whoever is let
    in from outside, and for how long it waits, is the less of both."""
    if agreed.level == "auto":
        return wanted
    partners = tuple(one for one in wanted.partners if one in agreed.partners)
    expires = min(agreed.expires, wanted.expires)
    found = wanted
    if not asks_all(agreed, wanted):
        why = f"{agreed.reason} app.yaml asks for less, which two administrators have to agree to."
        found = replace(agreed, reason=why)
    return replace(found, partners=partners, expires=expires)


def asks_all(agreed: Grade, wanted: Grade) -> bool:
    """Whether everybody who could say yes under what is wanted could under what is agreed: each
    place that was asked for has one of its own now, of the same roles or fewer."""
    if wanted.level == "never" or agreed.level == "never":
        return wanted.level == "never"
    now = [frozenset(step.roles) for step in wanted.steps for _ in range(step.approvers)]
    places = [frozenset(step.roles) for step in agreed.steps for _ in range(step.approvers)]
    return fills([{str(at) for at, roles in enumerate(now) if roles <= place} for place in places])


def _first_match(
    act: Act, customer: CustomerFacts | None, gates: Sequence[Gate], together: int
) -> Grade:
    exceeded: list[Gate] = []
    for gate in gates:
        if not _concerns(gate, act, customer):
            continue
        if _vouches(gate, act, together):
            return _graded(gate, f"Gate “{gate.name}” is the first that matches.")
        exceeded.append(gate)
    safe = with_one(Grade("auto", UNMATCHED, "No gate matches, so one approver is asked."))
    # The last of the strictest has the highest limit.
    strictest = max(reversed(exceeded), key=_rank, default=None)
    if strictest is None or _rank(strictest) < 1:
        return safe
    reason = f"No limit covers this amount, so it needs what “{strictest.name}” asks."
    # Whoever is let in from outside is let in up to the limit.
    return replace(_graded(strictest, reason), partners=())


def _concerns(gate: Gate, act: Act, customer: CustomerFacts | None) -> bool:
    """Whether every condition but the amount and its currency holds."""
    if gate.act != act.kind:
        return False
    if gate.tiers and (customer is None or customer.tier not in gate.tiers):
        return False
    most = gate.refunds_90_days_at_most
    return most is None or (customer is not None and customer.refunds_90_days <= most)


def _vouches(gate: Gate, act: Act, together: int) -> bool:
    amount, currency = getattr(act, "amount", None), getattr(act, "currency", None)
    if currency is not None and gate.currency not in (None, currency):
        return False
    return gate.up_to is None or (amount is not None and amount + together <= gate.up_to)


def _graded(gate: Gate, reason: str) -> Grade:
    return Grade(
        gate.grade,
        gate.name,
        reason,
        tuple(gate.roles),
        gate.expires,
        tuple(gate.partners),
        gate.asks,
    )


def with_one(grade: Grade) -> Grade:
    """The same, where somebody is asked who would not have been."""
    return replace(grade, level="one", steps=(ApprovalStep(roles=grade.roles),))


def _rank(gate: Gate) -> float:
    """How many have to agree; what is never granted is the strictest of all."""
    return inf if gate.grade == "never" else sum(step.approvers for step in gate.asks)
