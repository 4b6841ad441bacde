"""What an agent may look up during a replay: the articles of the file, and no past of anybody."""

from collections.abc import Iterable

from bot.agent.briefing import Passage
from bot.agent.looking import PastTicket, Spent
from bot.flows.triage import gathering
from bot.imports import ArticleRow
from storage.search import Search


class ReplayRecords:
    def __init__(self, search: Search, rows: Iterable[ArticleRow]) -> None:
        self._search = search
        self._rows = {row.id: row for row in rows}

    def articles(self, words: str) -> tuple[Passage, ...]:
        return gathering.passages("", words, self._search)

    def article(self, ref: str) -> Passage | None:
        row = self._rows.get(ref)
        if row is None or not row.public:
            return None
        return Passage(row.id, row.title, f"{row.summary}\n{row.body}", 0.0, row.language or "en")

    def resolved_like(self, words: str, ticket: int) -> tuple[PastTicket, ...]:
        return ()


class ReplaySpending:
    """One run is one day: its budget ends it, and what the bot spent is not counted."""

    def __init__(self) -> None:
        self.spent = Spent()

    def today(self) -> Spent:
        return self.spent

    def add(self, spent: Spent) -> None:
        self.spent += spent
