from datetime import UTC, datetime
from typing import Any

import pytest

from bot.handlers.http import zendesk_body
from bot.handlers.http.received import Ignored, Outcome, Received, Unreadable
from bot.handlers.signatures import Signed
from bot.ports import DeskCustomer, DeskMessage, DeskTicket
from tests.intake import bodies
from tests.intake.calls import NOW

SIGNED = Signed("sha256:ab", NOW)


def read(body: Any) -> Outcome:
    return zendesk_body.read("zendesk", body, SIGNED, NOW)


def received(body: Any) -> Received:
    outcome = read(body)
    assert isinstance(outcome, Received)
    return outcome


def test_a_change_of_the_ticket_is_told_whole() -> None:
    """
    An event about a field carries the ticket's new state; nothing has to be fetched.
    """
    ticket = DeskTicket(
        id="7",
        subject="Invoice twice",
        status="waiting",
        updated=datetime(2026, 3, 1, 8, 59, 58, tzinfo=UTC),
        customer=DeskCustomer("900"),
        priority="high",
        tags=("billing", "vip"),
        channel="email",
        assignee="501",
    )

    expected = Received("zendesk", "0f1c7f0e-8d9a-4d61-b6f8-51a1c2a3e001", ticket)
    assert expected == read(bodies.zendesk())


def test_a_comment_is_told_with_its_author() -> None:
    """
    A comment of the requester is the customer's word, complete with the help desk's id of it.
    """
    outcome = received(bodies.zendesk_comment())

    at = datetime(2026, 3, 1, 8, 59, 58, 123456, tzinfo=UTC)
    said = DeskMessage("4411", "customer", "Any news?", public=True, at=at)
    assert (said,) == outcome.ticket.messages
    assert not outcome.needs_fetch


@pytest.mark.parametrize(
    ("author", "is_staff", "expected"),
    [("900", True, "customer"), ("950", False, "other"), ("501", True, "person")],
)
def test_the_requester_alone_speaks_as_the_customer(
    author: str, is_staff: bool, expected: str
) -> None:
    """
    Law: nobody in copy is taken for the requester, who may be staff. Either comment is whole.
    """
    outcome = received(bodies.zendesk_comment(author, is_staff))

    assert [expected] == [message.author for message in outcome.ticket.messages]


def test_an_internal_note_is_not_public() -> None:
    """
    Only a comment that says so is public.
    """
    private = received(bodies.zendesk_comment("501", True, is_public=False))
    unsaid = received(bodies.zendesk_comment("501", True, is_public="yes"))

    for outcome in (private, unsaid):
        assert [message.public for message in outcome.ticket.messages] == [False]


@pytest.mark.parametrize(
    "body",
    [
        bodies.zendesk("ticket.created"),
        bodies.zendesk("ticket.merged"),
        bodies.zendesk("ticket.requester_changed"),
        bodies.zendesk("ticket.comment_redacted"),
        bodies.zendesk("messaging_ticket.message_added", detail={"id": "7"}),
        bodies.zendesk_comment("501", is_staff=True),
        bodies.zendesk_comment(author=""),
        bodies.zendesk_comment(id=None),
        bodies.zendesk(detail=None),
        bodies.zendesk(detail={"id": "8"}),
    ],
)
def test_what_the_event_does_not_carry_is_fetched(body: Any) -> None:
    """
    News of the conversation or of the customer, and any snapshot not as documented, needs a look.
    """
    outcome = received(body)

    assert (outcome.ticket.id, outcome.needs_fetch) == ("7", True)


@pytest.mark.parametrize("kind", ["marked_as_spam", "soft_deleted", "permanently_deleted"])
def test_a_ticket_that_is_gone_is_told_as_gone(kind: str) -> None:
    """
    A deleted ticket cannot be fetched any more; it waits for nobody.
    """
    assert received(bodies.zendesk(f"ticket.{kind}")).telling == "gone"


@pytest.mark.parametrize(
    "body",
    [
        {"type": "End User Comment", "ticketID": "7", "tags": "new"},
        {"ticket_id": 7},
        {"Ticket ID": "7"},
        {"ticket": {"id": 7}, "id": "other"},
        {"id": "7"},
    ],
)
def test_a_trigger_needs_only_the_tickets_id(body: Any) -> None:
    """
    Whatever an administrator typed, the ticket's id is found and the rest is asked for; the
    identity of such a call is the hash that its signature gives.
    """
    outcome = received(body)

    assert (outcome.ticket.id, outcome.event_id, outcome.needs_fetch) == ("7", "sha256:ab", True)


@pytest.mark.parametrize("wrong", [{}, {"ticket_id": None}, {"ticket_id": "../users/1"}])
def test_a_trigger_without_a_ticket_is_told_so(wrong: Any) -> None:
    """
    The administrator sees the mistake in Zendesk's own list of failed calls.
    """
    assert Unreadable("no ticket id") == read(wrong)
    assert Unreadable("no ticket id") == read(bodies.zendesk(subject="zen:ticket:"))


def test_events_about_other_things_are_ignored() -> None:
    """
    A user's or an article's event is acknowledged, not used.
    """
    body = bodies.zendesk("user.group_membership_created", subject="zen:user:65")

    assert Ignored("not about a ticket") == read(body)


def test_an_event_without_an_id_is_known_by_its_hash() -> None:
    """
    The identity is the event's id, else hash(timestamp + body) from the signature.
    """
    assert received(bodies.zendesk(id=None)).event_id == "sha256:ab"
