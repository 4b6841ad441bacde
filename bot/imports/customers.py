"""A row of customers: a contact with its account, or an account with its contacts.

An account's facts may stand in an object under `account`, beside the contact's own fields (as in
CSV), or in a row of their own; a contact may also name its account by id alone. A contact whose
row tells such facts and names no account is an account alone.
"""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from bot.imports.contacts import contact
from bot.imports.fields import BadRow, Fields
from bot.imports.rows import AccountRow, ContactRow, CustomerRow, MomentRow, ProductRow
from bot.money import Money

_ABOUT_ACCOUNTS = ("tier", "yearly_value", "region", "products", "moments", "contacts")
_VERSION = re.compile(r"v?[0-9][\w.+-]*")
_FARTHEST_DAYS = 36_500


def customer_row(raw: Mapping[str, Any], today: date) -> CustomerRow:
    """Read the row; `today` is what a moment's `in_days` counts from; raise BadRow."""
    fields = Fields(raw)
    nested = fields.value("account")
    tells_of_account = fields.value(*_ABOUT_ACCOUNTS) is not None
    if tells_of_account and nested is None and fields.value("account_id", "email", "role") is None:
        account_id = fields.required_ident("id")
        return CustomerRow(_contacts(fields), _account(fields, today, account_id, "name"))
    person = contact(fields)
    if isinstance(nested, Mapping):
        home = Fields(nested)
        return CustomerRow((person,), _account(home, today, home.required_ident("id"), "name"))
    account_id = fields.ident("account", "account_id") or (person.id if tells_of_account else "")
    if not account_id:
        return CustomerRow((person,), None)
    return CustomerRow((person,), _account(fields, today, account_id, "account_name"))


def _account(fields: Fields, today: date, account_id: str, name: str) -> AccountRow:
    return AccountRow(
        id=account_id,
        name=fields.text(name),
        tier=fields.word("tier", "plan"),
        region=fields.word("region"),
        yearly_value=_yearly_value(fields),
        products=_products(fields.value("products")),
        moments=_moments(fields.value("moments"), today),
    )


def _contacts(fields: Fields) -> tuple[ContactRow, ...]:
    told = fields.value("contacts") or []
    return tuple(contact(Fields(item)) for item in _objects("contacts", told))


def _yearly_value(fields: Fields) -> Money | None:
    """Minor units with a currency: an object of both, or a number beside a `currency`."""
    told = fields.value("yearly_value")
    if told is None:
        return None
    money = Fields(told) if isinstance(told, Mapping) else fields
    amount = money.whole("amount" if isinstance(told, Mapping) else "yearly_value")
    currency = money.text("currency")
    if amount is None or not currency:
        raise BadRow("yearly_value: needs an amount and a currency")
    try:
        return Money(amount, currency)
    except ValueError:
        raise BadRow("yearly_value: has no ISO 4217 currency") from None


def _products(told: Any) -> tuple[ProductRow, ...] | None:
    """Objects of name and version, or texts such as `Planner 4.2; Invoices`."""
    if told is None:
        return None
    if isinstance(told, str):
        told = [item for item in re.split(r"[;|]", told) if item.strip()]
    if isinstance(told, list) and all(isinstance(item, str) for item in told):
        return tuple(_product(item.strip()) for item in told)
    return tuple(
        ProductRow(Fields(item).required_text("name"), Fields(item).text("version"))
        for item in _objects("products", told)
    )


def _product(text: str) -> ProductRow:
    name, _, last = text.rpartition(" ")
    return ProductRow(name.strip(), last) if name and _VERSION.fullmatch(last) else ProductRow(text)


def _moments(told: Any, today: date) -> tuple[MomentRow, ...] | None:
    """Objects of date (or `in_days`), kind, label; or texts: `2026-12-01 launch New planner`."""
    if told is None:
        return None
    if isinstance(told, str):
        texts = (item.split(maxsplit=2) for item in re.split(r"[;|]", told) if item.strip())
        told = [dict(zip(("date", "kind", "label"), words, strict=False)) for words in texts]
    return tuple(_moment(Fields(item), today) for item in _objects("moments", told))


def _moment(fields: Fields, today: date) -> MomentRow:
    in_days = fields.whole("in_days")
    if in_days is not None and abs(in_days) > _FARTHEST_DAYS:
        raise BadRow("moments: in_days is out of range")
    on = fields.day("date") if in_days is None else today + timedelta(days=in_days)
    if on is None or not fields.word("kind"):
        raise BadRow("moments: needs a date and a kind")
    return MomentRow(on, fields.word("kind"), fields.text("label"))


def _objects(name: str, told: Any) -> list[Mapping[str, Any]]:
    if isinstance(told, list) and all(isinstance(item, Mapping) for item in told):
        return told
    raise BadRow(f"{name}: is not a list of objects")
