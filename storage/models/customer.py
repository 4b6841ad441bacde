"""Who writes, and for which account. Names and addresses live apart, so that they can be erased."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, UniqueConstraint, true
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, Id, identity


class Account(Base):
    """A company that buys; `yearly_amount` in minor units, `products` as [{name, version}].

    `handoffs` are what other functions still owe it, as [{function, about}].
    """

    __tablename__ = "accounts"

    id: Mapped[int] = identity()
    ref: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(default="")
    tier: Mapped[str] = mapped_column(default="")
    yearly_amount: Mapped[int | None] = mapped_column(BigInteger, default=None)
    yearly_currency: Mapped[str | None] = mapped_column(default=None)
    region: Mapped[str] = mapped_column(default="")
    products: Mapped[list[Any]] = mapped_column(default=list)
    handoffs: Mapped[list[Any]] = mapped_column(default=list, server_default="[]")


class AccountMoment(Base):
    """A dated moment that raises the stakes: a launch, a board meeting, a renewal."""

    __tablename__ = "account_moments"
    __table_args__ = (UniqueConstraint("account_id", "on_day", "kind"),)

    id: Mapped[int] = identity()
    account_id: Mapped[int] = mapped_column(Id, ForeignKey("accounts.id"), index=True)
    on_day: Mapped[date]
    kind: Mapped[str]
    label: Mapped[str] = mapped_column(default="")


class Customer(Base):
    """One contact without name and addresses; `ref` is unique within its `source`.

    Whoever came without an id is known by their address, in `ref` or `payment_ref`: an erasure
    takes it out of both. Not `vouched`: the help desk does not say that their address is theirs,
    so that nobody is known by it.
    """

    __tablename__ = "customers"
    __table_args__ = (UniqueConstraint("source", "ref"),)

    id: Mapped[int] = identity()
    source: Mapped[str]
    ref: Mapped[str]
    account_id: Mapped[int | None] = mapped_column(Id, ForeignKey("accounts.id"), index=True)
    role: Mapped[str] = mapped_column(default="user")
    language: Mapped[str] = mapped_column(default="")
    payment_ref: Mapped[str | None] = mapped_column(default=None)
    vouched: Mapped[bool] = mapped_column(default=True, server_default=true())
    created_at: Mapped[datetime]
    erased_at: Mapped[datetime | None] = mapped_column(default=None)


class CustomerText(Base):
    """Personal text of a customer; erasure deletes the row."""

    __tablename__ = "customer_texts"

    customer_id: Mapped[int] = mapped_column(Id, ForeignKey("customers.id"), primary_key=True)
    name: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="", index=True)
    phone: Mapped[str] = mapped_column(default="")


class CustomerKey(Base):
    """The key of a customer's hashes in the audit; without it they say nothing about anybody."""

    __tablename__ = "customer_keys"

    customer_id: Mapped[int] = mapped_column(Id, ForeignKey("customers.id"), primary_key=True)
    key: Mapped[str]
