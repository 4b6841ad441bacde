"""Which refusals may be shown once more, and that each canary ends once."""

from datetime import timedelta
from typing import Any

from storage.models import ApprovalState, CanaryState
from storage.unit_of_work import UnitOfWork
from storage.writer import Writer
from tests.storage.rows import NOW
from tests.storage.test_approvals import JUST, Look, asked

REFUSED: dict[str, Any] = {"state": ApprovalState.REJECTED, "decided_at": NOW - JUST}


def test_only_what_was_refused_among_ourselves_and_can_be_read_is_shown_again(
    writer: Writer, look: Look
) -> None:
    """Law: newest first, long enough ago, never twice."""
    older, newer = asked(writer, **REFUSED), asked(writer, **REFUSED)
    for other in (
        {"decided_at": NOW},
        {"state": ApprovalState.EXPIRED},
        {"state": ApprovalState.APPROVED},
        {"payload": ""},
        {"kind": "reply"},
        {"partners": ["dawn"]},
    ):
        asked(writer, **REFUSED | other)
    with look() as uow:
        found = uow.canaries.refused("refund", NOW, 20)
        assert [one.id for one in found] == [newer, older]
        assert [one.id for one in uow.canaries.refused("refund", NOW, 1)] == [newer]
    writer.run(lambda uow: uow.canaries.add(newer, NOW, NOW + timedelta(hours=4)))
    with look() as uow:
        assert [one.id for one in uow.canaries.refused("refund", NOW, 20)] == [older]


def test_a_canary_ends_once(writer: Writer, look: Look) -> None:
    shown = [asked(writer, **REFUSED) for _ in range(2)]

    def add(uow: UnitOfWork) -> list[int]:
        return [uow.canaries.add(one, NOW, NOW).id for one in shown]

    first, newest = writer.run(add)
    assert writer.run(lambda uow: uow.canaries.end(first, CanaryState.DOUBTED))
    assert not writer.run(lambda uow: uow.canaries.end(first, CanaryState.GRANTED))
    with look() as uow:
        assert uow.canaries.get(first).state is CanaryState.DOUBTED
        assert uow.canaries.get(newest).state is CanaryState.WAITING
        last = uow.canaries.newest()
        assert last is not None and last.id == newest
