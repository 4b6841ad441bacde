"""The `Payments` port over the official SDK, against a provider that misbehaves."""

import contextlib
from collections.abc import Iterator

import pytest

from bot.errors import OutcomeUnknown, Refused, TryLater
from bot.handlers.http.stripe_payments import StripePayments
from bot.money import Money
from sandbox.payments import Provider

TEN = Money(1000, "EUR")


@pytest.fixture
def ours(url: str) -> Iterator[StripePayments]:
    made = StripePayments("sk_test_sandbox", f"{url}/stripe", timeout=(20, 20))
    yield made
    made.close()


def paid(provider: Provider, charge: str = "ch_1") -> list[tuple[int, str]]:
    """Amount and key of each refund of the charge, from the provider's ledger."""
    rows = provider.ledger.rows()["refunds"]
    return [(row["amount"], row["idempotency_key"]) for row in rows if row["charge"] == charge]


def test_a_charge_is_told_with_what_can_be_refunded(ours: StripePayments) -> None:
    """Captured minus refunded, from the provider's own record."""
    ours.refund("ch_1", TEN, "k1")

    charge = ours.charge("ch_1")

    assert (charge.customer, charge.captured, charge.refunded) == ("cus_1", Money(5000, "EUR"), TEN)
    assert charge.refundable == Money(4000, "EUR")
    assert [row.id for row in ours.charges_of("cus_1")] == ["ch_2", "ch_1"]


def test_a_refund_is_made_once_per_key_and_can_be_looked_up(
    ours: StripePayments, provider: Provider
) -> None:
    """A second call gives the first receipt, and so does the look."""
    first = ours.refund("ch_1", TEN, "k1")

    assert ours.refund("ch_1", TEN, "k1") == first == ours.find_refund("ch_1", "k1")
    assert ours.find_refund("ch_1", "k2") is None
    assert paid(provider) == [(1000, "k1")]
    assert first.detail == "10.00 EUR, succeeded"


def test_a_dropped_answer_is_unknown_and_the_look_finds_the_refund(
    ours: StripePayments, provider: Provider
) -> None:
    """Money that has gone is found by our key, and nothing is paid again."""
    provider.faults.drop_after_commit_next = 1

    with pytest.raises(OutcomeUnknown) as unknown:
        ours.refund("ch_1", TEN, "k1")

    assert not unknown.value.is_settled
    assert ours.find_refund("ch_1", "k1") is not None
    assert paid(provider) == [(1000, "k1")]


def test_a_replayed_500_with_nothing_found_made_nothing_and_never_will(
    ours: StripePayments, provider: Provider
) -> None:
    """The first 500 may mean anything; its replay is the last word on the key."""
    provider.faults.error_500_next = 1
    with pytest.raises(OutcomeUnknown) as first:
        ours.refund("ch_1", TEN, "k1")
    with pytest.raises(OutcomeUnknown) as replayed:
        ours.refund("ch_1", TEN, "k1")

    assert (first.value.is_settled, replayed.value.is_settled) == (False, True)
    assert ours.find_refund("ch_1", "k1") is None
    ours.refund("ch_1", TEN, "k2")
    assert paid(provider) == [(1000, "k2")]


def test_a_replayed_500_may_stand_for_a_refund_that_was_made(
    ours: StripePayments, provider: Provider
) -> None:
    """Settled is not unmade: only the look tells."""
    provider.faults.error_500_after_commit_next = 1
    for _ in range(2):
        with pytest.raises(OutcomeUnknown):
            ours.refund("ch_1", TEN, "k1")

    assert ours.find_refund("ch_1", "k1") is not None
    assert paid(provider) == [(1000, "k1")]


def test_a_500_before_any_work_leaves_the_key_free(
    ours: StripePayments, provider: Provider
) -> None:
    """Not every 500 is kept: the same key succeeds later."""
    provider.faults.error_500_before_commit_next = 1
    with pytest.raises(OutcomeUnknown) as unknown:
        ours.refund("ch_1", TEN, "k1")

    assert not unknown.value.is_settled
    ours.refund("ch_1", TEN, "k1")
    assert paid(provider) == [(1000, "k1")]


