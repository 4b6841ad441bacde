from datetime import timedelta
from typing import Any

import pytest

from bot.handlers.http import intercom_body
from bot.handlers.http.received import Ignored, Outcome, Outlived, Received, Unreadable
from bot.handlers.signatures import Signed
from bot.ports import DeskCustomer, DeskMessage, DeskTicket
from tests.intake import bodies
from tests.intake.calls import NOW

SIGNED = Signed("sha256:ab")


def read(body: Any, late: timedelta = timedelta(0)) -> Outcome:
    return intercom_body.read("intercom", body, SIGNED, NOW + late)


def received(body: Any) -> Received:
    outcome = read(body)
    assert isinstance(outcome, Received)
    return outcome


def test_a_customers_words_are_told_whole() -> None:
    """
    The first message and the newest part come as plain text with the customer's own name.
    """
    began = NOW - timedelta(minutes=1)
    ticket = DeskTicket(
        id="503",
        subject="Refund & more",
        status="open",
        updated=NOW,
        customer=DeskCustomer("c1", "Kim", ""),
        messages=(
            DeskMessage("9001", "customer", "I paid twice.", public=True, at=began),
            DeskMessage("12", "customer", "Any news?", public=True, at=NOW),
        ),
        priority="high",
        tags=("billing",),
        channel="email",
        assignee="77",
    )
    body = bodies.intercom()
    body["data"]["item"]["source"]["author"]["email"] = None

    assert Received("intercom", "notif_1", ticket) == read(body)


@pytest.mark.parametrize(
    ("author", "part", "expected"),
    [
        ("lead", "comment", ("customer", True)),
        ("admin", "comment", ("person", True)),
        ("admin", "note", ("person", False)),
        ("bot", "comment", ("agent", True)),
        ("", "comment", ("agent", True)),
    ],
)
def test_who_spoke_and_to_whom(author: str, part: str, expected: tuple[str, bool]) -> None:
    """
    Notes stay internal, and only a contact is a customer.
    """
    said = {"id": "12", "part_type": part, "body": "<p>ok</p>", "author": {"type": author}}
    parts = {"conversation_parts": [said]}

    message = received(bodies.intercom(conversation_parts=parts)).ticket.messages[-1]

    assert expected == (message.author, message.public)


def test_whoever_joined_in_later_is_not_the_customer() -> None:
    """
    Law: whoever began the conversation is its customer, in whatever order contacts are listed;
    words that name no author are theirs.
    """
    said = [
        {"id": "12", "body": "<p>Pay me!</p>", "author": {"type": "user", "id": "c2"}},
        {"id": "13", "body": "<p>Hello?</p>", "author": {"type": "user", "id": "c1"}},
        {"id": "14", "body": "<p>Well?</p>", "author": {"type": "user"}},
    ]
    both = {"contacts": [{"type": "contact", "id": ident} for ident in ("c2", "c1")]}

    body = bodies.intercom(conversation_parts={"conversation_parts": said}, contacts=both)
    told = received(body).ticket

    assert told.customer.id == "c1"
    authors = [message.author for message in told.messages]
    assert authors == ["customer", "other", "customer", "customer"]


def test_who_answers_what_we_began_is_no_customer_by_that() -> None:
    """
    Law: where one of ours began, the first contact is the customer, not who spoke last.
    """
    said = {"id": "12", "body": "<p>Pay me!</p>", "author": {"type": "user", "id": "c2"}}
    both = {"contacts": [{"type": "contact", "id": ident} for ident in ("c1", "c2")]}
    body = bodies.intercom(conversation_parts={"conversation_parts": [said]}, contacts=both)
    body["data"]["item"]["source"]["author"] = {"type": "admin", "id": "77"}

    told = received(body).ticket

    assert (told.customer, told.messages[-1].author) == (DeskCustomer("c1"), "other")


@pytest.mark.parametrize(("kind", "vouched"), [("user", True), ("lead", False)])
def test_a_leads_address_is_whatever_they_typed(kind: str, vouched: bool) -> None:
    """
    Law: nobody is somebody else by naming their address.
    """
    author = {"type": kind, "id": "c1", "email": "kim@shop.example"}
    told = received(bodies.intercom(source={"author": author}, conversation_parts=None)).ticket
    assert (told.customer.email, told.customer.vouched) == ("kim@shop.example", vouched)


def test_a_part_that_says_nothing_is_no_message() -> None:
    """
    Assignments, closings and changed attributes come as parts without a body.
    """
    parts = {"conversation_parts": [{"id": 13, "part_type": "close", "body": None}]}

    outcome = received(bodies.intercom(conversation_parts=parts, state="closed"))

    assert [message.id for message in outcome.ticket.messages] == ["9001"]
    assert outcome.ticket.status == "resolved"


def test_a_nameless_contact_is_fetched() -> None:
    """
    Where no customer speaks in the notification, the contact is only an id.
    """
    outcome = received(
        bodies.intercom(source={"author": {"type": "admin", "id": "77"}}, conversation_parts=None)
    )

    assert (DeskCustomer("c1"), True) == (outcome.ticket.customer, outcome.needs_fetch)


def test_an_admins_words_are_fetched() -> None:
    """
    An admin's part may be our own reply come back; the help desk port knows which admin we are.
    """
    said = {"id": "12", "part_type": "comment", "body": "<p>ok</p>", "author": {"type": "admin"}}

    outcome = received(bodies.intercom(conversation_parts={"conversation_parts": [said]}))

    assert outcome.needs_fetch


def test_a_tickets_notification_is_fetched() -> None:
    """
    A ticket's words live in attributes that each company names for itself.
    """
    outcome = received(
        bodies.intercom(
            "ticket.created",
            type="ticket",
            ticket_attributes={"_default_title_": "Printer"},
            ticket_state={"category": "waiting_on_customer"},
        )
    )

    told = (outcome.ticket.subject, outcome.ticket.status, outcome.needs_fetch)
    assert told == ("Printer", "waiting", True)


@pytest.mark.parametrize(
    ("late", "is_taken"),
    [
        (timedelta(days=2), True),
        (timedelta(days=2, seconds=1), False),
        (timedelta(seconds=-60), True),
        (timedelta(seconds=-61), False),
    ],
)
def test_two_days_is_as_old_as_a_notification_gets(late: timedelta, is_taken: bool) -> None:
    """
    The signature has no timestamp, so that the signed `created_at` bounds a replay.
    """
    expected = Received if is_taken else Outlived

    assert isinstance(read(bodies.intercom(), late), expected)


def test_ping_and_other_objects_are_ignored() -> None:
    """
    A ping is acknowledged at any age; so is an object that is neither conversation nor ticket.
    """
    ping = {"type": "notification_event", "topic": "ping", "id": None, "created_at": 1}

    assert Ignored("ping") == read(ping)
    assert isinstance(read(bodies.intercom("contact.created", type="contact")), Ignored)


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"type": "conversation"},
        {**bodies.intercom(), "created_at": None},
        {**bodies.intercom(), "created_at": 10**300},
        bodies.intercom(id=None),
        bodies.intercom(id="../1"),
    ],
)
def test_what_is_no_notification_is_unreadable(body: Any) -> None:
    """
    A body without its documented frame is answered with a reason.
    """
    assert isinstance(read(body), Unreadable)


def test_a_notification_without_an_id_is_known_by_its_hash() -> None:
    """
    The identity is the notification's id, else the hash of the body.
    """
    assert received({**bodies.intercom(), "id": None}).event_id == "sha256:ab"
