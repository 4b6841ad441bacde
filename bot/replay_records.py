"""What an agent may look up during a replay: the articles of the file, and no past of anybody."""

from collections.abc import Iterable

from bot.agent.briefing import Passage
from bot.agent.looking import NOTHING, OverBudget, PastTicket, Spent, of_day, of_ticket
from bot.config.agent import Budget
from bot.flows.triage import gathering
from bot.imports import ArticleRow
from storage.search import Search


class ReplayRecords:
    def __init__(self, search: Search, rows: Iterable[ArticleRow]) -> None:
        self._search = search
        self._rows = {row.id: row for row in rows if row.is_citable}

    def articles(self, words: str) -> tuple[Passage, ...]:
        return gathering.passages("", words, self._search)

    def article(self, ref: str) -> Passage | None:
        row = self._rows.get(ref)
        if row is None:
            return None
        return Passage(row.id, row.title, f"{row.summary}\n{row.body}", 0.0, row.language or "en")

    def resolved_like(self, words: str, ticket: int) -> tuple[PastTicket, ...]:
        return ()


class ReplaySpending:
    """One run is one day: its budget ends it, and what the bot spent is not counted."""

    def __init__(self) -> None:
        self.spent = NOTHING
        self._on: dict[int | None, Spent] = {}
        self._held: list[tuple[int | None, Spent]] = []

    def reserve(self, worst: Spent, budget: Budget, ticket: int | None) -> int:
        if not of_ticket(budget).bears(self._on.get(ticket, NOTHING) + worst):
            raise OverBudget("ticket")
        if not of_day(budget).bears(self.spent + worst):
            raise OverBudget("day")
        self._held.append((ticket, worst))
        self._count(ticket, worst)
        return len(self._held) - 1

    def settle(self, reserved: int, spent: Spent) -> None:
        ticket, worst = self._held[reserved]
        self._count(ticket, spent - worst)

    def _count(self, ticket: int | None, more: Spent) -> None:
        self.spent += more
        if ticket is not None:
            self._on[ticket] = self._on.get(ticket, NOTHING) + more
