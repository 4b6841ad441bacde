"""Charges and refunds, and how Stripe's API writes them."""

from dataclasses import dataclass, field
from typing import Any

# A refund that ended like this gave its money back to the charge.
UNMADE = ("failed", "canceled")


@dataclass
class Refund:
    id: str
    charge: str
    amount: int
    currency: str
    created: int
    reason: str | None = None
    payment_intent: str | None = None
    metadata: dict[str, str] = field(default_factory=dict)
    status: str = "succeeded"


@dataclass
class Charge:
    """Money taken from a customer, in minor units; `refunds` newest last, `looks` are the times
    at which somebody asked for them."""

    id: str
    amount: int
    currency: str
    created: int
    customer: str | None = None
    description: str | None = None
    payment_intent: str | None = None
    disputed: bool = False
    metadata: dict[str, str] = field(default_factory=dict)
    refunds: list[Refund] = field(default_factory=list)
    looks: list[float] = field(default_factory=list)

    @property
    def refunded(self) -> int:
        return sum(refund.amount for refund in self.refunds if refund.status not in UNMADE)


def refund_body(refund: Refund) -> dict[str, Any]:
    return {
        "id": refund.id,
        "object": "refund",
        "amount": refund.amount,
        "balance_transaction": refund.id.replace("re_", "txn_"),
        "charge": refund.charge,
        "created": refund.created,
        "currency": refund.currency,
        "metadata": refund.metadata,
        "payment_intent": refund.payment_intent,
        "reason": refund.reason,
        "receipt_number": None,
        "source_transfer_reversal": None,
        "status": refund.status,
        "transfer_reversal": None,
    }


def charge_body(charge: Charge) -> dict[str, Any]:
    return {
        "id": charge.id,
        "object": "charge",
        "amount": charge.amount,
        "amount_captured": charge.amount,
        "amount_refunded": charge.refunded,
        "balance_transaction": charge.id.replace("ch_", "txn_"),
        "captured": True,
        "created": charge.created,
        "currency": charge.currency,
        "customer": charge.customer,
        "description": charge.description,
        "disputed": charge.disputed,
        "failure_code": None,
        "livemode": False,
        "metadata": charge.metadata,
        "paid": True,
        "payment_intent": charge.payment_intent,
        "refunded": charge.refunded == charge.amount,
        "status": "succeeded",
    }


def intent_body(charge: Charge) -> dict[str, Any]:
    return {
        "id": charge.payment_intent,
        "object": "payment_intent",
        "amount": charge.amount,
        "amount_received": charge.amount,
        "created": charge.created,
        "currency": charge.currency,
        "customer": charge.customer,
        "latest_charge": charge.id,
        "livemode": False,
        "metadata": charge.metadata,
        "status": "succeeded",
    }


def customer_body(customer: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": customer["id"],
        "object": "customer",
        "created": customer.get("created", 0),
        "email": customer.get("email"),
        "livemode": False,
        "metadata": customer.get("metadata", {}),
        "name": customer.get("name"),
    }
