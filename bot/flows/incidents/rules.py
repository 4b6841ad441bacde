"""Which of the accounts that an incident touches are looked after first. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.money import Money

_TIERS = ("enterprise", "business", "standard", "free")


@dataclass(frozen=True)
class Touched:
    """`near` is the soonest date that makes it worse, if there is one."""

    name: str
    tier: str
    value: Money | None
    near: str

    @property
    def line(self) -> str:
        yearly = f"{self.value.whole:,} {self.value.currency} a year" if self.value else ""
        return " · ".join(part for part in (self.name, self.tier, yearly, self.near) if part)


def by_stake(touched: Iterable[Touched]) -> list[Touched]:
    """The highest tier first, then who has a date ahead, then who pays most."""

    def stake(one: Touched) -> tuple[int, bool, int, str]:
        tier = _TIERS.index(one.tier) if one.tier in _TIERS else len(_TIERS)
        return tier, not one.near, -(one.value.whole if one.value else 0), one.name

    return sorted(touched, key=stake)
