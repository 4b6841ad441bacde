from datetime import UTC, datetime
from typing import Any

import pytest

from bot.handlers.http import generic_body
from bot.handlers.http.received import Ignored, Outcome, Received, Unreadable
from bot.handlers.signatures import Signed
from bot.ports import DeskCustomer, DeskMessage, DeskTicket
from tests.intake import bodies
from tests.intake.calls import NOW


def read(body: Any) -> Outcome:
    return generic_body.read("shop", body, Signed("msg_1", NOW), NOW)


def test_the_documented_shape_is_read_whole() -> None:
    """
    Times become UTC, what was left out has its default, and the identity is the webhook's id.
    """
    ticket = DeskTicket(
        id="T-1",
        subject="Late",
        status="open",
        updated=NOW,
        customer=DeskCustomer("c-9", "Kim", "kim@shop.example", "de"),
        messages=(
            DeskMessage(
                "m-1", "customer", "Where is it?", True, datetime(2026, 3, 1, 8, 59, tzinfo=UTC)
            ),
        ),
    )

    assert Received("shop", "msg_1", ticket) == read(bodies.shop())


def test_a_change_needs_no_message() -> None:
    """
    `ticket.updated` tells of the ticket alone; the other two types come with what was said.
    """
    told = bodies.shop("ticket.updated", message=None)

    assert isinstance(read(told), Received)
    for kind in ("ticket.created", "message.created"):
        assert Unreadable("message: missing") == read({**told, "type": kind})


def test_a_sender_may_grow() -> None:
    """
    Unknown keys are not read, unknown types are ignored.
    """
    assert isinstance(read(bodies.shop(extra={"deep": [1]})), Received)
    assert Ignored("type is not used") == read(bodies.shop("invoice.paid"))


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"type": None}, "no type"),
        ({"ticket": None}, "ticket: model_type"),
        ({"customer": {"id": "../etc"}}, "customer.id: string_pattern_mismatch"),
        (
            {"ticket": {"id": "1", "updated": "2026-03-01T10:00:00"}},
            "ticket.updated: timezone_aware",
        ),
        ({"ticket": {"id": "1", "updated": "0001-01-01T00:00:00+23:00"}}, "a date is out of range"),
        ({"message": {"id": "1", "text": "x", "author": "boss"}}, "message.author: literal_error"),
    ],
)
def test_the_reason_names_the_field_and_quotes_nothing(changes: Any, reason: str) -> None:
    """
    A sender's developer learns which field is wrong; what stood in it is never repeated.
    """
    assert Unreadable(reason) == read(bodies.shop(**changes))
