"""Tokens and money, per ticket and per day: what a call may cost at worst, and what it did."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.agent.looking import Spending, Spent
from bot.config.agent import Budget, Prices

# UTF-8 bytes of a token, at least: most have four and more.
BYTES = 3


@dataclass(frozen=True)
class Usage:
    input: int = 0
    output: int = 0
    cache_write: int = 0
    cache_read: int = 0


def tokens_in(size: int) -> int:
    """Of so many bytes, rounded up."""
    return -(-size // BYTES)


def cost_of(usage: Usage, prices: Prices) -> Spent:
    """Rounded up: a budget that is kept to the last fraction is not exceeded."""
    hundredths = (
        usage.input * prices.input
        + usage.output * prices.output
        + usage.cache_write * prices.cache_write
        + usage.cache_read * prices.cache_read
    )
    read = usage.input + usage.cache_write + usage.cache_read
    return Spent(read, usage.output, -(-hundredths // 100))


def read_of(request: Mapping[str, Any], prices: Prices) -> Usage:
    """What reading a request uses when nothing of it is in the cache."""
    told = json.dumps(request, ensure_ascii=False).encode("utf-8", "replace")
    read = tokens_in(len(told))
    is_written = prices.cache_write > prices.input
    return Usage(cache_write=read) if is_written else Usage(input=read)


class Held:
    """One call that is counted at its worst until it is settled."""

    def __init__(self, purse: "Purse", reserved: int, read: Usage) -> None:
        self._purse, self._reserved = purse, reserved
        self.read = read

    def settle(self, usage: Usage) -> None:
        self._purse.settle(self._reserved, usage)


class Purse:
    """What one ticket has left of its own budget and of the day's; without a ticket, one answer.
    `spent` is what went through this purse; what others spent on the ticket counts as well."""

    def __init__(
        self, budget: Budget, prices: Prices, spending: Spending, ticket: int | None = None
    ) -> None:
        self._budget, self._prices, self._spending = budget, prices, spending
        self._ticket = ticket
        self.spent = Spent()

    def hold(self, request: Mapping[str, Any]) -> Held:
        """Raises OverBudget where a budget does not bear the worst of this call."""
        read = read_of(request, self._prices)
        worst = cost_of(read, self._prices) + cost_of(
            Usage(output=request["max_tokens"]), self._prices
        )
        return Held(self, self._spending.reserve(worst, self._budget, self._ticket), read)

    def settle(self, reserved: int, usage: Usage) -> None:
        spent = cost_of(usage, self._prices)
        self.spent += spent
        self._spending.settle(reserved, spent)