@pytest.mark.parametrize(
    ("charge", "amount", "code"),
    [
        ("ch_2", 100, "charge_already_refunded"),
        ("ch_1", 5001, "amount_too_large"),
        ("ch_0", 100, "resource_missing"),
        ("ch_1", 0, "parameter_invalid_integer"),
    ],
)
def test_an_impossible_refund_is_refused_with_stripes_word(
    ours: StripePayments, charge: str, amount: int, code: str
) -> None:
    """A definite no names its reason."""
    with pytest.raises(Refused) as refused:
        ours.refund(charge, Money(amount, "EUR"), "k1")

    assert refused.value.code == code


def test_a_refusal_that_our_own_refund_caused_is_that_refund(
    ours: StripePayments, provider: Provider
) -> None:
    """Once Stripe forgot the key, a repeat of a full refund is refused: it had succeeded."""
    made = ours.refund("ch_1", Money(5000, "EUR"), "k1")
    provider.faults.forget_keys = True

    assert ours.refund("ch_1", Money(5000, "EUR"), "k1") == made
    assert paid(provider) == [(5000, "k1")]


def test_a_key_used_for_something_else_has_to_be_looked_at(
    ours: StripePayments, provider: Provider
) -> None:
    """What was made under the key is not what is asked for now: no plain refusal."""
    ours.refund("ch_1", TEN, "k1")

    with pytest.raises(OutcomeUnknown) as unknown:
        ours.refund("ch_1", Money(2000, "EUR"), "k1")

    assert not unknown.value.is_settled
    assert paid(provider) == [(1000, "k1")]


def test_a_hanging_and_a_busy_key_are_unknown(
    ours: StripePayments, url: str, provider: Provider
) -> None:
    """A time-out and a 409 both say that something may be under way."""
    provider.faults.hang_next, provider.faults.hang_seconds = 1, 30
    hasty = StripePayments("sk_test_sandbox", f"{url}/stripe", timeout=(20, 1))
    with contextlib.closing(hasty), pytest.raises(OutcomeUnknown):
        hasty.refund("ch_1", TEN, "k1")
    with pytest.raises(OutcomeUnknown):
        ours.refund("ch_1", TEN, "k1")

    assert ours.find_refund("ch_1", "k1") is not None


def test_too_many_requests_and_no_connection_are_tried_later(
    ours: StripePayments, provider: Provider
) -> None:
    """Nothing was done in either case."""
    provider.faults.rate_limit_next = 1
    with pytest.raises(TryLater) as later:
        ours.refund("ch_1", TEN, "k1")
    assert later.value.retry_after == 1

    nobody = StripePayments("sk_test_sandbox", "http://127.0.0.1:9", timeout=(20, 20))
    with contextlib.closing(nobody), pytest.raises(TryLater):
        nobody.refund("ch_1", TEN, "k1")
    assert paid(provider) == []


def test_a_wrong_key_is_tried_later(url: str) -> None:
    """Until an operator puts the key right nothing happened, and nothing is given up."""
    stranger = StripePayments("sk_test_wrong", f"{url}/stripe", timeout=(20, 20))
    with contextlib.closing(stranger), pytest.raises(TryLater):
        stranger.refund("ch_1", TEN, "k1")


def test_a_look_that_fails_is_tried_later(ours: StripePayments, provider: Provider) -> None:
    """Reading changes nothing, so its failure is never an unknown outcome."""
    provider.faults.read_error_500_next = 2
    with pytest.raises(TryLater):
        ours.find_refund("ch_1", "k1")
    with pytest.raises(TryLater):
        ours.charge("ch_1")


def test_the_look_reads_every_page(ours: StripePayments, provider: Provider) -> None:
    """The refund of a charge with many refunds is found on its last page."""
    charge = provider.charges["ch_1"]
    first = ours.refund("ch_1", TEN, "k1")
    for _ in range(150):
        provider.add_refund(charge, 1)

    assert ours.find_refund("ch_1", "k1") == first
