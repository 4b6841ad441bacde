"""Articles of a file, searchable in memory for as long as a replay takes."""

import sqlite3
from collections.abc import Iterable

from bot.imports import ArticleRow
from storage.search import Found, content_words

_WEIGHTS = "6.0, 1.0"


class ArticleIndex:
    """The same words, weights and ranking as the database's own article search."""

    def __init__(self, articles: Iterable[ArticleRow]) -> None:
        self._articles = list(articles)
        self._index = sqlite3.connect(":memory:")
        self._index.execute(
            "CREATE VIRTUAL TABLE found USING fts5 (title, body, tokenize = 'porter unicode61')"
        )
        self._index.executemany(
            "INSERT INTO found (rowid, title, body) VALUES (?, ?, ?)",
            ((n, a.title, f"{a.summary}\n{a.body}") for n, a in enumerate(self._articles)),
        )

    def articles(self, question: str, limit: int = 5) -> list[Found]:
        words = content_words(question)
        if not words:
            return []
        rows = self._index.execute(
            f"SELECT rowid, -bm25(found, {_WEIGHTS}) AS score FROM found"  # noqa: S608 - constants
            " WHERE found MATCH ? ORDER BY score DESC, rowid LIMIT ?",
            (" OR ".join(f'"{word}"' for word in words), limit),
        )
        return [self._found(number, score) for number, score in rows]

    def _found(self, number: int, score: float) -> Found:
        article = self._articles[number]
        text = f"{article.summary}\n{article.body}"
        return Found(number, article.id, article.title, text, article.language or "en", score)
