"""The payment provider, driven by the official SDK over a real connection."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
import stripe
from starlette.applications import Starlette

from sandbox.payments import Provider, routes
from tests.sandbox.serving import Clock, serving

CHARGES = [
    {"id": "ch_one", "customer": "cus_1", "amount": 5000, "currency": "eur"},
    {"id": "ch_old", "customer": "cus_1", "amount": 900, "currency": "usd", "created_days_ago": 3},
    {"id": "ch_gone", "customer": "cus_2", "amount": 700, "currency": "usd", "refunded": 700},
    {"id": "ch_fight", "customer": "cus_2", "amount": 800, "currency": "usd", "disputed": True},
]
CUSTOMERS = [{"id": "cus_1", "name": "Ada Marsh", "email": "ada@client.example"}]


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def provider(clock: Clock) -> Provider:
    return Provider(CHARGES, CUSTOMERS, now=clock)


@pytest.fixture
def url(provider: Provider) -> Iterator[str]:
    with serving(Starlette(routes=routes(provider))) as url:
        yield url


@pytest.fixture
def client(url: str) -> stripe.StripeClient:
    return sdk(url, "sk_test_sandbox")


def sdk(url: str, key: str, timeout: float = 20) -> stripe.StripeClient:
    return stripe.StripeClient(
        key,
        base_addresses={"api": f"{url}/stripe"},
        http_client=stripe.RequestsClient(timeout=timeout),
    )


def made_under(provider: Provider, key: str) -> list[int]:
    rows = provider.ledger.rows()["refunds"]
    return [row["amount"] for row in rows if row["idempotency_key"] == key]


def refund(
    client: stripe.StripeClient, key: str, amount: int = 1000, charge: str = "ch_one"
) -> stripe.Refund:
    return client.v1.refunds.create(
        {"charge": charge, "amount": amount, "metadata": {"effect": key}},
        {"idempotency_key": key},
    )


def test_a_refund_stands_in_the_ledger_with_its_key_and_metadata(
    provider: Provider, client: stripe.StripeClient
) -> None:
    """The ledger says which refund was made, for how much, and under which key."""
    made = refund(client, "k1", 1200)

    row = provider.ledger.rows()["refunds"][-1]
    assert (row["id"], row["amount"], row["currency"]) == (made.id, 1200, "eur")
    assert (row["idempotency_key"], row["metadata"]) == ("k1", {"effect": "k1"})
    charge = client.v1.charges.retrieve("ch_one")
    assert (charge.amount_captured, charge.amount_refunded, charge.refunded) == (5000, 1200, False)


def test_the_same_key_gives_the_first_answer_again(
    provider: Provider, client: stripe.StripeClient
) -> None:
    """A replay makes nothing and says so in its header."""
    first, second = refund(client, "k1"), refund(client, "k1")

    assert first.id == second.id
    assert second.last_response is not None
    assert second.last_response.headers["idempotent-replayed"] == "true"
    assert made_under(provider, "k1") == [1000]


def test_a_key_with_other_parameters_is_refused(client: stripe.StripeClient) -> None:
    """A key belongs to the parameters it was first used with."""
    refund(client, "k1", 1000)

    with pytest.raises(stripe.IdempotencyError):
        refund(client, "k1", 1001)


@pytest.mark.parametrize(
    ("charge", "amount", "code"),
    [
        ("ch_gone", 100, "charge_already_refunded"),
        ("ch_one", 5001, "amount_too_large"),
        ("ch_fight", 100, "charge_disputed"),
        ("ch_none", 100, "resource_missing"),
        ("ch_one", 0, "parameter_invalid_integer"),
    ],
)
def test_impossible_refunds_are_refused_by_name(
    provider: Provider, client: stripe.StripeClient, charge: str, amount: int, code: str
) -> None:
    """Each impossible refund has Stripe's code and leaves the ledger alone."""
    with pytest.raises(stripe.InvalidRequestError) as refused:
        refund(client, "k1", amount, charge)

    assert refused.value.code == code
    assert made_under(provider, "k1") == []


def test_unknown_parameters_and_wrong_keys_are_refused(
    url: str, client: stripe.StripeClient
) -> None:
    """A parameter nobody knows and a key nobody issued are errors, not shrugs."""
    with pytest.raises(stripe.InvalidRequestError) as refused:
        client.raw_request("post", "/v1/refunds", charge="ch_one", ammount=1)
    assert refused.value.code == "parameter_unknown"
    with pytest.raises(stripe.AuthenticationError):
        sdk(url, "sk_test_other").v1.charges.retrieve("ch_one")
    basic = httpx.get(f"{url}/stripe/v1/charges/ch_one", auth=("sk_test_sandbox", ""))
    assert basic.status_code == 200


def test_sixteen_concurrent_refunds_under_one_key_make_one(provider: Provider, url: str) -> None:
    """Whoever comes while the first is under way gets 409, later ones the first answer."""
    provider.faults.hang_next, provider.faults.hang_seconds = 1, 0.2
    start = threading.Barrier(16)

    def press(_: int) -> str:
        start.wait()
        try:
            return refund(sdk(url, "sk_test_sandbox"), "k1").id
        except stripe.APIError as error:
            return str(error.error and error.error.code)

    with ThreadPoolExecutor(16) as pool:
        answers = list(pool.map(press, range(16)))

    assert made_under(provider, "k1") == [1000]
    made = provider.ledger.rows()["refunds"][-1]["id"]
    assert set(answers) <= {made, "idempotency_key_in_use"}
    assert made in answers


