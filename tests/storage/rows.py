"""Rows with sensible content."""

from datetime import UTC, datetime, timedelta
from typing import Any

from storage.models import Approval, Customer, Ticket
from storage.unit_of_work import UnitOfWork

NOW = datetime(2026, 9, 23, 9, 0, tzinfo=UTC)
DIGEST = "d" * 64


def a_customer(uow: UnitOfWork, ref: str = "cus_1", email: str = "ada@client.example") -> Customer:
    customer = Customer(source="import", ref=ref, created_at=NOW)
    return uow.customers.add(customer, "Ada Marsh", email)


def a_ticket(uow: UnitOfWork, customer: Customer, ref: str = "t-1") -> Ticket:
    ticket = Ticket(
        source="zendesk", ref=ref, customer_id=customer.id, created_at=NOW, desk_updated_at=NOW
    )
    return uow.tickets.add(ticket, "It does not work")


def an_approval(uow: UnitOfWork, ticket: Ticket, **differing: Any) -> Approval:
    values: dict[str, Any] = {
        "kind": "refund",
        "payload": '{"kind":"refund","amount":2000,"reason":"Paid twice"}',
        "digest": DIGEST,
        "ticket_id": ticket.id,
        "customer_id": ticket.customer_id,
        "requester": "offline",
        "grade": "one",
        "gate": "small refunds",
        "roles": ["approver"],
        "partners": [],
        "needed": 1,
        "amount": 2000,
        "currency": "EUR",
        "expires_at": NOW + timedelta(hours=4),
        "created_at": NOW,
    }
    return uow.approvals.add(Approval(**(values | differing)), "offline")


def a_delivery(**differing: Any) -> dict[str, Any]:
    values = {
        "lane": "posts",
        "step": "show card",
        "event": "CardChanged",
        "payload": {"post": 1},
        "key": None,
        "urgent": 1,
        "due": NOW,
        "state": "waiting",
        "attempts": 0,
        "held": 0,
        "created_at": NOW,
    }
    return values | differing
