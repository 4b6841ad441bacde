"""Full text on SQLite: FTS5 with its porter stemmer, for every language the same."""

from collections.abc import Iterable, Sequence

from sqlalchemy import text
from sqlalchemy.orm import Session

from storage.search.words import LEAST, SHARE, Asked

# How many of the newest say how common a word is.
SAMPLED = 2_000
# A word stands in so many-th of all at most, as a rule; below that nobody has to count.
RARITY = 10
# To `bm25` a word that stands in half of all tickets or more says nothing, and of the first ticket
# every word does. So as many tickets as these are there from the start, of a usual length, in a
# word that nobody can ask for.
COMMONPLACE = 50
_USUAL_LENGTH = 60
_NOBODYS_WORD = "\ue000 "


class SqliteIndex:
    """FTS5's `bm25` bends off early: the tenth use of a word says nothing new to it. Columns that
    weigh less than 1 move the bend, which found more on real questions; `score` brings the sums
    back to where the thresholds of those who read them were measured."""

    def __init__(self, session: Session, share: float = SHARE, least: int = LEAST) -> None:
        self._session = session
        self._share, self._least = share, least

    def put_article(self, ident: int, title: str, body: str, language: str) -> None:
        self._put("article_index", ident, title, body)

    def put_ticket(self, ident: int, title: str, body: str, language: str) -> None:
        if self._session.scalar(text(_HAS_COMMONPLACE)) is None:
            for number in range(1, COMMONPLACE + 1):
                self._put("ticket_index", -number, "", _NOBODYS_WORD * _USUAL_LENGTH)
        self._put("ticket_index", ident, title, body)

    def drop_tickets(self, tickets: Iterable[int]) -> None:
        """What is deleted from FTS5 stays in its files until `erasure.rewrite` merges them."""
        for ticket in tickets:
            self._run(_DELETE.format(table="ticket_index"), id=ticket)

    def articles(self, asked: Asked, depth: int) -> dict[int, float]:
        return self._find(_ARTICLES, "article_index", asked, depth)

    def tickets(self, asked: Asked, depth: int) -> dict[int, float]:
        return self._find(_TICKETS, "ticket_index", asked, depth)

    def _put(self, table: str, ident: int, title: str, body: str) -> None:
        self._run(_DELETE.format(table=table), id=ident)
        self._run(_INSERT.format(table=table), id=ident, title=title, body=body)

    def _find(self, query: str, table: str, asked: Asked, depth: int) -> dict[int, float]:
        rare = self._rare(table, asked, depth)
        # A word that stands twice in the query counts twice.
        values = {"match": _any((*asked.words, *asked.subject)), "depth": depth}
        among = ""
        if len(rare) < len(asked.words):
            among, values["rare"] = _AMONG.format(table=table), _any(rare)
        rows = self._session.execute(text(query.format(among=among)), values).all()
        return {ident: score for ident, score in rows}

    def _rare(self, table: str, asked: Asked, depth: int) -> Sequence[str]:
        """The rarest words, as many as stand in no more rows than may be ranked, and in as many as
        are wanted."""
        newest = self._session.scalar(text(_NEWEST.format(table=table))) or 0
        most = max(self._least, int(newest * self._share))
        if newest * len(asked.words) <= most * RARITY:
            return asked.words
        costs = self._costs(table, asked, newest)
        rare: list[str] = []
        ranked = 0
        for word in sorted(asked.words, key=costs.__getitem__):
            if ranked >= depth and ranked + costs[word] > most:
                break
            ranked += costs[word]
            rare.append(word)
        return rare

    def _costs(self, table: str, asked: Asked, newest: int) -> dict[str, int]:
        """How many entries each word has, told from the newest: counted whole, a common word would
        cost as much as it does in the search."""
        counts = " UNION ALL ".join(
            _SAMPLE.format(table=table, at=at) for at in range(len(asked.words))
        )
        matches = {f"match{at}": f'"{word}"' for at, word in enumerate(asked.words)}
        told = self._session.execute(text(counts), matches | {"since": newest - SAMPLED})
        scale = newest / min(newest, SAMPLED)
        return {asked.words[at]: int(scale * count) for at, count in told}

    def _run(self, statement: str, **values: object) -> None:
        self._session.execute(text(statement), values)


_DELETE = "DELETE FROM {table} WHERE rowid = :id"
_INSERT = "INSERT INTO {table} (rowid, title, body) VALUES (:id, :title, :body)"
_HAS_COMMONPLACE = "SELECT id FROM ticket_index_docsize WHERE id = -1"
_NEWEST = "SELECT max(id) FROM {table}_docsize"
_SAMPLE = "SELECT {at}, count(*) FROM {table} WHERE {table} MATCH :match{at} AND rowid > :since"
_ARTICLES = """
    SELECT rowid, -2.0 * bm25(article_index, 1.2, 0.2) AS score
    FROM article_index WHERE article_index MATCH :match{among}
    ORDER BY score DESC, rowid LIMIT :depth
"""
_TICKETS = """
    SELECT rowid, -1.0 * bm25(ticket_index, 1.8, 0.6) AS score
    FROM ticket_index WHERE ticket_index MATCH :match{among}
    ORDER BY score DESC, rowid LIMIT :depth
"""
# Without the sign SQLite would look each of them up in the index anew.
_AMONG = " AND +rowid IN (SELECT rowid FROM {table} WHERE {table} MATCH :rare)"


def _any(words: Iterable[str]) -> str:
    return " OR ".join(f'"{word}"' for word in words)
