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
from bot.imports.fields import Fields
from bot.imports.rows import AccountRow, ContactRow, CustomerRow, HandoffRow, MomentRow, ProductRow
from bot.imports.values import yearly_value

_FUNCTIONS = ("engineering", "success", "sales")
_ABOUT_ACCOUNTS = ("tier", "yearly_value", "region", "products", "moments", "handoffs", "contacts")
_VERSION = re.compile(r"v?[0-9][\w.+-]*")
_FARTHEST_DAYS = 36_500


def customer_row(raw: Mapping[str, Any], today: date) -> CustomerRow:
    """Read the row; `today` is what a moment's `in_days` counts from; raise BadRow."""
    fields = Fields(raw)
    return fields.checked(_row(fields, today))


def _row(fields: Fields, today: date) -> CustomerRow:
    nested = fields.value("account")
    tells_of_account = fields.value(*_ABOUT_ACCOUNTS) is not None
    if tells_of_account and nested is None and fields.value("account_id", "email", "role") is None:
        account_id = fields.required_ident("id")
        return CustomerRow(_contacts(fields), _account(fields, today, account_id, "name"))
    person = contact(fields)
    if isinstance(nested, Mapping):
        home = fields.within(nested)
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
        yearly_value=yearly_value(fields),
        products=_products(fields),
        moments=_moments(fields, today),
        handoffs=_handoffs(fields),
    )


def _contacts(fields: Fields) -> tuple[ContactRow, ...]:
    told = fields.value("contacts") or []
    return tuple(contact(each) for each in _objects(fields, "contacts", told))


def _products(fields: Fields) -> tuple[ProductRow, ...] | None:
    """Objects of name and version, or texts such as `Planner 4.2; Invoices`."""
    told = fields.value("products")
    if told is None:
        return None
    if isinstance(told, str):
        told = [item for item in re.split(r"[;|]", told) if item.strip()]
    if isinstance(told, list) and all(isinstance(item, str) for item in told):
        return tuple(_product(item.strip()) for item in told)
    return tuple(
        ProductRow(each.required_text("name"), each.text("version"))
        for each in _objects(fields, "products", told)
    )


def _product(text: str) -> ProductRow:
    name, _, last = text.rpartition(" ")
    return ProductRow(name.strip(), last) if name and _VERSION.fullmatch(last) else ProductRow(text)


def _moments(fields: Fields, today: date) -> tuple[MomentRow, ...] | None:
    """Objects of date (or `in_days`), kind, label; or texts: `2026-12-01 launch New planner`."""
    told = fields.value("moments")
    if told is None:
        return None
    if isinstance(told, str):
        texts = (item.split(maxsplit=2) for item in re.split(r"[;|]", told) if item.strip())
        told = [dict(zip(("date", "kind", "label"), words, strict=False)) for words in texts]
    moments = (_moment(each, today) for each in _objects(fields, "moments", told))
    return tuple(moment for moment in moments if moment is not None)


def _moment(fields: Fields, today: date) -> MomentRow | None:
    before = fields.refusals
    in_days, kind = fields.whole("in_days"), fields.word("kind")
    if in_days is not None and abs(in_days) > _FARTHEST_DAYS:
        fields.refuse("moments: in_days is out of range")
        return None
    on = fields.day("date") if in_days is None else today + timedelta(days=in_days)
    if on is not None and kind:
        return MomentRow(on, kind, fields.text("label"))
    if fields.refusals == before:
        fields.refuse("moments: needs a date and a kind, such as 2026-12-01 launch New planner")
    return None


def _handoffs(fields: Fields) -> tuple[HandoffRow, ...] | None:
    """Objects of function and about; or texts: `engineering The sync drops rows`."""
    told = fields.value("handoffs")
    if told is None:
        return None
    if isinstance(told, str):
        texts = (item.split(maxsplit=1) for item in re.split(r"[;|]", told) if item.strip())
        told = [dict(zip(("function", "about"), words, strict=False)) for words in texts]
    handoffs = (_handoff(each) for each in _objects(fields, "handoffs", told))
    return tuple(handoff for handoff in handoffs if handoff)


def _handoff(fields: Fields) -> HandoffRow | None:
    function, about = fields.word("function"), fields.text("about")
    if function in _FUNCTIONS and about:
        return HandoffRow(function, about)
    fields.refuse("handoffs: needs engineering, success or sales, and what they owe")
    return None


def _objects(fields: Fields, name: str, told: Any) -> list[Fields]:
    if isinstance(told, list) and all(isinstance(item, Mapping) for item in told):
        return [fields.within(item) for item in told]
    fields.refuse(f"{name}: is not a list of objects")
    return []
