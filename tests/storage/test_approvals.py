"""One conditional update settles who was first, and whether it was still the same."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

import pytest

from storage.models import Approval, ApprovalState
from storage.repositories import Shown
from storage.unit_of_work import UnitOfWork
from storage.writer import Writer
from tests.storage.rows import DIGEST, NOW, a_customer, a_ticket, an_approval

Look = Callable[[], UnitOfWork]
SEEN = Shown(1, DIGEST)
ENDS = NOW + timedelta(hours=4)
SOON = NOW + timedelta(seconds=10)
JUST = timedelta(microseconds=1)
STEPS = [{"roles": ["approver"], "approvers": 2}, {"roles": ["admin"], "approvers": 1}]
CLOSED = [state for state in ApprovalState if state is not ApprovalState.PENDING]


def asked(writer: Writer, **differing: Any) -> int:
    """An approval of a ticket of its own."""

    def add(uow: UnitOfWork) -> int:
        found = uow.session.query(Approval).count()
        ticket = a_ticket(uow, a_customer(uow, f"cus_{found}"), f"t-{found}")
        return an_approval(uow, ticket, **differing).id

    return writer.run(add)


def row(look: Look, ident: int) -> Approval:
    with look() as uow:
        return uow.approvals.get(ident)


def grant(
    writer: Writer,
    ident: int,
    seen: Shown = SEEN,
    by: str = "lea",
    at: datetime = NOW,
    until: datetime | None = None,
    step: int = 0,
) -> bool | None:
    def do(uow: UnitOfWork) -> bool | None:
        is_last = uow.approvals.grant(ident, seen, by, at, until, step)
        if is_last is not None:
            uow.approvals.vote(ident, by, "approve", seen, at, step)
        return is_last

    return writer.run(do)


@pytest.mark.parametrize(
    ("stands", "given"),
    [
        *[({"state": state}, {}) for state in CLOSED],
        ({"runs_at": SOON}, {}),
        ({"returned_at": NOW}, {}),
        ({"expires_at": NOW}, {}),
        ({}, {"at": ENDS}),
        ({}, {"seen": Shown(2, DIGEST)}),
        ({}, {"seen": Shown(0, DIGEST)}),
        ({}, {"seen": Shown(1, "e" * 64)}),
        ({}, {"step": 1}),
        ({"step": 1}, {}),
    ],
)
@pytest.mark.parametrize("until", [None, SOON])
def test_a_yes_to_anything_else_is_none(
    writer: Writer,
    look: Look,
    stands: Mapping[str, Any],
    given: dict[str, Any],
    until: datetime | None,
) -> None:
    """Law: state, time, version, hash and turn are each enough to refuse it."""
    ident = asked(writer, **stands)
    before = row(look, ident)
    assert grant(writer, ident, until=until, **given) is None
    after = row(look, ident)
    assert (after.granted, after.state, after.runs_at) == (0, before.state, before.runs_at)
    assert after.decided_by is None


def test_a_yes_counts_until_the_last_moment_and_once(writer: Writer, look: Look) -> None:
    ident, other = asked(writer), asked(writer)
    assert grant(writer, ident, at=ENDS - JUST) is True
    assert grant(writer, ident, by="max", at=ENDS - JUST) is None
    after = row(look, ident)
    assert (after.state, after.granted) == (ApprovalState.APPROVED, 1)
    assert (after.decided_by, after.decided_at) == ("lea", ENDS - JUST)
    assert row(look, other).granted == 0


def test_of_two_yeses_the_second_decides(writer: Writer, look: Look) -> None:
    """Law: who decided is whoever gave the last one."""
    ident = asked(writer, needed=2)
    assert grant(writer, ident) is False
    after = row(look, ident)
    assert (after.state, after.granted, after.decided_by) == (ApprovalState.PENDING, 1, None)
    assert grant(writer, ident, by="max") is True
    after = row(look, ident)
    assert (after.state, after.granted, after.decided_by) == (ApprovalState.APPROVED, 2, "max")


def test_what_can_be_taken_back_is_not_approved_yet(writer: Writer, look: Look) -> None:
    """Law: it waits from the last yes on, leaves at its moment and not before, and once."""
    ident = asked(writer, needed=2)
    assert not grant(writer, ident, until=SOON)
    assert row(look, ident).runs_at is None
    assert grant(writer, ident, by="max", until=SOON)
    after = row(look, ident)
    assert (after.state, after.runs_at, after.decided_by) == (ApprovalState.PENDING, SOON, "max")
    assert not writer.run(lambda uow: uow.approvals.leave(ident, SOON - JUST))
    assert writer.run(lambda uow: uow.approvals.leave(ident, SOON))
    assert row(look, ident).state is ApprovalState.APPROVED
    assert not writer.run(lambda uow: uow.approvals.leave(ident, SOON))


def test_what_nobody_granted_never_leaves(writer: Writer) -> None:
    ident = asked(writer)
    assert not writer.run(lambda uow: uow.approvals.leave(ident, ENDS + timedelta(days=9)))


def test_a_yes_is_taken_back_by_whoever_gave_it_before_it_has_left(
    writer: Writer, look: Look
) -> None:
    ident, other = asked(writer), asked(writer)
    for one in (ident, other):
        grant(writer, one, until=SOON)
    assert not writer.run(lambda uow: uow.approvals.take_back(ident, "max"))
    assert writer.run(lambda uow: uow.approvals.take_back(ident, "lea"))
    after = row(look, ident)
    assert (after.granted, after.runs_at, after.decided_by, after.decided_at) == (0, *[None] * 3)
    assert after.state is ApprovalState.PENDING
    assert not writer.run(lambda uow: uow.approvals.take_back(ident, "lea"))
    assert grant(writer, ident, until=SOON) is True
    # The other one stands, and once it has left nothing takes it back.
    assert row(look, other).runs_at == SOON
    writer.run(lambda uow: uow.approvals.leave(other, SOON))
    assert not writer.run(lambda uow: uow.approvals.take_back(other, "lea"))
    assert row(look, other).granted == 1


def test_a_yes_to_an_earlier_version_is_none_to_take_back(writer: Writer) -> None:
    ident = asked(writer, needed=2)
    grant(writer, ident)
    revised = {"digest": "e" * 64}
    assert writer.run(lambda uow: uow.approvals.revise(ident, SEEN, revised, NOW))
    for who in ("max", "dee"):
        grant(writer, ident, Shown(2, "e" * 64), who, until=SOON)
    assert not writer.run(lambda uow: uow.approvals.take_back(ident, "lea"))
    assert writer.run(lambda uow: uow.approvals.take_back(ident, "dee"))


@pytest.mark.parametrize(
    ("stands", "seen", "at", "is_closed"),
    [
        ({}, SEEN, ENDS - JUST, True),
        ({}, None, ENDS, True),
        ({"returned_at": NOW}, SEEN, NOW, True),
        ({}, SEEN, ENDS, False),
        ({}, Shown(2, DIGEST), NOW, False),
        ({}, Shown(1, "e" * 64), NOW, False),
        ({"runs_at": SOON}, SEEN, NOW, False),
        ({"runs_at": SOON}, None, NOW, False),
        *[({"state": state}, SEEN, NOW, False) for state in CLOSED],
        *[({"state": state}, None, NOW, False) for state in CLOSED],
    ],
)
def test_a_no_closes_what_stands_and_still_waits(
    writer: Writer,
    look: Look,
    stands: Mapping[str, Any],
    seen: Shown | None,
    at: datetime,
    is_closed: bool,
) -> None:
    """Law: by somebody who saw it until its time is over; what has been granted by nobody."""
    ident, other = asked(writer, **stands), asked(writer)
    to, why = ApprovalState.REJECTED, "Not this one."
    done = writer.run(lambda uow: uow.approvals.close(ident, to, "lea", at, seen, why))
    after = row(look, ident)
    assert done is is_closed
    told = (after.decided_by, after.decided_at, after.reason)
    assert told == (("lea", at, why) if is_closed else (None, None, None))
    assert row(look, other).state is ApprovalState.PENDING


def test_what_is_granted_is_withdrawn_while_it_has_not_left(writer: Writer, look: Look) -> None:
    ident = asked(writer, runs_at=SOON)
    to = ApprovalState.WITHDRAWN
    assert writer.run(lambda uow: uow.approvals.close(ident, to, None, NOW, reason="ticket_gone"))
    assert row(look, ident).state is to


@pytest.mark.parametrize(
    ("stands", "seen", "at", "is_revised", "is_returned"),
    [
        ({}, SEEN, ENDS - JUST, True, True),
        ({"returned_at": NOW}, SEEN, NOW, True, False),
        ({}, SEEN, ENDS, False, False),
        ({}, Shown(2, DIGEST), NOW, False, False),
        ({}, Shown(1, "e" * 64), NOW, False, False),
        ({"runs_at": SOON}, SEEN, NOW, False, False),
        *[({"state": state}, SEEN, NOW, False, False) for state in CLOSED],
    ],
)
def test_what_can_be_changed_and_what_can_be_asked_about(
    writer: Writer,
    look: Look,
    stands: Mapping[str, Any],
    seen: Shown,
    at: datetime,
    is_revised: bool,
    is_returned: bool,
) -> None:
    """Law: only what stands, was seen and nobody has granted; one question at a time."""
    revised, returned = asked(writer, **stands), asked(writer, **stands)
    to = {"digest": "f" * 64}
    done = writer.run(lambda uow: uow.approvals.revise(revised, seen, to, at))
    after = row(look, revised)
    assert done is is_revised
    assert (after.version, after.digest == "f" * 64) == ((2, True) if done else (1, False))
    done = writer.run(lambda uow: uow.approvals.give_back(returned, seen, at))
    assert done is is_returned
    assert row(look, returned).returned_at == (at if done else stands.get("returned_at"))


def test_a_change_begins_anew(writer: Writer, look: Look) -> None:
    """Law: no yes, no step and no question of the version before counts."""
    stood = {"granted": 1, "step": 1, "returned_at": NOW, "decided_by": "x", "decided_at": NOW}
    ident, other = asked(writer, needed=3, steps=STEPS, **stood), asked(writer)
    assert writer.run(lambda uow: uow.approvals.revise(ident, SEEN, {"amount": 5}, NOW))
    after = row(look, ident)
    assert (after.granted, after.step, after.amount) == (0, 0, 5)
    assert (after.returned_at, after.decided_by, after.decided_at) == (None, None, None)
    assert row(look, other).version == 1


def test_a_turn_lasts_until_its_step_is_full(writer: Writer, look: Look) -> None:
    ident = asked(writer, needed=3, steps=STEPS)
    turns = []
    for who, step in (("lea", 0), ("max", 0), ("dee", 1)):
        grant(writer, ident, by=who, step=step)
        writer.run(lambda uow: uow.approvals.turn(ident))
        turns.append((row(look, ident).step, row(look, ident).roles))
    assert turns == [(0, ["approver"]), (1, ["admin"]), (1, ["admin"])]
    assert row(look, ident).state is ApprovalState.APPROVED


def test_what_is_taken_back_is_asked_at_its_own_step_again(writer: Writer, look: Look) -> None:
    ident = asked(writer, needed=3, steps=STEPS)
    for who, step in (("lea", 0), ("max", 0), ("dee", 1)):
        grant(writer, ident, by=who, step=step, until=SOON)
        writer.run(lambda uow: uow.approvals.turn(ident))
    assert writer.run(lambda uow: uow.approvals.take_back(ident, "lea"))
    assert (row(look, ident).step, row(look, ident).roles) == (0, ["approver"])


def test_a_change_begins_with_the_first_turn(writer: Writer, look: Look) -> None:
    """Law: whoever said yes to the version before has said nothing to this one."""
    ident = asked(writer, needed=3, steps=STEPS)
    for who in ("lea", "max"):
        grant(writer, ident, by=who)
    writer.run(lambda uow: uow.approvals.turn(ident))
    writer.run(lambda uow: uow.approvals.revise(ident, SEEN, {"digest": "e" * 64}, NOW))
    writer.run(lambda uow: uow.approvals.turn(ident))
    assert (row(look, ident).step, row(look, ident).roles) == (0, ["approver"])


def test_where_there_are_no_steps_the_first_is_the_only_one(writer: Writer) -> None:
    ident = asked(writer)
    assert writer.run(lambda uow: uow.approvals.grant(ident, SEEN, "lea", NOW)) is True
    assert writer.run(lambda uow: uow.approvals.vote(ident, "lea", "approve", SEEN, NOW))
    assert [one.step for one in writer.run(lambda uow: uow.approvals.votes(ident))] == [0]