def test_a_dropped_answer_was_committed_and_can_be_found(
    provider: Provider, client: stripe.StripeClient
) -> None:
    """The connection breaks, the refund is made; its charge tells and its key replays it."""
    provider.faults.drop_after_commit_next = 1

    with pytest.raises(stripe.APIConnectionError):
        refund(client, "k1")

    found = client.v1.refunds.list({"charge": "ch_one"}).data
    assert [row.metadata["effect"] for row in found if row.metadata] == ["k1"]
    assert refund(client, "k1").id == found[0].id
    assert made_under(provider, "k1") == [1000]


@pytest.mark.parametrize(
    ("fault", "is_replayed", "made"),
    [
        ("error_500_next", True, []),
        ("error_500_after_commit_next", True, [1000]),
        ("error_500_before_commit_next", False, [1000]),
    ],
)
def test_a_500_is_replayed_when_the_work_had_begun(
    provider: Provider,
    client: stripe.StripeClient,
    fault: str,
    is_replayed: bool,
    made: list[int],
) -> None:
    """Only a 500 from before the work leaves its key free."""
    setattr(provider.faults, fault, 1)
    with pytest.raises(stripe.APIError):
        refund(client, "k1")

    if is_replayed:
        with pytest.raises(stripe.APIError) as again:
            refund(client, "k1")
        assert (again.value.headers or {})["idempotent-replayed"] == "true"
    else:
        refund(client, "k1")

    assert made_under(provider, "k1") == made


def test_refusals_by_the_books_are_kept_and_malformed_ones_are_not(
    provider: Provider, client: stripe.StripeClient
) -> None:
    """Stripe keeps what an operation said once it began; a malformed request never began."""
    with pytest.raises(stripe.InvalidRequestError):
        refund(client, "kept", 5001)
    with pytest.raises(stripe.InvalidRequestError) as kept:
        refund(client, "kept", 5001)
    assert "idempotent-replayed" in (kept.value.headers or {})

    with pytest.raises(stripe.InvalidRequestError):
        refund(client, "free", 0)
    assert refund(client, "free", 10).amount == 10


def test_a_hanging_answer_comes_too_late_for_a_short_timeout(provider: Provider, url: str) -> None:
    """A client that stops waiting has still made its refund."""
    provider.faults.hang_next, provider.faults.hang_seconds = 1, 30

    with pytest.raises(stripe.APIConnectionError):
        refund(sdk(url, "sk_test_sandbox", timeout=1), "k1")

    assert made_under(provider, "k1") == [1000]


def test_too_many_requests_and_conflicts_can_be_ordered(
    provider: Provider, client: stripe.StripeClient
) -> None:
    """429 and 409 make nothing and keep nothing."""
    provider.faults.rate_limit_next = provider.faults.conflict_next = 1

    with pytest.raises(stripe.RateLimitError):
        refund(client, "k1")
    with pytest.raises(stripe.APIError) as conflict:
        refund(client, "k1")

    assert conflict.value.http_status == 409
    assert made_under(provider, "k1") == []
    refund(client, "k1")
    assert made_under(provider, "k1") == [1000]


def test_keys_are_forgotten_after_a_day_or_by_order(
    provider: Provider, client: stripe.StripeClient, clock: Clock
) -> None:
    """A key that is no longer known pays again: only a look can prevent that."""
    refund(client, "k1")
    clock.seconds += 25 * 60 * 60
    refund(client, "k1")
    provider.faults.forget_keys = True
    refund(client, "k1")

    assert made_under(provider, "k1") == [1000, 1000, 1000]


def test_lists_are_paged_newest_first(client: stripe.StripeClient) -> None:
    """Following the pages yields each refund of the charge once."""
    ids = [refund(client, f"k{n}", 10).id for n in range(5)]

    pages = client.v1.refunds.list({"charge": "ch_one", "limit": 2})

    assert pages.has_more
    assert [row.id for row in pages.auto_paging_iter()] == ids[::-1]


def test_charges_intents_and_customers_can_be_read(client: stripe.StripeClient) -> None:
    """What a bot reads before it refunds is there, in Stripe's shapes."""
    charges = client.v1.charges.list({"customer": "cus_1"}).data
    assert [row.id for row in charges] == ["ch_one", "ch_old"]
    intent = client.v1.payment_intents.retrieve(str(charges[0].payment_intent))
    assert intent.latest_charge == "ch_one"
    assert client.v1.customers.retrieve("cus_1").email == "ada@client.example"
    made = client.v1.charges.create({"amount": 300, "currency": "usd", "customer": "cus_1"})
    assert client.v1.charges.retrieve(made.id).amount == 300


def test_the_books_are_open_to_the_page(url: str, client: stripe.StripeClient) -> None:
    """The ledger and new charges are reachable without a key, for the page and the harness."""
    row = {"id": "ch_new", "amount": 4200, "currency": "eur", "customer": "cus_1"}
    httpx.post(f"{url}/sandbox/payments/charge", json=row).raise_for_status()
    refund(client, "k1", 4200, "ch_new")

    ledger = httpx.get(f"{url}/sandbox/payments/ledger").json()

    assert ledger["charges"][-1]["id"] == "ch_new"
    assert [row["charge"] for row in ledger["refunds"]] == ["ch_gone", "ch_new"]
    assert ledger["account_changes"] == []
    assert httpx.post(f"{url}/sandbox/payments/charge", json={}).status_code == 400
    assert httpx.post(f"{url}/sandbox/payments/charge", json=row).status_code == 409
