"""How urgent a ticket is: how bad it is for the customer times how much hangs on the customer."""

from collections.abc import Iterator
from datetime import date

from bot.agent.briefing import Briefing, CustomerFacts, DatedMoment

LOOK_AHEAD_DAYS = 14
LARGE_YEARLY_VALUE = 50_000
NOTABLE_YEARLY_VALUE = 10_000
MOST = 4

_TIERS = {"enterprise": 2, "business": 1}
_ROLES = {"executive": 1, "champion": 1}
# The product of severity and impact that each priority asks for; below the last it is 5.
_PRIORITIES = ((12, 1), (8, 2), (4, 3), (2, 4))
# No customer is too small for these to be seen soon.
_AT_MOST = {
    "safety": 1, "legal": 2, "distress": 2, "threat": 2, "executive": 2, "incident": 2,
    "human_wanted": 3,
}  # fmt: skip
_AT_LEAST = {"spam": 5}


def priority_of(rule: str, severity: int, impact: int) -> int:
    """From 1 (now) to 5 (when there is time), for the rule that decided."""
    product = severity * impact
    priority = next((name for least, name in _PRIORITIES if product >= least), 5)
    return max(min(priority, _AT_MOST.get(rule, 5)), _AT_LEAST.get(rule, 1))


def impact_of(briefing: Briefing) -> int:
    """From 1 to 4: tier or yearly value, whichever says more, the writer's role, what is near."""
    customer = briefing.customer
    if customer is None:
        return 1
    near = 1 if any(near_moments(customer, briefing.today)) else 0
    worth = max(_TIERS.get(customer.tier, 0), _worth(customer))
    return min(MOST, 1 + worth + _ROLES.get(customer.role, 0) + near)


def stakes_of(briefing: Briefing) -> tuple[str, ...]:
    """What the customer, and we with them, stand to lose; one plain line each."""
    customer = briefing.customer
    if customer is None:
        return ()
    lines = []
    if customer.role in _ROLES:
        lines.append(f"Writes as {customer.role}")
    if customer.tier:
        lines.append(f"Tier {customer.tier}")
    if customer.yearly_value is not None:
        lines.append(f"{customer.yearly_value} a year")
    lines += near_moments(customer, briefing.today)
    return tuple(lines)


def near_moments(customer: CustomerFacts, today: date | None) -> Iterator[str]:
    """Dated moments from today to two weeks ahead, the nearest first."""
    if today is None:
        return
    for moment in sorted(customer.moments, key=lambda moment: moment.on):
        if 0 <= (moment.on - today).days <= LOOK_AHEAD_DAYS:
            yield f"{moment.label or moment.kind} {_in_days(moment, today)}"


def _in_days(moment: DatedMoment, today: date) -> str:
    days = (moment.on - today).days
    return {0: "today", 1: "tomorrow"}.get(days, f"in {days} days")


def _worth(customer: CustomerFacts) -> int:
    if customer.yearly_value is None:
        return 0
    value = customer.yearly_value.whole
    return (value >= NOTABLE_YEARLY_VALUE) + (value >= LARGE_YEARLY_VALUE)
