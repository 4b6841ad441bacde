"""Whose decision counts: personal limits are sums of money, not numbers."""

import pytest

from bot.entitlement import Gated, check_may_decide
from bot.errors import NotAllowed
from bot.money import Money
from bot.people import Account, Person, Standing

NIA = Person(
    id="nia",
    name="Nia Fox",
    roles=frozenset({"approver"}),
    slack="U0NIA",
    limits={"refund": Money(5000, "USD")},
)
ACCOUNT = Account("slack", "U0NIA", "T0HOME", Standing.MEMBER)


def refund(amount: int, currency: str) -> Gated:
    return Gated("refund", amount, currency, frozenset({"approver"}), frozenset(), "offline")


def test_a_limit_holds_up_to_and_including_its_amount() -> None:
    assert check_may_decide(ACCOUNT, NIA, refund(5000, "USD")) == NIA
    with pytest.raises(NotAllowed, match=r"up to 50\.00 USD"):
        check_may_decide(ACCOUNT, NIA, refund(5001, "USD"))


@pytest.mark.parametrize("currency", ["GBP", "KWD", "JPY"])
def test_another_currency_is_above_every_limit(currency: str) -> None:
    """Law: 5000 of something else is not 50.00 of the company's."""
    with pytest.raises(NotAllowed, match=r"up to 50\.00 USD"):
        check_may_decide(ACCOUNT, NIA, refund(1, currency))


def test_who_has_no_limit_is_bound_by_the_gate_alone() -> None:
    unbound = Person("max", "Max", frozenset({"approver"}), slack="U0NIA")

    assert check_may_decide(ACCOUNT, unbound, refund(10**9, "KWD")) == unbound
