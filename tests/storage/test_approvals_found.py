"""Which approvals and votes are found, and which are not."""

import pytest

from storage.errors import Missing
from storage.models import ApprovalState
from storage.repositories import Shown
from storage.writer import Writer
from tests.storage.rows import DIGEST, NOW
from tests.storage.test_approvals import ENDS, JUST, SEEN, SOON, Look, asked, row


def test_one_person_says_yes_to_a_version_once(writer: Writer, look: Look) -> None:
    """Law: and who has said yes is told of what stands now."""
    ident = asked(writer, needed=3)

    def vote(seen: Shown, who: str = "lea") -> bool:
        return writer.run(
            lambda uow: uow.approvals.vote(ident, who, "approve", seen, NOW, 0, "7:1", 5)
        )

    anew = Shown(2, DIGEST)
    assert [vote(SEEN), vote(SEEN), vote(SEEN, "max"), vote(anew)] == [True, False, True, True]
    with look() as uow:
        stands = uow.approvals.get(ident)
        assert uow.approvals.voted(stands) == []
        stands.granted, stands.version = 1, 2
        assert uow.approvals.voted(stands) == ["lea"]
        votes = uow.approvals.votes(ident)
        assert [(one.person, one.version) for one in votes] == [("lea", 1), ("max", 1), ("lea", 2)]
        assert {(one.proof, one.link) for one in votes} == {("7:1", 5)}


def test_what_waits_is_listed_by_its_deadline(writer: Writer, look: Look) -> None:
    late, soon = asked(writer), asked(writer, expires_at=ENDS - JUST)
    for stands in ({"runs_at": SOON}, {"returned_at": NOW}, {"state": ApprovalState.EXPIRED}):
        asked(writer, **stands)
    with look() as uow:
        assert [one.id for one in uow.approvals.pending()] == [soon, late]
        assert uow.approvals.are_waiting(2) and not uow.approvals.are_waiting(3)


def test_of_one_thing_what_lives_is_found(writer: Writer, look: Look) -> None:
    """Law: what waits or was granted stands in the way of another; what was refused does not."""
    approved = asked(writer, about="charge:1", state=ApprovalState.APPROVED)
    for state in (ApprovalState.REJECTED, ApprovalState.EXPIRED, ApprovalState.WITHDRAWN):
        asked(writer, about="charge:1", state=state)
    waits, _ = asked(writer, about="charge:1"), asked(writer, about="charge:2")
    assert [one.id for one in writer.run(lambda uow: uow.approvals.about("charge:1"))] == [
        approved,
        waits,
    ]


def test_a_no_is_remembered_of_its_customer_and_time(writer: Writer, look: Look) -> None:
    state = ApprovalState.REJECTED
    ident = asked(writer, state=state, decided_at=NOW)
    asked(writer, state=state, decided_at=NOW)
    asked(writer, decided_at=NOW)
    who = row(look, ident).customer_id
    with look() as uow:
        assert [one.id for one in uow.approvals.rejected(who, NOW)] == [ident]
        assert uow.approvals.rejected(who, NOW + JUST) == []
        assert uow.approvals.rejected(who + 2, NOW - JUST) == []


def test_a_question_stands_at_the_version_it_is_about(writer: Writer, look: Look) -> None:
    ident = asked(writer)
    writer.run(lambda uow: uow.approvals.ask(ident, 2, "Why?", "lea"))
    writer.run(lambda uow: uow.approvals.ask(ident, 1, "Why so much?", "max"))
    with look() as uow:
        [kept] = uow.approvals.versions(ident)
        assert (kept.question, kept.asked_by, kept.n) == ("Why so much?", "max", 1)
        assert (kept.by, kept.note, kept.digest) == ("offline", "", DIGEST)
        assert uow.approvals.version(kept.id) == kept


def test_an_approval_is_found_by_what_it_is_of(writer: Writer, look: Look) -> None:
    letter, other = asked(writer, message_id=7), asked(writer, message_id=8)
    with look() as uow:
        found = uow.approvals.of_message(7)
        assert found is not None and found.id == letter
        assert uow.approvals.of_message(9) is None
        assert [one.id for one in uow.approvals.of_ticket(found.ticket_id)] == [letter]
        with pytest.raises(Missing, match=f"approval {other + 1}"):
            uow.approvals.get(other + 1)
