"""Money back to a customer, out of one charge."""

from typing import Annotated, Literal

from pydantic import Field

from bot.acts.schema import Act, Currency, Outside, Prose, Row
from bot.money import Money


class Refund(Act):
    """`amount` in minor units; `charge` is the payment provider's id."""

    kind: Literal["refund"] = "refund"
    charge: Outside
    amount: Annotated[int, Field(gt=0, le=10**12)]
    currency: Currency
    ticket: Row
    customer: Row
    reason: Annotated[Prose, Field(max_length=500)]

    @property
    def money(self) -> Money:
        return Money(self.amount, self.currency)

    @property
    def label(self) -> str:
        return "Refund"

    @property
    def about(self) -> str:
        return f"charge:{self.charge}"

    def facts(self) -> tuple[tuple[str, str], ...]:
        return (
            ("Act", self.label),
            ("Amount", str(self.money)),
            ("Charge", self.charge),
            ("Customer", str(self.customer)),
            ("Ticket", str(self.ticket)),
            ("Reason", self.reason),
        )
