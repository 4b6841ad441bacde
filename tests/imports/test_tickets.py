from datetime import UTC, datetime
from typing import Any

import pytest

from bot.imports import BadRow, ContactRow, TicketRow, ticket_row

NO_TIME = "created: is not a time in ISO 8601, such as 2026-12-01 or 2026-12-01T09:30:00+01:00"
NO_STATUS = (
    "status: is none of open, new, on_hold, hold, waiting, pending, snoozed, resolved, "
    "solved, closed"
)


def test_a_ticket_needs_little() -> None:
    """
    An id and words are enough; the rest is empty where the row says nothing.
    """
    assert TicketRow("T-1", "Help", "") == ticket_row({"id": "T-1", "subject": " Help "})
    assert TicketRow("7", "", "It broke") == ticket_row({"id": 7, "description": "It broke"})


def test_a_ticket_may_say_much() -> None:
    """
    Names of other help desks are understood, and times become UTC.
    """
    row = ticket_row(
        {
            "Ticket ID": "9",
            "Title": "Refund",
            "text": "Twice\x00",
            "customer": {"id": "c1", "name": "Kim", "email": "kim@shop.example"},
            "channel": "Web form",
            "locale": "pt_BR",
            "created_at": "2026-03-01T10:00:00+01:00",
            "status": "Pending",
            "priority": "High",
            "labels": {"tags": ["billing", " vip ", "billing"]},
        }
    )

    expected = TicketRow(
        id="9",
        subject="Refund",
        body="Twice\ufffd",
        contact=ContactRow("c1", "Kim", "kim@shop.example"),
        channel="web_form",
        language="pt-BR",
        created=datetime(2026, 3, 1, 9, tzinfo=UTC),
        status="waiting",
        priority="high",
        tags=("billing", "vip"),
    )
    assert expected == row


@pytest.mark.parametrize(
    ("raw", "contact"),
    [
        ({"customer": "c1"}, ContactRow("c1")),
        (
            {"requester_email": "Kim@Shop.example"},
            ContactRow("kim@shop.example", "", "Kim@Shop.example"),
        ),
        ({"customer_id": 4, "customer_name": "Kim"}, ContactRow("4", "Kim")),
        ({}, None),
    ],
)
def test_who_asked_is_found_under_several_names(raw: Any, contact: ContactRow | None) -> None:
    """
    The customer may be an id, an object or columns; an address alone identifies, too.
    """
    assert contact == ticket_row({"id": "1", "subject": "x", **raw}).contact


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        ({"subject": "x"}, "id: is missing"),
        ({"id": "1", "body": "  "}, "subject and body: are both empty"),
        (
            {"id": "a b", "body": "x"},
            "id: is not an id (no blanks, no slashes)",
        ),
        (
            {"id": "../1", "body": "x"},
            "id: is not an id (no blanks, no slashes)",
        ),
        ({"id": "1", "body": ["x"]}, "body: is not text"),
        ({"id": "1", "body": "x" * 1_000_001}, "body: is longer than 1,000,000 characters"),
        ({"id": "1", "body": "x", "created": "yesterday"}, NO_TIME),
        ({"id": "1", "body": "x", "status": "lost"}, NO_STATUS),
        (
            {"id": "1", "body": "x", "lang": "english!"},
            "language: is not a language code, such as en or pt-BR",
        ),
        ({"id": "1", "body": "x", "tags": [1]}, "tags: is not a list of texts"),
    ],
)
def test_a_bad_ticket_is_explained_without_quoting_it(raw: Any, reason: str) -> None:
    """
    The reason names the field in the words of this format.
    """
    with pytest.raises(BadRow) as caught:
        ticket_row(raw)

    assert reason == str(caught.value)
