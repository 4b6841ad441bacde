"""Money in minor units with its currency; never a float."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Self

# ISO 4217: currencies whose minor unit is not a hundredth.
_EXPONENTS = {"JPY": 0, "KRW": 0, "VND": 0, "CLP": 0, "ISK": 0, "BHD": 3, "KWD": 3, "TND": 3}


@dataclass(frozen=True)
class Money:
    """`amount` in minor units (cents for USD), `currency` as an upper-case ISO 4217 code."""

    amount: int
    currency: str

    def __post_init__(self) -> None:
        if not self.currency.isalpha() or len(self.currency) != 3:
            raise ValueError(f"{self.currency!r} is not a currency code")
        object.__setattr__(self, "currency", self.currency.upper())

    @classmethod
    def of(cls, units: Decimal, currency: str) -> Self:
        """So many full units; ValueError for what is finer than a minor unit."""
        minor = units.scaleb(_EXPONENTS.get(currency.upper(), 2))
        if minor != minor.to_integral_value():
            raise ValueError(f"{units} is finer than {currency} is counted")
        return cls(int(minor), currency)

    @property
    def whole(self) -> int:
        """Full units of the currency; what is less than one is dropped."""
        unit: int = 10 ** _EXPONENTS.get(self.currency, 2)
        return self.amount // unit

    def __str__(self) -> str:
        exponent = _EXPONENTS.get(self.currency, 2)
        sign = "-" if self.amount < 0 else ""
        whole, rest = divmod(abs(self.amount), 10**exponent)
        fraction = f".{rest:0{exponent}d}" if exponent else ""
        return f"{sign}{whole:,}{fraction} {self.currency}"
