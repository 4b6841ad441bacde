"""What an account is worth a year, as people write it."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from bot.imports.fields import Fields
from bot.money import Money

_HOW = "yearly_value: write 12000 EUR, or 12000 and EUR in a field or column currency"
_SIGNS = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY"}
_TIMES = {"k": 1_000, "m": 1_000_000}
_BLANK = "[ \u00a0\u202f]"
_CURRENCY = r"[$€£¥]|[A-Za-z]{3}"
# Three digits behind a separator are thousands: 12.500 is twelve thousand and five hundred.
_NUMBER = rf"\d{{1,3}}(?:(?P<by>[.,\']|{_BLANK})\d{{3}})(?:(?P=by)\d{{3}})*|\d{{1,15}}"
_WRITTEN = re.compile(
    rf"(?:(?P<before>{_CURRENCY}){_BLANK}*)?(?P<whole>{_NUMBER})(?:[.,](?P<part>\d{{1,2}}))?"
    rf"(?:{_BLANK}*(?P<times>[kKmM])(?![A-Za-z]))?(?:{_BLANK}*(?P<behind>{_CURRENCY}))?"
)


def yearly_value(fields: Fields) -> Money | None:
    """`12000 EUR`, or a number beside a `currency`, are full units; an object of `amount` and
    `currency` has minor units, as everywhere else in data."""
    told = fields.value("yearly_value")
    if told is None:
        return None
    if isinstance(told, Mapping):
        return _exact(fields.within(told))
    money = _written(told, fields.text("currency").upper())
    if money is None:
        fields.refuse(_HOW)
    return money


def _exact(fields: Fields) -> Money | None:
    amount, currency = fields.value("amount"), fields.text("currency")
    if not isinstance(amount, int) or isinstance(amount, bool):
        fields.refuse(
            "yearly_value: its amount is no whole number of minor units: 1200000 is 12000 EUR"
        )
        return None
    try:
        return Money(amount, currency)
    except ValueError:
        fields.refuse("yearly_value: has no ISO 4217 currency, such as EUR")
        return None


def _written(told: Any, beside: str) -> Money | None:
    found = _WRITTEN.fullmatch(_text(told))
    if found is None:
        return None
    currency = _currency(found["before"] or "", found["behind"] or "", beside)
    whole = re.sub(r"\D", "", found["whole"])
    amount = Decimal(f"{whole}.{found['part'] or 0}") * _TIMES.get(
        (found["times"] or "").lower(), 1
    )
    try:
        return Money.of(amount, currency)
    except ValueError:
        return None


def _text(told: Any) -> str:
    if isinstance(told, float):
        # A number of JSON has no thousands, so 12.125 must not be read as such.
        return f"{told:.2f}" if round(told, 2) == told else ""
    return "" if isinstance(told, bool) else str(told).strip()


def _currency(before: str, behind: str, beside: str) -> str:
    """A `$` is whichever dollar the column names."""
    written = before or behind
    if written == "$" and beside.endswith("D"):
        return beside
    named = {_SIGNS.get(each, each.upper()) for each in (before, behind, beside) if each}
    return named.pop() if len(named) == 1 else ""
