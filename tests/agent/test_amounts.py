"""Sums as customers write them."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.agent.amounts import charges_in, emails_in, sums_in
from bot.money import Money


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("$19", Money(1900, "USD")),
        ("USD 1,475.00", Money(147_500, "USD")),
        ("1.783,50 EUR", Money(178_350, "EUR")),
        ("1'200 CHF", Money(120_000, "CHF")),
        ("49,9 €", Money(4990, "EUR")),
        ("£1,000", Money(100_000, "GBP")),
        ("75 quid", Money(7500, "GBP")),
        ("50,400円", Money(50_400, "JPY")),
        ("174.00 dollars", Money(17_400, "USD")),
    ],
)
def test_a_sum_is_read_in_minor_units(text: str, expected: Money) -> None:
    """Law: the last separator starts the cents unless exactly three digits follow it."""
    assert sums_in(f"It was {text}, I think.") == [expected]


@pytest.mark.parametrize("text", ["invoice 20418", "6 seats", "2025", "error 503 on", "3 days"])
def test_a_bare_number_is_no_money(text: str) -> None:
    """Law: without a currency there is no sum."""
    assert sums_in(text) == []


def test_charges_and_addresses_are_read_whole() -> None:
    """Law: punctuation behind an id or an address does not belong to it."""
    assert charges_in("Refund ch_3QWF20418B, please.") == ["ch_3QWF20418B"]
    assert emails_in("Send it to accounts@quayside.example.") == ["accounts@quayside.example"]


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text())
def test_any_text_can_be_searched_for_sums(text: str) -> None:
    """Law: nothing in a text makes reading it fail, and no sum is negative."""
    assert all(amount.amount >= 0 for amount in sums_in(text + "9" * 20 + "€"))
    emails_in(text)
    charges_in(text)
