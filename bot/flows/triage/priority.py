"""How urgent a ticket is: how bad it is for the customer times how much hangs on the customer."""

from collections.abc import Iterator
from datetime import date

from bot.agent.briefing import Briefing, CustomerFacts, DatedMoment
from bot.config.policy import Stakes

NONE_NAMED = Stakes()
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
    priority = _of_product(severity, impact)
    return max(min(priority, _AT_MOST.get(rule, 5)), _AT_LEAST.get(rule, 1))


def bound_by(rule: str, severity: int, impact: int) -> str:
    """The sentence of the bound that set the product aside; empty where none did."""
    priority = _of_product(severity, impact)
    if priority > _AT_MOST.get(rule, 5):
        return f"Such a ticket is never less urgent than P{_AT_MOST[rule]}."
    if priority < _AT_LEAST.get(rule, 1):
        return f"Such a ticket is never more urgent than P{_AT_LEAST[rule]}."
    return ""


def _of_product(severity: int, impact: int) -> int:
    product = severity * impact
    return next((name for least, name in _PRIORITIES if product >= least), 5)


def impact_of(briefing: Briefing, stakes: Stakes = NONE_NAMED) -> int:
    """From 1 to 4: tier or yearly value, whichever says more, the writer's role, what is near,
    what is owed to the account, and the regions and products that app.yaml names."""
    customer = briefing.customer
    if customer is None:
        return 1
    near = 1 if any(near_moments(customer, briefing.today)) else 0
    worth = max(_TIERS.get(customer.tier, 0), _worth(customer))
    owed = 1 if customer.handoffs else 0
    named = 1 if _is_named(customer, stakes) else 0
    return min(MOST, 1 + worth + _ROLES.get(customer.role, 0) + near + owed + named)


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
    if customer.region:
        lines.append(f"Region {customer.region}")
    if customer.releases:
        lines.append(f"Has {', '.join(customer.releases)}")
    lines += [f"Owed by {handoff}" for handoff in customer.handoffs]
    lines += near_moments(customer, briefing.today)
    return tuple(lines)


def _is_named(customer: CustomerFacts, stakes: Stakes) -> bool:
    """`Planner 4` names Planner 4 and Planner 4.2, and neither Planner 40 nor Planner 3."""
    if customer.region.lower() in stakes.regions:
        return True
    releases = [f"{name.lower()}." for name in (*customer.releases, *customer.products)]
    wanted = [name.lower() for name in stakes.products]
    return any(
        release.startswith((f"{name}.", f"{name} ")) for name in wanted for release in releases
    )


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
