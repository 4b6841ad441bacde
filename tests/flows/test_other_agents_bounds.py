"""What another agent says is believed no further than what our own says."""

import pytest

from tests.company import ANA, APPROVALS, ESCALATIONS, LEA, Json
from tests.flows.screen import card, fill, messages
from tests.flows.test_other_agents import ALONE, ask, keys, refund, standing, written
from tests.world import World

__all__ = ["keys"]

OBSERVED = ALONE | {
    "modes: {default: live}": "modes: {default: live, categories: {billing: observe}}"
}

pytestmark = pytest.mark.app_yaml(ALONE)


def owner(world: World, ticket: int, address: str) -> Json:
    args = {"account": "acc_oak", "change": "owner", "value": address}
    body = {"ticket": f"zendesk:{ticket}", "kind": "account_change", "args": args}
    answer = ask(world, "acts", body, idempotency=address)
    told: Json = answer.json()
    return told


def test_somebody_is_asked_also_where_a_gate_asks_nobody(world: World) -> None:
    """Law: nobody here has checked how it reads its customers."""
    ticket = world.write("sol", "Please refund my last payment of 15.00 USD.", "Money back")
    asked = refund(world, ticket, charge="ch_sol", amount=1500)
    assert standing(world, asked.json()["id"])["state"] == "waiting"
    assert world.refunds == []
    card(world, LEA, APPROVALS).press("Approve")
    assert len(world.refunds) == 1


def test_an_account_goes_to_no_address_that_the_customer_has_not_written(world: World) -> None:
    ticket = world.write("joy", "Please make new@oak.example the owner of our account.", "Owner")
    assert "has not written this address" in owner(world, ticket, "evil@attacker.example")["title"]
    assert owner(world, ticket, "new@oak.example")["state"] == "received"


def test_what_somebody_said_no_to_is_not_asked_again(world: World) -> None:
    ticket = written(world)
    refund(world, ticket)
    view = card(world, LEA, APPROVALS).press("Reject")["view"]
    assert fill(world, LEA, view, reason="It was used all month")["ok"]
    card(world, ANA, "C0BILLING").press("Claim", by=ANA)
    card(world, ANA, "C0BILLING").press("Release", by=ANA)
    again = refund(world, ticket, idempotency="k2")
    assert again.status_code == 422 and "said no to exactly this" in again.json()["title"]


def test_a_ticket_that_a_colleague_has_is_theirs(world: World) -> None:
    ticket = written(world)
    ask(world, "escalations", {"ticket": f"zendesk:{ticket}", "reason": "They ask for a person."})
    card(world, ANA, ESCALATIONS).press("Claim", by=ANA)
    answer = refund(world, ticket, idempotency="k2")
    assert answer.status_code == 422 and "A colleague has this ticket" in answer.json()["title"]


def test_more_than_the_charge_holds_is_asked_of_nobody_and_a_person_has_the_ticket(
    world: World,
) -> None:
    asked = refund(world, written(world), amount=4901)
    now = standing(world, asked.json()["id"])
    assert (now["state"], now["reason"]) == ("refused", "more_than_refundable")
    assert messages(world, LEA, APPROVALS) == []
    [seen] = messages(world, ANA, "C0BILLING")
    assert "asked for what cannot be" in seen.text


@pytest.mark.app_yaml(OBSERVED)
@pytest.mark.parametrize("category", ["billing", "whatever", ""])
def test_no_name_of_a_category_makes_it_freer(world: World, category: str) -> None:
    """Law: of a category that app.yaml does not know the strictest of all counts."""
    args = {"charge": "ch_joy", "amount": 4900, "currency": "USD", "reason": "Twice."}
    body = {"ticket": f"zendesk:{written(world)}", "kind": "refund", "args": args}
    answer = ask(world, "acts", body | {"category": category})
    assert answer.json()["state"] == "observed"
    assert messages(world, LEA, APPROVALS) == []
