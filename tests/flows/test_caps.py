"""What adds up: small acts one after the other are no easier to get than a large one."""

import pytest

from storage.models import Customer
from storage.unit_of_work import UnitOfWork
from tests.company import APPROVALS, LEA, MAX, NIA
from tests.flows.scenes import refund_asked
from tests.flows.screen import Seen, card, fill, messages, told
from tests.world import World

ANY_SMALL = {
    "up_to: 2000, currency: USD, tiers: [standard], grade: auto": "up_to: 5000, currency: USD, "
    "grade: auto"
}
LIMITS = "limits: {refunds_per_customer_day: 2}"


def asked(world: World, amount: str, customer: str = "big") -> Seen:
    return refund_asked(world, customer, f"Please refund {amount} USD of my last payment.")[1]


def approved(world: World, amount: str, who: str = LEA, customer: str = "big") -> None:
    asked(world, amount, customer).press("Approve", by=who)


def test_a_refund_in_two_parts_takes_what_it_takes_whole(world: World) -> None:
    """Law: 300.00 and 300.00 are 600.00, for which two people are asked."""
    approved(world, "300.00")
    assert len(world.refunds) == 1
    second = asked(world, "300.00")
    assert "big refunds" in second.text and "2 approvals" in second.text
    assert "it is 600.00 USD in all" in second.text
    second.press("Approve")
    assert len(world.refunds) == 1
    card(world, MAX, APPROVALS).press("Approve")
    assert len(world.refunds) == 2


def test_what_is_only_asked_for_counts_too(world: World) -> None:
    """Law: nor does it help to ask for both before either is decided. The charge is another."""
    asked(world, "300.00")
    world.clock.advance(minutes=1)
    world.provider.add_charge(customer="cus_big", amount=45000, currency="usd")
    _, second = refund_asked(world, "big", "Please refund my last payment of 450.00 USD.")
    assert "Refund 450.00 USD" in second.text and "2 approvals" in second.text


def test_two_contacts_of_one_account_count_together(world: World) -> None:
    """Law: a colleague who asks for the other half gets it no easier."""
    approved(world, "300.00", customer="eve")
    first = asked(world, "290.00")
    assert "graded as that" not in first.text
    view = first.press("Reject")["view"]
    assert fill(world, LEA, view, reason="The plan was used all month")["ok"]
    world.backstop.writer.run(_to_the_account_of_big)
    second = asked(world, "280.00")
    assert "2 approvals" in second.text
    assert "With 300.00 USD that this account was given back" in second.text


def _to_the_account_of_big(uow: UnitOfWork) -> None:
    by_ref = {one.ref: one for one in uow.session.query(Customer)}
    by_ref["cus_eve"].account_id = by_ref["cus_big"].account_id


def test_what_was_refused_or_is_long_ago_does_not_count(world: World) -> None:
    first = asked(world, "300.00")
    view = first.press("Reject")["view"]
    assert fill(world, LEA, view, reason="The plan was used all month")["ok"]
    approved(world, "310.00")
    assert len(world.refunds) == 1
    world.later(days=1, minutes=1)
    assert "graded as that" not in asked(world, "320.00").text


@pytest.mark.app_yaml({LIMITS: "limits: {together_within: 0s}"})
def test_a_company_may_look_at_each_by_itself(world: World) -> None:
    approved(world, "300.00")
    approved(world, "310.00")
    assert len(world.refunds) == 2


def test_ones_own_limit_reaches_for_all_of_it(world: World) -> None:
    """Law: whoever may approve 50.00 does not approve 80.00 in two."""
    approved(world, "40.00", NIA)
    assert len(world.refunds) == 1
    second = asked(world, "41.00")
    assert "Nia Fox" not in second.text.partition("May decide")[2]
    second.press("Approve", by=NIA)
    assert "up to 50.00 USD" in told(world, NIA, APPROVALS)
    assert len(world.refunds) == 1


@pytest.mark.app_yaml({LIMITS: "limits: {approved_per_person_day: {refund: 60000}}"})
def test_nobody_approves_more_in_a_day_than_one_person_may(world: World) -> None:
    """Law: whoever has somebody's account for a night gets no further than that."""
    approved(world, "400.00")
    second = asked(world, "300.00", "eve")
    second.press("Approve")
    assert "up to 600.00 USD within 24 hours" in told(world, LEA, APPROVALS)
    assert "you have approved 400.00 USD" in told(world, LEA, APPROVALS)
    second.press("Approve", by=MAX)
    assert len(world.refunds) == 2
    world.later(days=1, minutes=1)
    approved(world, "310.00", LEA, "eve")
    assert len(world.refunds) == 3


@pytest.mark.app_yaml(
    {
        LIMITS: "limits: {approved_per_person_day: {refund: 60000}}",
        "{grace: 0s,": "{grace: 10s,",
    }
)
def test_what_was_taken_back_leaves_room(world: World) -> None:
    approved(world, "400.00")
    card(world, LEA, APPROVALS).press("Undo")
    asked(world, "300.00", "eve").press("Approve")
    world.later(seconds=11)
    assert [one["charge"] for one in world.refunds] == ["ch_eve"]


@pytest.mark.app_yaml({**ANY_SMALL, LIMITS: "limits: {unasked_per_hour: {refund: 1}}"})
def test_past_so_many_in_an_hour_somebody_is_asked(world: World) -> None:
    """Law: an agent that runs wild is noticed by somebody after so many acts."""
    world.write("sol", "Please refund my last payment of 15.00 USD.", "Money back")
    assert len(world.refunds) == 1 and not messages(world, LEA, APPROVALS)
    _, second = refund_asked(world)
    assert "one approval (approver)" in second.text
    world.later(hours=1, minutes=1)
    world.write("nox", "Please refund my last payment of 30.00 USD.", "Money back")
    assert [one["charge"] for one in world.refunds] == ["ch_sol", "ch_nox"]
