"""What an approval is called wherever it is named: on its card, in lists and at home."""

import json

from bot import acts
from bot.money import Money
from storage.models import Approval


def heading(approval: Approval) -> str:
    """The act and its amount, such as "Refund 20.00 USD" or "Change the plan"; of an erased act
    only its kind is left."""
    if not approval.payload:
        return approval.kind.replace("_", " ").capitalize()
    label = acts.parse(approval.kind, json.loads(approval.payload)).label
    return f"{label} {amount_of(approval)}".rstrip()


def amount_of(approval: Approval) -> str:
    if approval.amount is None or approval.currency is None:
        return ""
    return str(Money(approval.amount, approval.currency))
