"""The provider's state, and the only places where money moves in it."""

import itertools
import time
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from sandbox.dice import Dice
from sandbox.payments import problems
from sandbox.payments.faults import Faults
from sandbox.payments.idempotency import Keys
from sandbox.payments.ledger import Ledger
from sandbox.payments.problems import Problem
from sandbox.payments.records import Charge, Refund

DAY = 24 * 60 * 60
ACCOUNT_SECRET = "account-action-secret"


class Provider:
    """Charges, refunds and account changes, with one ledger over all of them.

    `charges` and `customers` are plain dicts, as in `sandbox/company`; a charge dates itself by
    `created` (Unix seconds) or `created_days_ago`, and `refunded` stands for an earlier refund.
    `accounts` are the account ids that exist; None accepts any.
    """

    def __init__(
        self,
        charges: Iterable[Mapping[str, Any]] = (),
        customers: Iterable[Mapping[str, Any]] = (),
        *,
        api_key: str = "sk_test_sandbox",
        account_secret: str = ACCOUNT_SECRET,
        accounts: Iterable[str] | None = None,
        now: Callable[[], float] = time.time,
        seed: int = 1,
    ) -> None:
        self.api_key = api_key
        self.account_secret = account_secret
        self.accounts = None if accounts is None else set(accounts)
        self.now = now
        self.faults = Faults()
        self.dice = Dice(self.faults, seed)
        self.ledger = Ledger(now)
        self.keys = Keys(now)
        self.account_keys = Keys(now)
        self.account_values: dict[str, dict[str, str]] = {}
        self.customers = {row["id"]: dict(row) for row in customers}
        self.charges: dict[str, Charge] = {}
        self.intents: dict[str, Charge] = {}
        self.refunds: dict[str, Refund] = {}
        self._numbers = itertools.count(1)
        for row in charges:
            self._take_over(row)

    async def start(self) -> None:
        """Nothing runs in the background."""

    async def stop(self) -> None:
        """Nothing runs in the background."""

    def account_now(self, account: str) -> dict[str, str]:
        """What stands there, by what may be changed; every account begins alike."""
        begins = {
            "billing_email": f"billing@{account}.example",
            "owner": f"owner@{account}.example",
        }
        begins |= {"plan": "team", "seats": "10"}
        return self.account_values.setdefault(account, begins)

    def change_account(self, account: str, change: Mapping[str, Any]) -> None:
        """As the company's own service understands a change; others leave everything as it is."""
        name, value = str(change.get("change")), str(change.get("value"))
        now = self.account_now(account)
        if name == "cancel":
            now["plan"] = "cancelled"
        elif name == "seats" and value[:1] in ("+", "-"):
            now["seats"] = str(int(now["seats"]) + int(value))
        elif name in now:
            now[name] = value

    def new_id(self, prefix: str) -> str:
        return f"{prefix}_sandbox{next(self._numbers):08d}"

    def _take_over(self, row: Mapping[str, Any]) -> None:
        age = row.get("created_days_ago", 0) * DAY
        charge = self.add_charge(
            amount=row["amount"],
            currency=row["currency"],
            customer=row.get("customer"),
            description=row.get("description"),
            metadata=row.get("metadata", {}),
            charge_id=row["id"],
            created=int(row.get("created", self.now() - age)),
        )
        charge.disputed = row.get("disputed", False)
        if row.get("refunded"):
            self.add_refund(charge, row["refunded"])

    def add_charge(
        self,
        *,
        amount: int,
        currency: str,
        customer: str | None = None,
        description: str | None = None,
        metadata: Mapping[str, str] | None = None,
        charge_id: str | None = None,
        created: int | None = None,
        key: str | None = None,
    ) -> Charge:
        """Take money and write it into the ledger."""
        charge = Charge(
            id=charge_id or self.new_id("ch"),
            amount=amount,
            currency=currency.lower(),
            created=int(self.now()) if created is None else created,
            customer=customer,
            description=description,
            payment_intent=self.new_id("pi"),
            metadata=dict(metadata or {}),
        )
        self.charges[charge.id] = charge
        self.intents[str(charge.payment_intent)] = charge
        self.ledger.write_charge(
            {
                "id": charge.id,
                "customer": customer,
                "amount": amount,
                "currency": charge.currency,
                "description": description,
                "metadata": charge.metadata,
                "idempotency_key": key,
                "created": charge.created,
            }
        )
        return charge

    def add_refund(
        self,
        charge: Charge,
        amount: int | None = None,
        *,
        reason: str | None = None,
        metadata: Mapping[str, str] | None = None,
        key: str | None = None,
    ) -> Refund:
        """Give money back and write it into the ledger; no amount means all that is left.

        Raises:
            Problem: The books do not allow it.

        """
        wanted = self._refundable(charge, amount)
        refund = Refund(
            id=self.new_id("re"),
            charge=charge.id,
            amount=wanted,
            currency=charge.currency,
            created=int(self.now()),
            reason=reason,
            payment_intent=charge.payment_intent,
            metadata=dict(metadata or {}),
            status="pending" if self.dice.roll("refund_pending") else "succeeded",
        )
        charge.refunds.append(refund)
        self.refunds[refund.id] = refund
        self.ledger.write_refund(
            {
                "id": refund.id,
                "charge": charge.id,
                "customer": charge.customer,
                "amount": wanted,
                "currency": refund.currency,
                "reason": reason,
                "metadata": refund.metadata,
                "idempotency_key": key,
            }
        )
        return refund

    def _refundable(self, charge: Charge, amount: int | None) -> int:
        left = charge.amount - charge.refunded
        if left == 0:
            message = f"Charge {charge.id} has already been refunded."
            raise Problem(400, message, code="charge_already_refunded", is_kept=True)
        if charge.disputed:
            message = f"Charge {charge.id} is disputed and can not be refunded."
            raise Problem(400, message, code="charge_disputed", is_kept=True)
        if amount is not None and amount > left:
            message = f"Refund amount ({amount}) is greater than unrefunded amount ({left})."
            raise Problem(400, message, code="amount_too_large", param="amount", is_kept=True)
        return left if amount is None else amount

    def find_charge(self, charge: str, param: str = "id") -> Charge:
        if charge not in self.charges:
            raise problems.missing("charge", charge, param)
        return self.charges[charge]

    def find_intent(self, intent: str, param: str = "intent") -> Charge:
        if intent not in self.intents:
            raise problems.missing("payment_intent", intent, param)
        return self.intents[intent]
