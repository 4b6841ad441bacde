"""Whether there is somebody of their own for each place."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.config.policy import ApprovalStep, Gate
from bot.config.quorum import approvers, fills, gate_is_satisfiable
from bot.money import Money
from bot.people import Person

PEOPLE = "abcde"
PLACES = st.lists(st.frozensets(st.sampled_from(PEOPLE)), max_size=5)


@given(PLACES)
def test_places_are_filled_where_any_seating_fills_them(places: list[frozenset[str]]) -> None:
    """Law: as by trying every way to seat people, each of whom sits once."""
    tried = permutations(PEOPLE, len(places))
    assert fills(places) == any(
        all(person in place for person, place in zip(way, places, strict=True)) for way in tried
    )


def test_one_person_with_both_roles_fills_one_place() -> None:
    """Law: the problem names who is missing at which step."""
    gate = Gate(
        name="big",
        act="refund",
        grade="steps",
        steps=(ApprovalStep(roles=("approver",)), ApprovalStep(roles=("admin",))),
    )
    both = Person("max", "Max", frozenset({"approver", "admin"}), slack="U0MAX")
    problem = gate_is_satisfiable(gate, [both])
    assert problem is not None and problem.part == "gate:big"
    assert "one approver (approver), then one approver (admin)" in problem.wrong


def _upto(ident: str, amount: int) -> Person:
    limits = {"refund": Money(amount, "USD")}
    return Person(ident, ident, frozenset({"approver"}), slack=f"U0{ident}", limits=limits)


@pytest.mark.parametrize(
    ("limits", "needed", "reach"),
    [
        ([50, 200], 1, 200),
        ([200, 50], 1, 200),
        ([50, 200], 2, 50),
        ([50, 200, 100], 2, 100),
        ([500], 1, None),
        ([499], 1, 499),
    ],
)
def test_a_gate_reaches_as_far_as_enough_of_its_people(
    limits: list[int], needed: int, reach: int | None
) -> None:
    """Law: above what so many of them may approve it is closed, and below it is open."""
    step = ApprovalStep(roles=("approver",), approvers=needed)
    gate = Gate(name="up", act="refund", up_to=500, currency="USD", grade="steps", steps=(step,))
    problem = gate_is_satisfiable(gate, [_upto(f"p{n}", limit) for n, limit in enumerate(limits)])
    if reach is None:
        assert problem is None
    else:
        assert problem is not None and problem.part == "gate-top:up"
        assert f"refunds above {Money(reach, 'USD')} under" in problem.closes


def test_whoever_has_the_role_of_a_step_may_approve_there() -> None:
    """Law: the roles of a gate with steps are those of its steps; of what asks nobody, its own."""
    lead = Person("lea", "Lea", frozenset({"lead"}), slack="U0LEA")
    step = ApprovalStep(roles=("lead",))
    asks = Gate(name="asks", act="refund", grade="steps", steps=(step,), roles=("approver",))
    shut = Gate(name="shut", act="refund", grade="never", roles=("lead",))
    assert approvers(asks, [lead], None) == approvers(shut, [lead], None) == (lead,)


@pytest.mark.parametrize(
    ("needed", "wanted", "whom"),
    [
        (1, "one approver", "give one person"),
        (2, "two different approvers", "give two people"),
        (3, "three different approvers", "give three people"),
        (4, "four different approvers", "give four people"),
        (5, "five different approvers", "give five people"),
    ],
)
def test_a_closed_gate_says_how_many_it_lacks(needed: int, wanted: str, whom: str) -> None:
    step = ApprovalStep(roles=("approver",), approvers=needed)
    gate = Gate(name="big", act="refund", grade="steps", steps=(step,))
    problem = gate_is_satisfiable(gate, [])
    assert problem is not None and whom in problem.remedy
    assert f"needs {wanted} (approver)" in problem.wrong
