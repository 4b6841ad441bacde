"""The account service: signed, idempotent, with books of its own."""

import json
from collections.abc import Iterator

import httpx
import pytest
from starlette.applications import Starlette

from sandbox.payments import Provider, routes
from sandbox.payments.account_api import sign
from tests.sandbox.serving import Clock, serving

SECRET = "account-action-secret"
CHANGE = {"account": "acc_1", "change": {"kind": "billing_email", "value": "new@client.example"}}


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def provider(clock: Clock) -> Provider:
    return Provider(accounts=["acc_1"], now=clock)


@pytest.fixture
def url(provider: Provider) -> Iterator[str]:
    with serving(Starlette(routes=routes(provider))) as url:
        yield f"{url}/accounts/changes"


def post(
    url: str, clock: Clock, body: object = CHANGE, *, key: str = "k1", secret: str = SECRET
) -> httpx.Response:
    raw = json.dumps(body).encode()
    headers = {
        "X-Backstop-Signature": sign(secret, int(clock.seconds), raw),
        "Idempotency-Key": key,
    }
    return httpx.post(url, content=raw, headers=headers)


def look(url: str, clock: Clock, key: str) -> list[dict[str, object]]:
    signature = sign(SECRET, int(clock.seconds), f"key={key}".encode())
    answer = httpx.get(url, params={"key": key}, headers={"X-Backstop-Signature": signature})
    changes: list[dict[str, object]] = answer.raise_for_status().json()["changes"]
    return changes


def test_a_change_is_made_once_per_key_and_can_be_looked_up(url: str, clock: Clock) -> None:
    """The second request gets the first answer, and the look finds exactly one."""
    first, second = post(url, clock), post(url, clock)

    assert first.json() == second.json()
    assert second.headers["idempotent-replayed"] == "true"
    assert [row["id"] for row in look(url, clock, "k1")] == [first.json()["id"]]
    assert look(url, clock, "k2") == []


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({**CHANGE, "note": "x"}, "unknown_field"),
        ({"account": "acc_1"}, "missing_field"),
        ({"account": "acc_9", "change": {"kind": "x"}}, "no_such_account"),
    ],
)
def test_a_change_that_is_not_understood_is_refused(
    provider: Provider, url: str, clock: Clock, body: dict[str, object], code: str
) -> None:
    """Fields and accounts nobody knows are refused, and nothing is written."""
    answer = post(url, clock, body)

    assert answer.json()["error"]["code"] == code
    assert provider.ledger.rows()["account_changes"] == []


def test_a_wrong_or_old_signature_is_refused(url: str, clock: Clock) -> None:
    """Only the holder of the secret, and only now, may change an account."""
    assert post(url, clock, secret="other").json()["error"]["code"] == "bad_signature"
    assert httpx.post(url, json=CHANGE).status_code == 401
    late = Clock(clock.seconds - 301)
    assert post(url, late).json()["error"]["code"] == "stale_timestamp"


def test_a_key_with_another_change_is_refused(url: str, clock: Clock) -> None:
    """A key belongs to the change it was first used with."""
    post(url, clock)

    other = post(url, clock, {"account": "acc_1", "change": {"kind": "cancel"}})

    assert other.json()["error"]["type"] == "idempotency_error"


def test_a_dropped_answer_was_committed(provider: Provider, url: str, clock: Clock) -> None:
    """The connection breaks and the look tells that the change is made."""
    provider.faults.drop_after_commit_next = 1

    with pytest.raises(httpx.RemoteProtocolError):
        post(url, clock)

    assert len(look(url, clock, "k1")) == 1
