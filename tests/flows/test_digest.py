"""Cards that pile up are listed, and what is the same for several is decided with one look."""

import pytest

from storage.models import ApprovalState
from tests.company import ANA, APPROVALS, HAL, LEA, MAX, NIA
from tests.flows.scenes import audit
from tests.flows.screen import Seen, fill, messages, told, words_of
from tests.world import World

ALL = ("joy", "big", "eve", "sol", "nox")
LOOK = "Look at these 4 together"
SURE = {"approvals: {grace: 0s, step_up: {}}": "approvals: {step_up: {above: {refund: 1000}}}"}


def piled_up(world: World, amount: str = "30.00", customers: tuple[str, ...] = ALL) -> Seen:
    """So many wait, and the list of them; four are of one gate."""
    asked(world, amount, customers)
    return the_list(world)


def asked(world: World, amount: str, customers: tuple[str, ...]) -> None:
    world.clock.advance(minutes=1)
    for name in customers:
        cents = round(100 * float(amount))
        world.provider.add_charge(customer=f"cus_{name}", amount=cents, currency="usd")
        world.write(name, f"Please refund my last payment of {amount} USD.", "Money back")


def joys(world: World) -> Seen:
    """The card of her refund."""
    seen = messages(world, MAX, APPROVALS)
    return next(one for one in seen if "Joy Abara" in one.text and "Approve" in one.labels)


def the_list(world: World) -> Seen:
    seen = messages(world, LEA, APPROVALS)
    [found] = [one for one in seen if "approvals wait for" in one.fallback]
    return found


def lists(world: World) -> list[str]:
    seen = messages(world, LEA, APPROVALS)
    return [one.text for one in seen if "approvals wait for a decision" in one.text]


def states(world: World) -> list[ApprovalState]:
    with world.looking() as uow:
        return [uow.approvals.get(number).state for number in range(1, 6)]


def test_cards_that_pile_up_are_listed_once(world: World) -> None:
    """Law: from the fifth on, soonest first, by what they are and with the way to each card."""
    asked(world, "30.00", ALL[:4])
    assert lists(world) == []
    asked(world, "30.00", ALL[4:])
    [listed] = lists(world)
    assert "5 approvals wait" in listed and "4 × refunds, 1 × night refunds" in listed
    assert listed.count("Refund 30.00 USD") >= 5 and "ticket #5" in listed
    asked(world, "31.00", ("big",))
    assert len(lists(world)) == 1


def test_the_list_tells_the_truth_within_a_minute_and_ends(world: World) -> None:
    seen = piled_up(world)
    for number in range(4):
        cards = [one for one in messages(world, LEA, APPROVALS) if "Approve" in one.labels]
        cards[0].press("Approve")
        world.later(minutes=1)
        words = next(one for one in messages(world, LEA, APPROVALS) if one.ts == seen.ts).text
        left = 4 - number
        assert (f"{left} approvals wait" in words) if left > 1 else ("No pile any more" in words)


def test_alike_ones_are_decided_with_one_look_and_each_by_itself(world: World) -> None:
    """Law: the form shows each whole; each has its own vote, record, effect and card."""
    seen = piled_up(world)
    view = seen.press(LOOK)["view"]
    words = words_of(view)
    for name in ("Joy Abara", "Bea Igwe", "Eve Petit", "Sol Diaz"):
        assert name in words
    assert "Nox Lang" not in words and words.count("30.00 USD") >= 5
    assert "4 of 4 approved" in words_of(fill(world, LEA, view)["view"])
    assert len(world.refunds) == 4
    granted = audit(world, "approval granted")
    assert [one.actor for one in granted] == ["lea"] * 4
    assert len({one.subject for one in granted}) == 4
    assert len({one.data["digest"] for one in granted}) == 4
    assert states(world).count(ApprovalState.PENDING) == 1


def test_what_was_decided_meanwhile_keeps_nothing_of_the_others_back(world: World) -> None:
    """Law: whoever is late with one of them is told so of that one."""
    seen = piled_up(world)
    view = seen.press(LOOK)["view"]
    joys(world).press("Approve", by=MAX)
    words = words_of(fill(world, LEA, view)["view"])
    assert "3 of 4 approved" in words and "Max Vidal was faster" in words
    assert len(world.refunds) == 4
    [refused] = audit(world, "refused")
    assert refused.subject == "GrantApproval" and refused.data["because"] == "AlreadyDecided"


def test_what_is_larger_or_of_another_kind_is_not_offered_together(world: World) -> None:
    """Law: only the same amount at the lowest grade, with nothing of that customer beside it."""
    for place, name in enumerate(ALL):
        asked(world, f"3{place}.00", (name,))
    asked(world, "30.00", ("big",))
    assert not [one for one in the_list(world).labels if one.startswith("Look at these")]


@pytest.mark.parametrize(("who", "why"), [(ANA, "takes the role"), (HAL, "not on this team")])
def test_whoever_may_not_decide_them_opens_nothing(world: World, who: str, why: str) -> None:
    seen = piled_up(world)
    assert "view" not in seen.press(LOOK, by=who)
    assert why in told(world, who, APPROVALS)


def test_ones_own_limit_counts_for_each(world: World) -> None:
    """Law: a form that was forged for more than one may is refused for each that is more."""
    assert "view" not in piled_up(world, "60.00").press(LOOK, by=NIA)
    assert "up to 50.00 USD" in told(world, NIA, APPROVALS)


def test_what_changed_since_the_look_is_looked_at_again(world: World) -> None:
    """Law: consent is to what was shown."""
    seen = piled_up(world)
    view = seen.press(LOOK)["view"]
    change = joys(world).press("Change before approval", by=MAX)["view"]
    assert fill(world, MAX, change, new_amount="20.00")["ok"]
    assert "not alike any more" in words_of(fill(world, LEA, view)["view"])
    assert world.refunds == []


@pytest.mark.app_yaml(SURE)
def test_what_takes_a_code_is_decided_on_its_own_card(world: World) -> None:
    """Law: a code is for one act."""
    seen = piled_up(world)
    assert "view" not in seen.press(LOOK)
    assert "a code of its own" in told(world, LEA, APPROVALS)


def test_a_copy_of_the_list_decides_nothing(world: World) -> None:
    seen = piled_up(world)
    copy = {"message_ts": "1.2", "channel_id": APPROVALS}
    seen.press(LOOK, raw_overrides={"container": copy, "message": {"ts": "1.2"}})
    assert "copy" in told(world, LEA, APPROVALS)
