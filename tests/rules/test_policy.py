"""A looser policy waits, rule by rule; a tighter one counts at once."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.acts import parse
from bot.agent.briefing import CustomerFacts
from bot.config.directory import Directory
from bot.config.policy import ApprovalStep, Gate
from bot.config.policy_held import as_text, digest_of, held, policy_of, read_policy
from bot.config.quorum import fills
from bot.gates import Grade, asks_all, grade, stricter
from bot.policy_changes import changes
from tests.config.files import load_text

FILE = """\
company: {name: Acme, currency: USD}
slack: {workspace: T0ACME}
people:
  - {id: ana, name: Ana, roles: [approver, admin], slack: U0ANA, limits: {refund: 50000}}
  - {id: bo, name: Bo, email: bo@acme.example, roles: [approver, admin], slack: U0BO}
  - {id: cy, name: Cy, roles: [specialist], slack: U0CY}
partners:
  - {organisation: dawn, workspace: T0DAWN, people: [U0KIM], accounts: [acc_1]}
modes: {default: draft, categories: {billing: live}, acts: {refund: draft}}
gates:
  - {name: small, act: refund, up_to: 2000, grade: auto, tiers: [standard]}
  - {name: refunds, act: refund, up_to: 50000, grade: one, partners: [dawn], expires: 4h}
  - {name: big, act: refund, grade: two}
