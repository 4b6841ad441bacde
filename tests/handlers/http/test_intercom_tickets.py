"""Intercom's tickets, which it may serve as no conversation."""

from collections.abc import Iterator
from typing import Literal

import pytest

from bot.errors import OutcomeUnknown, Refused
from bot.handlers.http.intercom import Intercom
from bot.handlers.http.intercom_ticket import as_conversation
from sandbox.helpdesk import Change, HelpDesk
from sandbox.helpdesk.intercom_shapes import ticket_body
from tests.handlers.http.conftest import PATIENT, WallClock

TICKET = "1001"


@pytest.fixture
def ours(url: str, desk: HelpDesk) -> Iterator[Intercom]:
    desk.intercom_tickets.add(1001)
    made = Intercom(f"{url}/intercom", "intercom-token", WallClock(), timeout=PATIENT)
    yield made
    made.close()


def test_a_ticket_is_read_where_there_is_no_such_conversation(
    ours: Intercom, desk: HelpDesk
) -> None:
    """Its description are the customer's first words, and its parts what was said since."""
    desk.change(desk.tickets[1001], desk.bot, Change(text="Look <here>."))

    told = ours.ticket(TICKET)

    assert [(row.author, row.text, row.public) for row in told.messages] == [
        ("customer", "It does not work.", True),
        ("agent", "Look <here>.", True),
    ]
    assert (told.id, told.subject, told.status) == (TICKET, "Broken", "open")
    assert (told.customer.name, told.customer.email) == ("Ada Marsh", "ada@client.example")


def test_a_ticket_is_answered_as_a_ticket(ours: Intercom, desk: HelpDesk) -> None:
    """A reply and a note, each under the id that Intercom gave it, and found again by it."""
    since = WallClock().now()
    reply, note = ours.reply(TICKET, "Done.", "m-1"), ours.note(TICKET, "For us.", "m-2")

    shown = [(str(row.id), row.text, row.public) for row in desk.tickets[1001].comments[1:]]
    assert shown == [(reply, "Done.", True), (note, "For us.", False)]
    assert ours.find(TICKET, "m-1", "Done.", since) == reply


def test_a_lost_answer_to_a_ticket_is_looked_up(ours: Intercom, desk: HelpDesk) -> None:
    """Law: tickets keep what conversations keep: look first."""
    since = WallClock().now()
    desk.faults.drop_after_commit_next = 1
    with pytest.raises(OutcomeUnknown):
        ours.reply(TICKET, "Done.", "m-1")

    assert ours.find(TICKET, "m-1", "Done.", since) == str(desk.tickets[1001].comments[-1].id)


@pytest.mark.parametrize("status", ["open", "waiting", "resolved"])
def test_a_tickets_status_is_set_and_told_back(
    ours: Intercom, status: Literal["open", "waiting", "resolved"]
) -> None:
    """Our three words survive the way there and back."""
    ours.set_status(TICKET, status)

    assert ours.ticket(TICKET).status == status


def test_what_is_neither_is_refused(ours: Intercom) -> None:
    """A number that Intercom does not know stays unknown, asked twice."""
    for call in (lambda: ours.ticket("999"), lambda: ours.set_status("999", "open")):
        with pytest.raises(Refused) as refused:
            call()
        assert refused.value.code == "not_found"


def test_what_colleagues_describe_is_not_the_customers(ours: Intercom, desk: HelpDesk) -> None:
    """A back-office ticket is written among colleagues; the customer reads none of it."""
    told = as_conversation({**ticket_body(desk.tickets[1001]), "category": "Back-office"})

    [first] = told["conversation_parts"]["conversation_parts"]
    assert (first["part_type"], first["author"]["type"]) == ("note", "team")
    assert "body" not in told["source"]
