"""The `AccountActions` port: signed, once per key, and found again."""

import contextlib
from collections.abc import Iterator

import pytest

from bot.errors import OutcomeUnknown, Refused, TryLater
from bot.handlers.http.account_action import AccountAction
from sandbox.payments import Provider
from tests.handlers.http.conftest import PATIENT, WallClock

CHANGE = {"kind": "billing_email", "value": "büro@client.example"}
KEY = "acme:effect:7"


@pytest.fixture
def ours(url: str) -> Iterator[AccountAction]:
    made = AccountAction(f"{url}/accounts/changes", "account-action-secret", WallClock(), PATIENT)
    yield made
    made.close()


def changes(provider: Provider) -> list[tuple[object, object]]:
    rows = provider.ledger.rows()["account_changes"]
    return [(row["change"], row["idempotency_key"]) for row in rows]


def test_a_change_is_made_once_per_key_and_can_be_looked_up(
    ours: AccountAction, provider: Provider
) -> None:
    """A second call gives the first receipt, and so does the look."""
    first = ours.change("acc_1", CHANGE, KEY)

    assert ours.change("acc_1", CHANGE, KEY) == first == ours.find(KEY)
    assert ours.find("acme:effect:8") is None
    assert changes(provider) == [(CHANGE, KEY)]


def test_a_dropped_answer_is_unknown_and_the_look_finds_the_change(
    ours: AccountAction, provider: Provider
) -> None:
    """What was changed is found by its key."""
    provider.faults.drop_after_commit_next = 1

    with pytest.raises(OutcomeUnknown):
        ours.change("acc_1", CHANGE, KEY)

    assert ours.find(KEY) is not None
    assert changes(provider) == [(CHANGE, KEY)]


def test_a_replayed_500_with_nothing_found_made_nothing_and_never_will(
    ours: AccountAction, provider: Provider
) -> None:
    """The replay is the last word on the key."""
    provider.faults.error_500_next = 1
    with pytest.raises(OutcomeUnknown) as first:
        ours.change("acc_1", CHANGE, KEY)
    with pytest.raises(OutcomeUnknown) as replayed:
        ours.change("acc_1", CHANGE, KEY)

    assert (first.value.is_settled, replayed.value.is_settled) == (False, True)
    assert ours.find(KEY) is None


def test_a_key_used_for_something_else_or_under_way_is_unknown(
    ours: AccountAction, provider: Provider
) -> None:
    """Something was or is being done under that key: look."""
    ours.change("acc_1", CHANGE, KEY)
    with pytest.raises(OutcomeUnknown):
        ours.change("acc_1", {"kind": "cancel"}, KEY)
    provider.faults.conflict_next = 1
    with pytest.raises(OutcomeUnknown):
        ours.change("acc_1", CHANGE, KEY)


def test_a_definite_no_is_refused_and_a_missing_service_tried_later(
    ours: AccountAction, url: str, provider: Provider
) -> None:
    """An unknown account is a no; no connection, a wrong secret and a full queue are not."""
    with pytest.raises(Refused) as unknown:
        ours.change("acc_9", CHANGE, KEY)
    assert unknown.value.code == "no_such_account"

    forger = AccountAction(f"{url}/accounts/changes", "wrong", WallClock(), PATIENT)
    with contextlib.closing(forger), pytest.raises(TryLater):
        forger.change("acc_1", CHANGE, KEY)
    nobody = AccountAction("http://127.0.0.1:9/changes", "s", WallClock(), PATIENT)
    with contextlib.closing(nobody), pytest.raises(TryLater):
        nobody.change("acc_1", CHANGE, KEY)
    provider.faults.rate_limit_next = 1
    with pytest.raises(TryLater) as later:
        ours.change("acc_1", CHANGE, KEY)
    assert later.value.retry_after == 1
    assert changes(provider) == []
