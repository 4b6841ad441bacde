"""What another agent says is believed no further than what our own says."""

import pytest

from storage.models import Delivery
from tests.company import ANA, APPROVALS, ESCALATIONS, LEA, Json
from tests.flows.screen import card, fill, messages
from tests.flows.test_other_agents import ALONE, SHORT, ask, keys, refund, standing, written
from tests.world import World

__all__ = ["keys"]

OBSERVED = ALONE | {
    "modes: {default: live}": "modes: {default: live, categories: {billing: observe, howto: live}}"
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
    for part in ("new@oak.exampl", "ew@oak.example"):
        assert "has not written this address" in owner(world, ticket, part)["title"]
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


@pytest.mark.app_yaml(OBSERVED)
def test_what_it_is_about_is_not_for_whoever_asks_to_say(world: World) -> None:
    """Law: of the category that we found and the one that is sent the stricter counts."""
    ticket = written(world)
    args = {"charge": "ch_joy", "amount": 4900, "currency": "USD", "reason": "Twice."}
    body = {"ticket": f"zendesk:{ticket}", "kind": "refund", "args": args}
    first = ask(world, "acts", body | {"category": "billing"})
    again = ask(world, "acts", body | {"category": "howto"}, idempotency="k2")
    assert [one.json()["state"] for one in (first, again)] == ["observed", "observed"]


def test_it_is_told_of_what_its_ticket_took_along(world: World) -> None:
    """Law: each end of an act is sent, also one that nobody decided."""
    ticket = written(world)
    asked = refund(world, ticket).json()["id"]
    world.work_in_desk(ticket, status="solved")
    assert standing(world, asked)["state"] == "withdrawn"
    with world.looking() as uow:
        sent = [one.payload for one in uow.session.query(Delivery) if one.event == "AgentTold"]
    assert [one["state"] for one in sent if one["decision"] == asked] == ["withdrawn"]


@pytest.mark.app_yaml(
    {old: new.replace("HELPER_KEY_BEFORE", "SHORT_KEY") for old, new in ALONE.items()}
)
def test_a_key_that_could_be_guessed_opens_nothing(world: World) -> None:
    ticket = written(world)
    body = {"ticket": f"zendesk:{ticket}", "reason": "They ask for a person."}
    assert ask(world, "escalations", body, key=SHORT).status_code == 401
    assert ask(world, "escalations", body).status_code == 202


def test_too_much_is_refused_in_the_words_of_everything_else(world: World) -> None:
    answer = ask(world, "escalations", {"ticket": "zendesk:1", "reason": "a" * 300_000})
    assert answer.status_code == 413
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["title"] == "body too large"
