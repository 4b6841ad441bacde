"""What a customer stands to lose drives the priority, and a rule names it."""

import pytest

from bot.agent.briefing import Briefing, CustomerFacts, Proposal, Sentence
from bot.config.policy import EscalationSettings, Rules, Stakes
from bot.flows.triage.priority import impact_of, stakes_of
from bot.flows.triage.rules import decide

SAID = (Sentence("Thank you."),)
PLAIN = CustomerFacts(id=1, region="eu", products=("Planner",), releases=("Planner 4.2",))


def told(customer: CustomerFacts = PLAIN, **more: float) -> Briefing:
    return Briefing(ticket=1, subject="", said=(), customer=customer, **more)  # type: ignore[arg-type]


def test_what_other_functions_owe_counts_and_is_said() -> None:
    """Law: somebody who waits for engineering already is not kept waiting here, too."""
    owed = CustomerFacts(id=1, handoffs=("engineering: the sync drops rows",))
    assert impact_of(told(owed)) == impact_of(told(CustomerFacts(id=1))) + 1
    assert "Owed by engineering: the sync drops rows" in stakes_of(told(owed))


def test_versions_and_the_region_are_said() -> None:
    assert {"Region eu", "Has Planner 4.2"} <= set(stakes_of(told()))


@pytest.mark.parametrize(
    ("stakes", "more"),
    [
        (Stakes(), 0),
        (Stakes(regions=("eu",)), 1),
        (Stakes(regions=("us",)), 0),
        (Stakes(products=("planner",)), 1),
        (Stakes(products=("Planner 4",)), 1),
        (Stakes(products=("Planner 4.2",)), 1),
        (Stakes(products=("Planner 40",)), 0),
        (Stakes(products=("Plan",)), 0),
        (Stakes(regions=("eu",), products=("Planner",)), 1),
    ],
)
def test_regions_and_products_count_where_app_yaml_names_them(stakes: Stakes, more: int) -> None:
    """Law: a version named in part holds for those below it, and for no other number."""
    assert impact_of(told(), stakes) == 1 + more


@pytest.mark.parametrize(
    ("alike", "usual", "rule"),
    [(20, 2.0, "spike"), (19, 2.0, "answered"), (20, 7.0, "answered"), (20, 0.0, "spike")],
)
def test_any_category_that_spikes_is_an_incident(alike: int, usual: float, rule: str) -> None:
    """Law: many, and many times what is usual; a company's ordinary flood is neither."""
    settings = EscalationSettings(rules=Rules(first_time=False))
    proposal = Proposal("offline", "1", "how_to", "en", 0, 0.9, answer="Thank you.", sentences=SAID)
    briefing = told(alike_open=alike, alike_usually=usual)
    assert decide(briefing, proposal, settings).rule == rule