approvals: {grace: 10s, step_up: {by: passkeys, above: {refund: 20000}}}
limits: {refunds_per_customer_day: 2}
"""

_ROLES = st.sets(st.sampled_from(["approver", "lead", "admin"]), min_size=1).map(tuple)
_STEPS = st.lists(
    st.builds(ApprovalStep, roles=_ROLES, approvers=st.integers(1, 2)), min_size=1, max_size=2
).map(tuple)


@st.composite
def gates(draw: st.DrawFn) -> tuple[Gate, ...]:
    made: list[Gate] = []
    for number in range(draw(st.integers(0, 4))):
        level = draw(st.sampled_from(["auto", "one", "two", "steps", "never"]))
        told: dict[str, Any] = {"grade": level, "roles": draw(_ROLES)}
        if level == "steps":
            told["steps"] = draw(_STEPS)
        if draw(st.booleans()):
            told |= {"up_to": draw(st.sampled_from([1000, 2000, 50000])), "currency": "USD"}
        told["tiers"] = draw(st.sampled_from([(), ("standard",), ("gold",)]))
        told["refunds_90_days_at_most"] = draw(st.sampled_from([None, 0, 3]))
        told["partners"] = draw(st.sampled_from([(), ("dawn",), ("dawn", "dusk")]))
        told["expires"] = timedelta(hours=draw(st.sampled_from([1, 4])))
        made.append(Gate(name=f"gate {number}", act="refund", **told))
    return tuple(made)


def _graded(
    listed: Sequence[Gate], amount: int, tier: str, earlier: int, held: Sequence[Gate] | None = None
) -> Grade:
    args = {"charge": "c", "amount": amount, "currency": "USD", "ticket": 1, "customer": 1}
    who = CustomerFacts(1, tier=tier, refunds_90_days=earlier)
    return grade(parse("refund", args | {"reason": "x"}), who, listed, None, held)


_AMOUNT = st.sampled_from([1, 999, 1000, 1001, 2000, 2001, 50000, 50001, 10**9])
_WHO = (st.sampled_from(["standard", "gold", "other"]), st.sampled_from([0, 1, 3, 4]))


@given(gates(), gates(), _AMOUNT, *_WHO)
def test_no_act_is_easier_to_get_than_was_agreed(
    agreed: tuple[Gate, ...], asked: tuple[Gate, ...], amount: int, tier: str, earlier: int
) -> None:
    """Law: whoever could say yes in between could have said it before."""
    before = _graded(agreed, amount, tier, earlier)
    between = _graded(asked, amount, tier, earlier, agreed)
    assert asks_all(before, between)
    assert before.level == "auto" or set(between.partners) <= set(before.partners)
    assert before.level == "auto" or between.expires <= before.expires


@given(gates(), gates(), _AMOUNT, *_WHO)
def test_what_only_tightens_counts_at_once(
    agreed: tuple[Gate, ...], asked: tuple[Gate, ...], amount: int, tier: str, earlier: int
) -> None:
    """Law: where the new one asks for all of the old and more, it is the new one that is asked."""
    before, after = (_graded(one, amount, tier, earlier) for one in (agreed, asked))
    between = _graded(asked, amount, tier, earlier, agreed)
    if asks_all(before, after):
        assert (between.level, between.steps, between.gate) == (
            after.level,
            after.steps,
            after.gate,
        )


_AUTO, _NEVER = Grade("auto", "none", ""), Grade("never", "shut", "")
_ONE = Grade("one", "some", "", steps=(ApprovalStep(roles=("approver",)),), partners=("dawn",))


@pytest.mark.parametrize(
    ("agreed", "wanted", "is_all"),
    [
        (_NEVER, _ONE, False),
        (_NEVER, _AUTO, False),
        (_NEVER, _NEVER, True),
        (_ONE, _NEVER, True),
        (_AUTO, _NEVER, True),
        (_ONE, _AUTO, False),
        (_AUTO, _ONE, True),
        (_ONE, _ONE, True),
    ],
)
def test_never_asks_for_more_than_anything(agreed: Grade, wanted: Grade, is_all: bool) -> None:
    """Law: what nobody can approve is loosened by whatever somebody can, and tightens it."""
    assert asks_all(agreed, wanted) is is_all
    assert stricter(agreed, wanted).level == (wanted if is_all else agreed).level


def test_where_nobody_was_asked_whatever_is_wanted_counts() -> None:
    """Law: nobody loses their part in what was automatic before."""
    waits = replace(_ONE, expires=timedelta(hours=9))
    assert stricter(_AUTO, waits) == waits


@given(_STEPS, _STEPS)
def test_asking_for_all_of_it_means_every_quorum_is_a_quorum(
    agreed: tuple[ApprovalStep, ...], wanted: tuple[ApprovalStep, ...]
) -> None:
    """Model: whoever fills the places of the one fills those of the other."""
    before = Grade("steps", "a", "", steps=agreed)
    after = Grade("steps", "b", "", steps=wanted)
    if not asks_all(before, after):
        return
    # One person for each place, with no more roles than it takes: the weakest quorum there is.
    for roles in _weakest(wanted):
        people = dict(enumerate(roles))
        places = [
            {str(who) for who, role in people.items() if role in step.roles}
            for step in agreed
            for _ in range(step.approvers)
        ]
        assert fills(places)


def _weakest(steps: Sequence[ApprovalStep]) -> list[list[str]]:
    found: list[list[str]] = [[]]
    for step in steps:
        for _ in range(step.approvers):
            found = [[*one, role] for one in found for role in step.roles]
    return found[:200]


@given(gates(), gates(), _AMOUNT, *_WHO)
def test_what_changes_an_answer_is_told_and_said_to_wait_where_it_does(
    tmp_path_factory: pytest.TempPathFactory,
    agreed: tuple[Gate, ...],
    asked: tuple[Gate, ...],
    amount: int,
    tier: str,
    earlier: int,
) -> None:
    """Law: two administrators see everything that they agree to."""
    settings = load_text(tmp_path_factory.getbasetemp(), FILE)
    before = policy_of(settings).model_copy(update={"gates": agreed})
    after = policy_of(settings).model_copy(update={"gates": asked})
    told = changes(before, after, after)
    was, now = (_graded(one, amount, tier, earlier) for one in (agreed, asked))
    is_other = (was.steps, was.partners, was.expires) != (now.steps, now.partners, now.expires)
    if was.level == now.level == "never" or not is_other:
        return
    if was.steps or now.steps or {was.level, now.level} == {"auto", "never"}:
        assert told
    if not asks_all(was, now):
        assert any(one.waits for one in told)


LOOSER = {
    "a new approver": ("roles: [specialist]", "roles: [specialist, approver]"),
    "another role": (
        "email: bo@acme.example, roles: [approver, admin]",
        "email: bo@acme.example, roles: [approver, admin, lead]",
    ),
    "a higher limit": ("{refund: 50000}", "{refund: 60000}"),
    "no limit": (", limits: {refund: 50000}", ""),
    "another account": ("slack: U0BO", "slack: U0ZED"),
    "another address": (
        "{id: bo, name: Bo, email: bo@acme.example,",
        "{id: bo, name: Bo, email: b@acme.example,",
    ),
    "another workspace": ("slack: {workspace: T0ACME}", "slack: {workspace: T0EVIL}"),
    "a partner's workspace": ("workspace: T0DAWN", "workspace: T0EVIL"),
    "a partner's account": ("accounts: [acc_1]", "accounts: [acc_1, acc_2]"),
    "a mode": ("default: draft", "default: live"),
    "a category": ("{billing: live}", "{billing: live, returns: live}"),
    "an act": ("acts: {refund: draft}", "acts: {refund: live}"),
    "a larger gate": ("up_to: 2000", "up_to: 3000"),
    "fewer approvers": ("grade: two", "grade: one"),
    "a longer wait": ("expires: 4h", "expires: 8h"),
    "a shorter undo": ("grace: 10s", "grace: 0s"),
    "another way in": ("grace: 10s", "grace: 10s, by_mail: {}"),
    "a code above more": ("{refund: 20000}", "{refund: 30000}"),
    "no proof by amount": ("passkeys, above: {refund: 20000}", "passkeys"),
    "a proof that is typed": ("by: passkeys, ", ""),
    "more refunds a day": ("refunds_per_customer_day: 2", "refunds_per_customer_day: 3"),
    "refunds without end": ("limits: {refunds_per_customer_day: 2}", "limits: {}"),
    "less of it reviewed": ("grade: auto, ", "grade: auto, sample_rate: 0.05, "),
}


@pytest.mark.parametrize("what", LOOSER)
def test_what_loosens_waits_and_its_opposite_counts_at_once(tmp_path: Path, what: str) -> None:
    """Law: one change, forth and back: only one of the two has to be agreed to."""
    old, new = LOOSER[what]
    assert old in FILE
    strict, loose = load_text(tmp_path, FILE), load_text(tmp_path, FILE.replace(old, new, 1))
    forth = changes(policy_of(strict), policy_of(loose), policy_of(held(policy_of(strict), loose)))
    assert any(one.waits for one in forth), forth
    if (
        what == "another address"
        or ("account" in what and "partner" not in what)
        or "workspace" in what
    ):
        # Somebody else, either way.
        return
    back = changes(policy_of(loose), policy_of(strict), policy_of(held(policy_of(loose), strict)))
    assert back and not any(one.waits for one in back), back


def test_a_gate_under_another_name_is_reviewed_no_less(tmp_path: Path) -> None:
    old, new = "{name: small, act: refund,", "{name: tiny, act: refund, sample_rate: 0.05,"
    agreed = policy_of(load_text(tmp_path, FILE))
    asked = load_text(tmp_path, FILE.replace(old, new, 1))
    found = changes(agreed, policy_of(asked), policy_of(held(agreed, asked)))
    assert [one.waits for one in found if one.what == "Share reviewed under tiny"] == [True]


@pytest.mark.parametrize("what", LOOSER)
def test_what_waits_is_as_it_was(tmp_path: Path, what: str) -> None:
    old, new = LOOSER[what]
    strict, loose = load_text(tmp_path, FILE), load_text(tmp_path, FILE.replace(old, new, 1))
    between = held(policy_of(strict), loose)
    before, now = Directory(strict), Directory(between)
    for person in now.people:
        known = before.get(person.id)
        deciding = person.roles & {"approver", "lead", "admin"}
        assert not deciding or (known is not None and deciding <= known.roles)
        if deciding and known is not None:
            assert set(known.limits) <= set(person.limits)
            assert all(
                person.limits[act].amount <= known.limits[act].amount for act in known.limits
            )
    assert between.approvals.grace >= strict.approvals.grace
    assert between.held_gates == strict.gates
    for category in ("billing", "returns", "else"):
        for act in (None, "refund", "reply"):
            order = ["observe", "draft", "live"]
            assert order.index(between.mode_for(category, act)) <= order.index(
                strict.mode_for(category, act)
            )


def test_in_another_currency_no_bound_is_what_was_agreed(tmp_path: Path) -> None:
    """Law: until it is agreed to, every amount takes its proof and nobody approves any."""
    capped = FILE.replace(
        "limits: {refunds", "limits: {approved_per_person_day: {refund: 90000}, refunds"
    )
    strict = load_text(tmp_path, capped)
    loose = load_text(tmp_path, capped.replace("currency: USD", "currency: EUR"))
    between = held(policy_of(strict), loose)
    assert between.approvals.step_up is not None
    assert between.approvals.step_up.above == {"refund": 0}
    assert between.limits.approved_per_person_day == {"refund": 0}
    assert strict.limits.approved_per_person_day == {"refund": 90000}


def test_a_policy_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    policy = policy_of(load_text(tmp_path, FILE))
    assert read_policy(as_text(policy)) == policy
    assert digest_of(read_policy(as_text(policy))) == digest_of(policy)


def test_the_same_file_changes_nothing(tmp_path: Path) -> None:
    settings = load_text(tmp_path, FILE)
    between = held(policy_of(settings), settings)
    assert policy_of(between) == policy_of(settings)
    assert changes(policy_of(settings), policy_of(settings), policy_of(between)) == ()
