"""Money back to a customer, out of one charge."""

from collections.abc import Mapping, Sequence
from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field

from bot.acts.schema import Act, Currency, Editable, Outside, Prose, Row, Unfit
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
    editable: ClassVar[Sequence[Editable]] = (
        Editable("amount", "Amount", "Lower than was asked for, or as it is."),
        Editable("reason", "Reason", multiline=True),
    )

    @property
    def money(self) -> Money:
        return Money(self.amount, self.currency)

    @property
    def label(self) -> str:
        return "Refund"

    @property
    def about(self) -> str:
        return f"charge:{self.charge}"

    @property
    def same(self) -> object:
        return self.money

    def typed(self) -> Mapping[str, str]:
        return {"amount": self.money.plain, "reason": self.reason}

    def edited(self, typed: Mapping[str, str], proposed: Self) -> Self:
        """Never more than was proposed: its gate was chosen for that."""
        try:
            amount = Money.typed(typed.get("amount", ""), self.currency).amount
        except ValueError:
            raise Unfit(
                {"amount": f"Write the amount in {self.currency} like {self.money.plain}."}
            ) from None
        if amount > proposed.amount:
            raise Unfit({"amount": f"At most {proposed.money} was proposed. Reject this for more."})
        if amount == 0:
            raise Unfit({"amount": "Reject it where nothing is to be paid back."})
        reason = typed.get("reason", "").strip()
        return self.with_fields({"amount": amount, "reason": reason})

    def facts(self) -> tuple[tuple[str, str], ...]:
        return (
            ("Act", self.label),
            ("Amount", str(self.money)),
            ("Charge", self.charge),
            ("Customer", str(self.customer)),
            ("Ticket", str(self.ticket)),
            ("Reason", self.reason),
        )
