"""Money in minor units with its currency; never a float."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import Self

# ISO 4217 by the digits of the minor unit, without metals, funds' units and test codes, and with
# those that were replaced lately: their charges can still be refunded.
_BY_DIGITS = {
    0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF",
    2: """AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BOV BRL BSD BTN BWP
        BYN BZD CAD CDF CHE CHF CHW CNY COP COU CRC CUC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD
        FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HRK HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD
        KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN
        NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SLL
        SOS SRD SSP STD STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES
        WST XCD XCG YER ZAR ZMW ZWG ZWL""",
    3: "BHD IQD JOD KWD LYD OMR TND",
    4: "CLF UYW",
}
DIGITS: Mapping[str, int] = MappingProxyType(
    {code: digits for digits, codes in _BY_DIGITS.items() for code in codes.split()}
)
"""How many digits of a currency's amount are its minor unit; other codes are no money here."""


@dataclass(frozen=True)
class Money:
    """`amount` in minor units (cents for USD), `currency` as an upper-case ISO 4217 code.

    Raises ValueError for any other currency: nobody knows what its amounts are worth.
    """

    amount: int
    currency: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "currency", self.currency.upper())
        if self.currency not in DIGITS:
            raise ValueError("is not a currency of ISO 4217")

    @classmethod
    def of(cls, units: Decimal, currency: str) -> Self:
        """So many full units; ValueError for what is finer than a minor unit."""
        minor = units.scaleb(DIGITS.get(currency.upper(), 0))
        if minor != minor.to_integral_value():
            raise ValueError(f"{units} is finer than {currency} is counted")
        return cls(int(minor), currency)

    @classmethod
    def typed(cls, text: str, currency: str) -> Self:
        """What a person typed, in full units: 1200, 1200.50 or 1200,50, with the currency or not.

        Raises ValueError for anything else: of 1.200 nobody knows which of two sums was meant.
        """
        digits = DIGITS[currency.upper()]
        part = rf"(?:[.,](\d{{{digits}}}))?" if digits else "()"
        found = re.fullmatch(rf"(\d{{1,13}}){part}(?: ?{currency})?", text.strip(), re.I | re.A)
        if found is None:
            raise ValueError(f"is no amount of {currency}")
        return cls(int(found[1]) * 10**digits + int(found[2] or 0), currency)

    @property
    def plain(self) -> str:
        """The amount alone, as it can be typed."""
        return str(self).split(" ")[0].replace(",", "")

    @property
    def whole(self) -> int:
        """Full units of the currency; what is less than one is dropped."""
        unit: int = 10 ** DIGITS[self.currency]
        return self.amount // unit

    def __str__(self) -> str:
        digits = DIGITS[self.currency]
        sign = "-" if self.amount < 0 else ""
        whole, rest = divmod(abs(self.amount), 10**digits)
        fraction = f".{rest:0{digits}d}" if digits else ""
        return f"{sign}{whole:,}{fraction} {self.currency}"
