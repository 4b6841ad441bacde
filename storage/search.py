"""Finding articles by words: SQLite FTS5 or PostgreSQL full text behind one interface."""

import re
from dataclasses import dataclass

from sqlalchemy import bindparam, text
from sqlalchemy.orm import Session

from storage.models import Article

MAX_WORDS = 48

# Words too common to find anything by. An AND of all words finds almost nothing on real
# questions (nDCG@10 of 0.02 to 0.13 against 0.8 for OR), so the rest are joined by OR.
_COMMON = (
    "a about after all also am an and any are as at be because been before but by can could did "
    "do does doing for from get had has have having he help hello her hi him his how i if in into "
    "is it its just know like me my no not now of on one only or our out please she so some thank "
    "thanks that the their them then there these they this those to too up us use using very want "
    "was we were what when where which while who why will with would you your yours"
)
_STOP = frozenset(_COMMON.split())
_WORD = re.compile(r"[^\W_]{2,}")


@dataclass(frozen=True)
class Found:
    """`score` is greater for better matches and comparable only within one search."""

    article_id: int
    ref: str
    title: str
    text: str
    language: str
    url: str
    score: float


def content_words(question: str) -> list[str]:
    """The distinct words worth searching for, in order, at most 48; no query syntax survives."""
    words = (w.lower() for w in _WORD.findall(question[:20_000]))
    return list(dict.fromkeys(w for w in words if w not in _STOP))[:MAX_WORDS]


@dataclass(frozen=True)
class Sight:
    """What somebody may be shown of what is published: what is public, what is `internal`, and of
    what is restricted the articles with these ids. Nobody has seen what was never published."""

    internal: bool = False
    restricted: tuple[int, ...] = ()


PUBLIC = Sight()
INTERNAL = Sight(internal=True)


class Search:
    def __init__(self, session: Session) -> None:
        self._session = session
        self._sqlite = session.get_bind().dialect.name == "sqlite"

    def index(self, article: Article) -> None:
        """Make the article findable as it reads now."""
        words = {
            "id": article.id,
            "title": article.title,
            "body": f"{article.summary}\n{article.body}",
        }
        for statement in _SQLITE_INDEX if self._sqlite else _POSTGRES_INDEX:
            self._session.execute(text(statement), words)

    def articles(self, question: str, limit: int = 5, sight: Sight = PUBLIC) -> list[Found]:
        """The best articles for the question that are within `sight`, best first."""
        words = content_words(question)
        if not words:
            return []
        if self._sqlite:
            query, match = _SQLITE_FIND, " OR ".join(f'"{w}"' for w in words)
        else:
            query, match = _POSTGRES_FIND, " | ".join(f"'{w}'" for w in words)
        rows = self._session.execute(
            text(query).bindparams(bindparam("restricted", expanding=True)),
            {
                "match": match,
                "limit": limit,
                "internal": sight.internal,
                "restricted": sight.restricted,
            },
        ).all()
        return [Found(*row) for row in rows]


_SQLITE_INDEX = (
    "DELETE FROM article_index WHERE rowid = :id",
    "INSERT INTO article_index (rowid, title, body) VALUES (:id, :title, :body)",
)
_POSTGRES_INDEX = (
    """
    INSERT INTO article_index (article_id, words) VALUES (
        :id,
        setweight(to_tsvector('english', :title), 'A')
            || setweight(to_tsvector('english', :body), 'D')
    ) ON CONFLICT (article_id) DO UPDATE SET words = excluded.words
    """,
)
_SQLITE_FIND = """
    SELECT a.id, a.ref, a.title, a.summary || char(10) || a.body, a.language, a.url,
           -bm25(article_index, 6.0, 1.0) AS score
    FROM article_index JOIN articles a ON a.id = article_index.rowid
    WHERE article_index MATCH :match AND a.state = 'published' AND (a.audience = 'public'
        OR (a.audience = 'internal' AND :internal) OR a.id IN :restricted)
    ORDER BY score DESC, a.id LIMIT :limit
"""
_POSTGRES_FIND = """
    SELECT a.id, a.ref, a.title, a.summary || chr(10) || a.body, a.language, a.url,
           ts_rank('{0.15, 0.2, 0.4, 1.0}', i.words, q.query, 1) * 20 AS score
    FROM article_index i JOIN articles a ON a.id = i.article_id,
         to_tsquery('english', :match) AS q(query)
    WHERE i.words @@ q.query AND a.state = 'published' AND (a.audience = 'public'
        OR (a.audience = 'internal' AND :internal) OR a.id IN :restricted)
    ORDER BY score DESC, a.id LIMIT :limit
"""
