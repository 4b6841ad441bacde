"""Gate policy: first match wins, what cannot be checked does not match, unmatched needs one."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.acts import parse
from bot.agent.briefing import CustomerFacts, ProposedAct
from bot.config.policy import Gate
from bot.gates import UNMATCHED, Level, grade, grade_proposed, share_reviewed

STANDARD = CustomerFacts(id=3, tier="standard")
SMALL = Gate(
    name="small",
    act="refund",
    up_to=2000,
    currency="USD",
    tiers=("standard",),
    refunds_90_days_at_most=0,
    grade="auto",
    expires=timedelta(hours=1),
)
USUAL = Gate(name="usual", act="refund", up_to=50_000, currency="USD", grade="one")
LARGE = Gate(
    name="large",
    act="refund",
    up_to=500_000,
    currency="USD",
    grade="two",
    roles=("lead",),
    partners=("nightdesk",),
)
CLOSED = Gate(name="closed", act="refund", currency="USD", grade="never")
POLICY = (SMALL, USUAL, LARGE, CLOSED)


def refund_args(amount: int, currency: str = "USD") -> dict[str, Any]:
    return {
        "charge": "ch_1",
        "amount": amount,
        "currency": currency,
        "ticket": 7,
        "customer": 3,
        "reason": "Charged twice",
    }


def level_of(
    amount: int,
    customer: CustomerFacts | None = STANDARD,
    gates: tuple[Gate, ...] = POLICY,
    currency: str = "USD",
) -> Level:
    return grade(parse("refund", refund_args(amount, currency)), customer, gates).level


@pytest.mark.parametrize(
    ("amount", "customer", "expected"),
    [
        (2000, STANDARD, "auto"),
        (2001, STANDARD, "one"),
        (50_000, STANDARD, "one"),
        (50_001, STANDARD, "two"),
        (500_000, STANDARD, "two"),
        (500_001, STANDARD, "never"),
        (100, CustomerFacts(id=3, tier="enterprise"), "one"),
        (100, CustomerFacts(id=3, tier="standard", refunds_90_days=1), "one"),
        (100, None, "one"),
    ],
)
def test_the_first_gate_whose_every_condition_holds_decides(
    amount: int, customer: CustomerFacts | None, expected: Level
) -> None:
    """Law: amount, tier and history must all be known and fit, otherwise the gate is passed."""
    assert expected == level_of(amount, customer)


def test_a_grade_carries_who_decides_and_how_long_it_waits() -> None:
    """Law: roles, expiry and partners come from the gate that matched, which is named."""
    found = grade(parse("refund", refund_args(60_000)), STANDARD, POLICY)

    assert (found.gate, found.roles, found.partners) == ("large", ("lead",), ("nightdesk",))
    assert found.approvers == 2
    assert timedelta(hours=4) == found.expires


@pytest.mark.parametrize(
    ("gates", "level", "gate", "roles"),
    [
        ((), "one", UNMATCHED, ("approver",)),
        ((SMALL,), "one", UNMATCHED, ("approver",)),
        ((SMALL, USUAL), "one", "usual", ("approver",)),
        ((SMALL, USUAL, LARGE), "two", "large", ("lead",)),
        (POLICY, "never", "closed", ("approver",)),
    ],
)
def test_an_amount_in_another_currency_is_above_every_limit(
    gates: tuple[Gate, ...], level: Level, gate: str, roles: tuple[str, ...]
) -> None:
    """Law: nobody here knows what it is worth, so what no gate names is never the easier way."""
    for amount in (10, 60_000, 10**12):
        found = grade(parse("refund", refund_args(amount, "EUR")), STANDARD, gates)

        assert (found.level, found.gate, found.roles) == (level, gate, roles)
        assert found.partners == ()


def test_a_currency_with_gates_of_its_own_is_graded_by_them() -> None:
    """Law: what is above every limit is only what no gate covers."""
    euros = USUAL.model_copy(update={"name": "euros", "currency": "EUR"})

    found = grade(parse("refund", refund_args(10, "EUR")), STANDARD, (SMALL, LARGE, euros))

    assert (found.level, found.gate) == ("one", "euros")


def test_an_act_without_gates_needs_one_approver() -> None:
    """Law: a gate for refunds covers no other kind."""
    reply = parse("reply", {"ticket": 7, "text": "Hello", "language": "en"})

    assert grade(reply, STANDARD, POLICY).level == "one"


def test_an_amount_above_the_last_limit_needs_what_that_limit_asked() -> None:
    """Law: forgetting the last line of a policy never makes the largest amounts the easiest."""
    assert level_of(10**9, gates=(SMALL, USUAL, LARGE)) == "two"
    assert level_of(10**9, gates=(SMALL,)) == "one"


def test_past_the_daily_number_of_refunds_nothing_is_automatic() -> None:
    """Law: the daily limit raises `auto` to one approver and lowers nothing."""
    small, large = (parse("refund", refund_args(amount)) for amount in (100, 60_000))
    once, twice = (replace(STANDARD, refunds_today=today) for today in (1, 2))

    assert grade(small, once, POLICY, refunds_per_day=2).level == "auto"
    assert grade(small, twice, POLICY, refunds_per_day=2).level == "one"
    assert grade(large, twice, POLICY, refunds_per_day=2).level == "two"


def test_of_somebody_unknown_no_refunds_are_counted() -> None:
    """Law: a limit that nobody has reached raises nothing."""
    anyone = SMALL.model_copy(update={"tiers": (), "refunds_90_days_at_most": None})

    assert grade(parse("refund", refund_args(100)), None, (anyone,), 1).level == "auto"


def test_what_is_asked_for_in_parts_is_graded_as_the_whole() -> None:
    """Law: what is beside an act is added to its amount, to the last unit."""
    half = parse("refund", refund_args(1500))

    assert grade(half, STANDARD, POLICY, together=500).level == "auto"
    assert grade(half, STANDARD, POLICY, together=501).level == "one"


def test_a_proposal_is_graded_as_the_act_that_it_is() -> None:
    """Law: who proposes it changes nothing about what it takes."""
    act = parse("refund", refund_args(60_000))

    proposed = ProposedAct("refund", refund_args(60_000))
    assert grade_proposed(proposed, STANDARD, POLICY) == (act, grade(act, STANDARD, POLICY))


def test_what_no_gate_matches_waits_four_hours() -> None:
    assert grade(parse("refund", refund_args(10)), None, ()).expires == timedelta(hours=4)


@pytest.mark.parametrize(
    "proposed",
    [
        ProposedAct("wire_transfer", {"amount": 1}),
        ProposedAct("refund", {}),
        ProposedAct("refund", refund_args(100) | {"grade": "auto"}),
        ProposedAct("refund", refund_args(100) | {"amount": 1.0}),
    ],
)
def test_what_is_no_act_of_ours_never_passes(proposed: ProposedAct) -> None:
    """Law: an unknown kind or arguments outside the closed schema are graded `never`."""
    act, found = grade_proposed(proposed, STANDARD, (SMALL,))

    assert act is None
    assert (found.level, found.approvers) == ("never", None)


STRICTNESS: tuple[Level, ...] = ("auto", "one", "two", "never")
ORDERED = st.lists(st.tuples(st.integers(0, 10**6), st.sampled_from(STRICTNESS)), max_size=6).map(
    lambda drawn: tuple(
        Gate(name=f"gate {n}", act="refund", up_to=limit, currency="USD", grade=level)
        for n, (limit, level) in enumerate(
            zip(
                sorted(limit for limit, _ in drawn),
                sorted((level for _, level in drawn), key=STRICTNESS.index),
                strict=True,
            )
        )
    )
)
AMOUNTS = st.integers(1, 2 * 10**6)


@settings(deadline=None)
@given(gates=ORDERED, amounts=st.tuples(AMOUNTS, AMOUNTS), closes=st.booleans())
def test_raising_the_amount_never_lowers_the_grade(
    gates: tuple[Gate, ...], amounts: tuple[int, int], closes: bool
) -> None:
    """Law: for a policy whose limits and grades rise together, more money is never easier."""
    policy = (*gates, CLOSED) if closes else gates
    lower, higher = sorted(amounts)

    assert STRICTNESS.index(level_of(lower, gates=policy)) <= STRICTNESS.index(
        level_of(higher, gates=policy)
    )


@settings(deadline=None)
@given(amount=AMOUNTS, gates=st.permutations(POLICY), currency=st.sampled_from(["USD", "EUR"]))
def test_never_is_only_ever_passed_by_an_earlier_gate(
    amount: int, gates: list[Gate], currency: str
) -> None:
    """Law: behind a matching `never` no later gate is asked, and nobody can approve."""
    policy = (CLOSED.model_copy(update={"currency": None}), *gates)

    assert level_of(amount, gates=policy, currency=currency) == "never"
    assert grade(parse("refund", refund_args(amount)), None, policy).approvers is None


def test_no_less_is_reviewed_than_was_agreed_to() -> None:
    """Law: neither by a smaller share nor under another name; a larger one counts at once. Acts of
    another kind say nothing, and of a gate that is nowhere nothing is drawn."""
    often = SMALL.model_copy(update={"sample_rate": 0.2})
    other = Gate(name="changes", act="account_change", grade="one", sample_rate=0.9)
    assert share_reviewed("small", (SMALL,)) == SMALL.sample_rate
    assert share_reviewed("small", (SMALL,), (often, other)) == 0.2
    assert share_reviewed("small", (often,), (SMALL, other)) == 0.2
    renamed = SMALL.model_copy(update={"name": "tiny"})
    assert share_reviewed("tiny", (renamed,), (often, other)) == 0.2
    assert share_reviewed("small", (renamed,), (often, other)) == 0.2
    assert share_reviewed("gone", (SMALL,), (often,)) is None
