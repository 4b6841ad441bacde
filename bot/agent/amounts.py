"""Sums of money, addresses, charges and numbers as customers write them."""

import re
from collections.abc import Iterator

from bot.money import Money

_SIGNS = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "円": "JPY"}
_CODES = {
    "usd": "USD", "dollar": "USD", "dollars": "USD", "bucks": "USD", "eur": "EUR",
    "euro": "EUR", "euros": "EUR", "gbp": "GBP", "pounds": "GBP", "quid": "GBP", "chf": "CHF",
    "jpy": "JPY", "cad": "CAD",
    "aud": "AUD", "brl": "BRL", "mxn": "MXN", "sek": "SEK", "pln": "PLN",
}  # fmt: skip
_NUMBER = r"\d{1,9}(?:[.,']\d{1,3}){0,3}"
_CODE = rf"\b(?:{'|'.join(_CODES)})\b"
_SIGN = rf"[{''.join(_SIGNS)}]"
_SUM = re.compile(
    rf"(?P<before>{_SIGN}|{_CODE})[ \u00a0]?(?P<first>{_NUMBER})"
    rf"|(?P<second>{_NUMBER})[ \u00a0]?(?P<behind>{_SIGN}|{_CODE})",
    re.IGNORECASE,
)
_EMAIL = re.compile(r"\b[A-Za-z0-9._%+\-]{1,64}@[A-Za-z0-9\-]{1,63}(?:\.[A-Za-z0-9\-]{1,63}){1,5}")
_CHARGE = re.compile(r"\b(?:ch|py|pi|txn)_[A-Za-z0-9_]{2,60}")
_MOST = 40


def sums_in(text: str) -> list[Money]:
    """Amounts with a currency, in the order of the text; bare numbers are not money."""
    return list(_sums(text))[:_MOST]


def emails_in(text: str) -> list[str]:
    return [found[0].rstrip(".-") for found in _EMAIL.finditer(text)][:_MOST]


def charges_in(text: str) -> list[str]:
    return [found[0] for found in _CHARGE.finditer(text)][:_MOST]


def _sums(text: str) -> Iterator[Money]:
    for found in _SUM.finditer(text):
        sign = (found["before"] or found["behind"]).lower()
        currency = _SIGNS.get(sign) or _CODES[sign]
        yield Money(_minor(found["first"] or found["second"], currency), currency)


def _minor(number: str, currency: str) -> int:
    """Minor units of `1,234.50`, `1.234,50`, `1'234` or `49,9`.

    The last separator starts the cents unless exactly three digits follow it.
    """
    parts = re.split(r"[.,']", number)
    cents = parts.pop() if len(parts) > 1 and len(parts[-1]) != 3 else ""
    if currency == "JPY":
        return int("".join(parts))
    return int("".join(parts)) * 100 + int(cents.ljust(2, "0")[:2] or 0)
