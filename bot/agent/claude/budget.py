"""Tokens and money, per ticket and per day: what may still be spent, and what a call cost."""

from dataclasses import dataclass

from bot.agent.looking import NOTHING, Spending, Spent
from bot.config.agent import Budget, Prices

# Money is counted in millionths of a dollar; app.yaml speaks of cents.
_CENT = 10_000


@dataclass(frozen=True)
class Usage:
    input: int = 0
    output: int = 0
    cache_write: int = 0
    cache_read: int = 0


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


class Purse:
    """One ticket's share of the day's budget; whatever is spent counts for both at once. What was
    spent on it `before` is not counted again."""

    def __init__(
        self,
        budget: Budget,
        prices: Prices,
        spending: Spending,
        before: Spent = NOTHING,
    ) -> None:
        self._budget, self._prices, self._spending = budget, prices, spending
        self._before = before
        self.spent = Spent()

    def add(self, usage: Usage) -> None:
        spent = cost_of(usage, self._prices)
        self.spent += spent
        self._spending.add(spent)

    def short_of(self, expected: Usage) -> str:
        """Which budget would not bear a call like this; empty where all do."""
        more, budget = cost_of(expected, self._prices), self._budget
        of_ticket, of_day = self._before + self.spent + more, self._spending.today() + more
        if _exceeds(of_ticket, budget.ticket_tokens, budget.ticket_money):
            return "ticket"
        return "day" if _exceeds(of_day, budget.day_tokens, budget.day_money) else ""


def _exceeds(spent: Spent, tokens: int, cents: int) -> bool:
    return spent.tokens > tokens or spent.cost > cents * _CENT
