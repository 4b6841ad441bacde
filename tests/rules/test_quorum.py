"""Whether there is somebody of their own for each place."""

from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from bot.config.policy import ApprovalStep, Gate
from bot.config.quorum import fills, gate_is_satisfiable
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
