"""What an agent may look up beside its briefing, and the budget it spends; both are ports."""

from dataclasses import dataclass
from typing import Protocol

from bot.agent.briefing import Passage
from bot.config.agent import Budget


@dataclass(frozen=True)
class PastTicket:
    """A resolved ticket like this one: what it was about, what our people told the customer, and
    which `articles` solved it. `names` are the customer's, and shown to nobody."""

    subject: str
    category: str
    told: str
    articles: tuple[str, ...] = ()
    names: tuple[str, ...] = ()


class Records(Protocol):
    """Each look is short and on a connection that only reads; none is open between two looks."""

    def articles(self, words: str) -> tuple[Passage, ...]:
        """What a customer may be told, the nearest first."""
        ...

    def article(self, ref: str) -> Passage | None:
        """None also for what customers may not see."""
        ...

    def resolved_like(self, words: str, ticket: int) -> tuple[PastTicket, ...]:
        """Others than the ticket itself, the most alike first."""
        ...


@dataclass(frozen=True)
class Spent:
    """Tokens in and out, and their cost in millionths of a US dollar."""

    input_tokens: int = 0
    output_tokens: int = 0
    cost: int = 0

    def __add__(self, other: "Spent") -> "Spent":
        return Spent(
            self.input_tokens + other.input_tokens,
            self.output_tokens + other.output_tokens,
            self.cost + other.cost,
        )

    def __sub__(self, other: "Spent") -> "Spent":
        return Spent(
            self.input_tokens - other.input_tokens,
            self.output_tokens - other.output_tokens,
            self.cost - other.cost,
        )

    @property
    def tokens(self) -> int:
        return self.input_tokens + self.output_tokens


NOTHING = Spent()
# Money is counted in millionths of a dollar; app.yaml speaks of cents.
_CENT = 10_000


@dataclass(frozen=True)
class Limit:
    tokens: int
    cost: int

    def bears(self, spent: Spent) -> bool:
        return spent.tokens <= self.tokens and spent.cost <= self.cost


def of_ticket(budget: Budget) -> Limit:
    return Limit(budget.ticket_tokens, budget.ticket_money * _CENT)


def of_day(budget: Budget) -> Limit:
    return Limit(budget.day_tokens, budget.day_money * _CENT)


class OverBudget(Exception):
    """Named by which budget does not bear another call: "ticket" or "day"."""


class Spending(Protocol):
    """What models cost, on a ticket and today, whoever asked them and whatever came of it."""

    def reserve(self, worst: Spent, budget: Budget, ticket: int | None) -> int:
        """Count a call at its worst before it is made; the number it is settled by. Raises
        OverBudget where it would go beyond, and counts nothing then."""
        ...

    def settle(self, reserved: int, spent: Spent) -> None:
        """Count what it used instead."""
        ...
