"""A change to a customer's account, carried out by the company's own signed HTTP action."""

import re
from typing import Literal, Self

from pydantic import Field, model_validator

from bot.acts.schema import Act, Outside, Row

_EMAIL = re.compile(r"[A-Za-z0-9._%+\-]{1,64}@[A-Za-z0-9.\-]{1,180}\.[A-Za-z]{2,24}", re.ASCII)
_PLAN = re.compile(r"[a-z][a-z0-9_\-]{0,39}", re.ASCII)
_SEATS = re.compile(r"[+-]?[1-9][0-9]{0,5}", re.ASCII)
_VALUES = {"billing_email": _EMAIL, "owner": _EMAIL, "plan": _PLAN, "seats": _SEATS}
_LABELS = {
    "billing_email": "Change the billing address",
    "owner": "Transfer ownership",
    "plan": "Change the plan",
    "seats": "Change the number of seats",
    "cancel": "Cancel the subscription",
}


class AccountChange(Act):
    """`value`: an e-mail address for `billing_email` and `owner`, a plan's name for `plan`, the
    new total or the difference (`+3`, `-2`) for `seats`, and empty for `cancel`."""

    kind: Literal["account_change"] = "account_change"
    account: Outside
    change: Literal["billing_email", "owner", "plan", "seats", "cancel"]
    value: str = Field(max_length=254)
    ticket: Row
    customer: Row

    @model_validator(mode="after")
    def _value_fits_the_change(self) -> Self:
        shape = _VALUES.get(self.change)
        fits = shape.fullmatch(self.value) is not None if shape else self.value == ""
        if not fits:
            raise ValueError(f"value does not fit the change {self.change}")
        return self

    @property
    def label(self) -> str:
        return _LABELS[self.change]

    @property
    def about(self) -> str:
        return f"account:{self.account}:{self.change}"

    def after(self, before: str) -> str:
        """What stands there once it is done, where that can be told."""
        if self.change == "seats" and self.value[0] in "+-":
            return str(int(before) + int(self.value)) if before.isdecimal() else ""
        return self.value

    def facts(self) -> tuple[tuple[str, str], ...]:
        return (
            ("Act", self.label),
            self._to_what,
            ("Account", self.account),
            ("Customer", str(self.customer)),
            ("Ticket", str(self.ticket)),
        )

    @property
    def _to_what(self) -> tuple[str, str]:
        if self.change == "cancel":
            return "Takes effect", "as soon as it is carried out: no date is sent"
        if self.change == "seats":
            return ("More or fewer" if self.value[0] in "+-" else "New total"), self.value
        return "New value", self.value
