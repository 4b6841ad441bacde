"""What an agent may look up beside its briefing, and the budget it spends; both are ports."""

from dataclasses import dataclass
from typing import Protocol

from bot.agent.briefing import Passage


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

    @property
    def tokens(self) -> int:
        return self.input_tokens + self.output_tokens


NOTHING = Spent()


class Spending(Protocol):
    """What models cost today, whoever asked them and whatever came of it."""

    def today(self) -> Spent: ...

    def add(self, spent: Spent) -> None: ...
