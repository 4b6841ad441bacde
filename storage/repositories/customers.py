"""Customers and their accounts."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import and_, bindparam, delete, false, or_, select

from storage.errors import Missing
from storage.models import (
    Account,
    AccountMoment,
    Customer,
    CustomerKey,
    CustomerText,
)
from storage.repositories.base import Repository, table_of

C = table_of(Customer)
# An insert that refers to the row does not wait for this lock.
_LOCK = select(C.c.id).where(C.c.id == bindparam("customer")).with_for_update(key_share=True)


class Customers(Repository):
    def get(self, customer_id: int) -> Customer:
        customer = self.session.get(Customer, customer_id)
        if customer is None:
            raise Missing(f"customer {customer_id}")
        return customer

    def lock(self, customer_id: int) -> None:
        """Until the commit nobody else who locks the customer counts what is theirs.

        On SQLite whoever writes is alone anyway.
        """
        if self.dialect == "postgresql":
            self.run(_LOCK, {"customer": customer_id})

    def by_ref(self, source: str, ref: str) -> Customer | None:
        return self.session.scalar(
            select(Customer).where(Customer.source == source, Customer.ref == ref)
        )

    def by_email(self, email: str, beside: str = "") -> Customer | None:
        """The one whose address it is, of other sources than the one `beside`: one that several
        share is nobody's."""
        if not email:
            return None
        found = self.session.scalars(
            select(Customer)
            .join(CustomerText, CustomerText.customer_id == Customer.id)
            .where(CustomerText.email == email.lower(), Customer.vouched)
            .where(Customer.source != beside)
            .limit(2)
        ).all()
        return found[0] if len(found) == 1 else None

    def known_as(self, source: str, ref: str, email: str, beside: str = "") -> Customer | None:
        """By the source's own id, else by the address: empty, unless the source vouches for it.
        Whom nobody vouched for so far may prove to be somebody who is known."""
        known = self.by_ref(source, ref)
        if known is not None and known.vouched:
            return known
        return self.by_email(email, beside) or known

    def find(self, typed: str) -> Sequence[Customer]:
        """Whom a person means by our id, `customer:ID`, `SOURCE:ID`, an id elsewhere or an address.

        A bare number may be several: ours, and those of help desks.
        """
        if "@" in typed:
            texts = select(CustomerText.customer_id).where(CustomerText.email == typed.lower())
            wanted = or_(Customer.id.in_(texts), Customer.ref == typed.lower())
        else:
            source, _, ref = typed.rpartition(":")
            is_number = ref.isdecimal() and len(ref) < 18
            ours = Customer.id == int(ref) if is_number else false()
            theirs = Customer.ref == ref
            if source:
                theirs = and_(theirs, Customer.source == source)
                ours = ours if source == "customer" else false()
            wanted = or_(ours, theirs, Customer.ref == typed)
        return self.session.scalars(select(Customer).where(wanted).order_by(Customer.id)).all()

    def add(self, customer: Customer, name: str, email: str, phone: str = "") -> Customer:
        self.session.add(customer)
        self.session.flush()
        self.session.add(
            CustomerText(customer_id=customer.id, name=name, email=email.lower(), phone=phone)
        )
        self.session.flush()
        return customer

    def text(self, customer_id: int) -> CustomerText | None:
        """None once the customer has been erased."""
        return self.session.get(CustomerText, customer_id)

    def account(self, account_id: int | None) -> Account | None:
        return None if account_id is None else self.session.get(Account, account_id)

    def account_by_ref(self, ref: str) -> Account | None:
        return self.session.scalar(select(Account).where(Account.ref == ref))

    def accounts_with_products(self) -> Sequence[Account]:
        """Those of which it is known what they have."""
        rows = self.session.scalars(select(Account).order_by(Account.id)).all()
        return [account for account in rows if account.products]

    def regions(self) -> Sequence[str]:
        """Where accounts are, as they name it."""
        rows = select(Account.region).where(Account.region != "").distinct()
        return self.session.scalars(rows.order_by(Account.region)).all()

    def add_account(self, account: Account) -> Account:
        self.session.add(account)
        self.session.flush()
        return account

    def moments(self, account_id: int, since: date) -> Sequence[AccountMoment]:
        """Dated moments from that day on, soonest first."""
        return self.session.scalars(
            select(AccountMoment)
            .where(AccountMoment.account_id == account_id, AccountMoment.on_day >= since)
            .order_by(AccountMoment.on_day)
        ).all()

    def next_moments(self, since: date) -> Mapping[int, AccountMoment]:
        """Of each account that has any from that day on, the soonest."""
        rows = self.session.scalars(
            select(AccountMoment)
            .where(AccountMoment.on_day >= since)
            .order_by(AccountMoment.on_day.desc(), AccountMoment.id.desc())
        )
        return {moment.account_id: moment for moment in rows}

    def set_moments(self, account_id: int, told: Mapping[tuple[date, str], str]) -> bool:
        """Make these, as day and kind with a label, the account's moments; False when they are."""
        rows = self.session.scalars(
            select(AccountMoment).where(AccountMoment.account_id == account_id)
        ).all()
        known = {(row.on_day, row.kind): row for row in rows}
        if {key: row.label for key, row in known.items()} == told:
            return False
        for key, row in known.items():
            if key not in told:
                self.session.delete(row)
        for (on_day, kind), label in told.items():
            if found := known.get((on_day, kind)):
                found.label = label
            else:
                self.session.add(
                    AccountMoment(account_id=account_id, on_day=on_day, kind=kind, label=label)
                )
        return True

    def erase(self, customer: Customer, at: datetime) -> None:
        """Delete name, addresses and the audit key; the row of ids stays."""
        for model in (CustomerText, CustomerKey):
            self.session.execute(delete(model).where(model.customer_id == customer.id))
        customer.erased_at = at
