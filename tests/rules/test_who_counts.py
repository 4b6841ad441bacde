"""Who may act at all, for whom, and that nobody decides about what is their own."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.config import Settings
from bot.entitlement import (
    Gated,
    check_account,
    check_may_decide,
    check_may_work,
    is_shut_out,
    looks_after,
    who_may,
)
from bot.errors import NotAllowed
from bot.people import Account, Person, Standing
from tests.config.files import load_text

MAX = Person("max", "Max Vidal", frozenset({"approver"}), slack="U0MAX")
KIM = replace(MAX, id="kim", organisation="dawn")
HERE = Account("slack", "U0MAX", "T0HOME", Standing.MEMBER)
GUEST = replace(HERE, standing=Standing.GUEST)
REFUND = Gated("refund", 100, "USD", frozenset({"approver"}), frozenset({"dawn"}), "offline")
FILE = """
company: {name: Acme}
partners:
  - {organisation: dawn, workspace: T0DAWN, people: [U0KIM], accounts: [acc-1, acc-2]}
  - {organisation: dawn, workspace: T0DAWN2, people: [U0KIT], accounts: [acc-4]}
  - {organisation: dusk, workspace: T0DUSK, people: [U0GUS], accounts: [acc-3]}
"""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return load_text(tmp_path, FILE)


@pytest.mark.parametrize("standing", [s for s in Standing if s is not Standing.MEMBER])
def test_only_members_act_here_and_partners_from_where_they_are(standing: Standing) -> None:
    account = replace(HERE, standing=standing)
    outside = standing in (Standing.GUEST, Standing.STRANGER)

    with pytest.raises(NotAllowed):
        check_account(account, MAX)
    assert is_shut_out(account, MAX) and not is_shut_out(HERE, MAX)
    assert is_shut_out(account, KIM) == (not outside)


def test_who_is_not_on_the_list_does_nothing() -> None:
    with pytest.raises(NotAllowed, match="not on this team's list"):
        check_account(HERE, None)
    assert check_account(HERE, MAX) == MAX


@pytest.mark.parametrize(
    ("account", "is_theirs"), [("acc-2", True), ("acc-4", True), ("acc-3", False), (None, False)]
)
def test_a_partner_serves_its_own_customers_alone(
    settings: Settings, account: str | None, is_theirs: bool
) -> None:
    assert looks_after(KIM, account, settings) is is_theirs
    assert looks_after(MAX, account, settings) is True
    if is_theirs:
        assert check_may_work(GUEST, KIM, settings, account) == KIM
    else:
        with pytest.raises(NotAllowed, match="does not look after"):
            check_may_work(GUEST, KIM, settings, account)


def test_working_takes_a_role(settings: Settings) -> None:
    assert check_may_work(HERE, MAX, settings, None) == MAX
    with pytest.raises(NotAllowed, match="takes the role"):
        check_may_work(HERE, replace(MAX, roles=frozenset({"viewer"})), settings, None)


@pytest.mark.parametrize(
    ("person", "gated", "voted", "why"),
    [
        (replace(MAX, slack=None), REFUND, (), "names no account"),
        (replace(KIM, organisation="dusk"), REFUND, (), "your organisation"),
        (replace(MAX, roles=frozenset({"lead"})), REFUND, (), "role approver"),
        (MAX, replace(REFUND, requester="max"), (), "asked for this yourself"),
        (MAX, replace(REFUND, stands_in="max"), (), "stand in"),
        (MAX, replace(REFUND, editors=frozenset({"max"})), (), "changed this yourself"),
        (MAX, REFUND, ("max",), "approved this already"),
    ],
)
def test_whose_decision_does_not_count_hears_why(
    person: Person, gated: Gated, voted: tuple[str, ...], why: str
) -> None:
    """Law: and is asked about it by nobody."""
    with pytest.raises(NotAllowed, match=why):
        check_may_decide(HERE, person, gated, voted)
    assert who_may([person], gated, voted) == []
    nia = replace(MAX, id="nia")
    assert who_may([person, nia, KIM], gated, voted) == [nia, KIM]
