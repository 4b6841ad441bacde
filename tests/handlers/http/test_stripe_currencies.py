"""Stripe counts some currencies otherwise than ISO 4217 does; nobody but the adapter notices."""

from collections.abc import Iterator

import pytest

from bot.errors import Refused
from bot.handlers.http.stripe_payments import StripePayments
from bot.money import Money
from sandbox.payments import Provider


@pytest.fixture
def ours(url: str) -> Iterator[StripePayments]:
    made = StripePayments("sk_test_sandbox", f"{url}/stripe", timeout=(20, 20))
    yield made
    made.close()


def charged(provider: Provider, amount: int, currency: str) -> None:
    provider.add_charge(amount=amount, currency=currency, customer="cus_1", charge_id="ch_odd")


def refunded(provider: Provider) -> list[int]:
    rows = provider.ledger.rows()["refunds"]
    return [row["amount"] for row in rows if row["charge"] == "ch_odd"]


@pytest.mark.parametrize(
    ("theirs", "currency", "worth", "part", "their_part"),
    [
        (500_000, "isk", 5000, 1000, 100_000),
        (500_000, "ugx", 5000, 1000, 100_000),
        (5000, "mga", 500_000, 1000, 10),
        (5000, "xaf", 5000, 1000, 1000),
        (5000, "jod", 5000, 1000, 1000),
        (5000, "usd", 5000, 1000, 1000),
    ],
)
def test_a_charge_and_its_refund_are_counted_as_iso_4217_does(
    ours: StripePayments,
    provider: Provider,
    theirs: int,
    currency: str,
    worth: int,
    part: int,
    their_part: int,
) -> None:
    """Law: what a card shows is what leaves the account."""
    charged(provider, theirs, currency)

    assert ours.charge("ch_odd").captured == Money(worth, currency)
    made = ours.refund("ch_odd", Money(part, currency), "k1")

    assert refunded(provider) == [their_part]
    assert made.detail.startswith(str(Money(part, currency)))
    assert ours.charge("ch_odd").refunded == Money(part, currency)


def test_a_part_that_stripe_cannot_count_is_refused_before_anything_is_paid(
    ours: StripePayments, provider: Provider
) -> None:
    charged(provider, 5000, "mga")

    with pytest.raises(Refused, match="amount_not_payable"):
        ours.refund("ch_odd", Money(1050, "MGA"), "k1")

    assert refunded(provider) == []


def test_a_charge_in_no_known_currency_is_refused_and_not_offered(
    ours: StripePayments, provider: Provider
) -> None:
    """Law: an amount whose worth nobody knows is never put before an approver."""
    charged(provider, 5000, "xxx")

    assert "ch_odd" not in [charge.id for charge in ours.charges_of("cus_1")]
    with pytest.raises(Refused, match="currency_unknown"):
        ours.charge("ch_odd")
