"""Amounts are shown as they are worth, in every currency of ISO 4217 and in no other."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.acts import parse
from bot.money import DIGITS, Money


@pytest.mark.parametrize(
    ("amount", "currency", "shown"),
    [
        (123_456, "usd", "1,234.56 USD"),
        (5, "EUR", "0.05 EUR"),
        (-2000, "EUR", "-20.00 EUR"),
        (5000, "XAF", "5,000 XAF"),
        (5000, "UGX", "5,000 UGX"),
        (500, "ISK", "500 ISK"),
        (5000, "JPY", "5,000 JPY"),
        (5000, "JOD", "5.000 JOD"),
        (5000, "IQD", "5.000 IQD"),
        (500, "MGA", "5.00 MGA"),
        (50_000, "CLF", "5.0000 CLF"),
    ],
)
def test_an_amount_has_as_many_digits_as_its_currency(
    amount: int, currency: str, shown: str
) -> None:
    """Law: ISO 4217 says what a minor unit is; a guess is wrong by ten or a hundred times."""
    assert str(Money(amount, currency)) == shown


@pytest.mark.parametrize("code", ["XXX", "XAU", "BTC", "XTS", "US", "USDT", "€", "", "ÄÖÜ"])
def test_what_is_no_currency_is_no_money(code: str) -> None:
    """Law: nobody knows what such an amount is worth, so it is neither shown nor approved."""
    with pytest.raises(ValueError, match="ISO 4217"):
        Money(100, code)
    with pytest.raises(ValueError, match="currency"):
        refund = {"charge": "ch", "amount": 1, "ticket": 1, "customer": 1, "reason": "x"}
        parse("refund", refund | {"currency": code})


@given(st.integers(0, 10**12), st.sampled_from(sorted(DIGITS)))
def test_nothing_of_an_amount_is_lost_when_it_is_shown(amount: int, currency: str) -> None:
    """Law: the digits on the card, taken together, are the minor units that are paid."""
    shown, code = str(Money(amount, currency)).split()
    assert (int(shown.replace(",", "").replace(".", "")), code) == (amount, currency)
