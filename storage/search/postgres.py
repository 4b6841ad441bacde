"""Full text on PostgreSQL, each article and ticket stemmed as its language is."""

from collections.abc import Iterable

from sqlalchemy import text
from sqlalchemy.orm import Session

from storage.search.words import LEAST, SHARE, Asked

# Text in another language is taken word by word.
_STEMMERS = {
    "de": "german",
    "en": "english",
    "es": "spanish",
    "fr": "french",
    "it": "italian",
    "nl": "dutch",
    "pt": "portuguese",
}
_PLAIN = "simple"


class PostgresIndex:
    """PostgreSQL ranks by how often words stand there and not by how rare they are, so each word
    of a question is ranked by itself and weighed by what it tells: half as many articles with
    it were found on real questions without that.

    A question may be in any language, and is looked for under its stems in each: what is a stem
    in one is rarely a word in another. What the stems share is asked for once: PostgreSQL looks at
    every operand of a query for every article that has one.
    """

    def __init__(self, session: Session, share: float = SHARE, least: int = LEAST) -> None:
        self._session = session
        self._share, self._least = share, least

    def put_article(self, ident: int, title: str, body: str, language: str) -> None:
        self._put("article", ident, title, body, language)

    def put_ticket(self, ident: int, title: str, body: str, language: str) -> None:
        self._put("ticket", ident, title, body, language)

    def drop_tickets(self, tickets: Iterable[int]) -> None:
        wanted = {"ids": list(tickets)}
        self._session.execute(text("DELETE FROM ticket_index WHERE ticket_id = ANY(:ids)"), wanted)

    def articles(self, asked: Asked, depth: int) -> dict[int, float]:
        return self._find(_ARTICLES, asked, depth)

    def tickets(self, asked: Asked, depth: int) -> dict[int, float]:
        return self._find(_TICKETS, asked, depth)

    def _put(self, kind: str, ident: int, title: str, body: str, language: str) -> None:
        config = _STEMMERS.get(language[:2].lower(), _PLAIN)
        values = {"id": ident, "title": title, "body": body, "config": config}
        self._session.execute(text(_PUT.format(kind=kind)), values)

    def _find(self, query: str, asked: Asked, depth: int) -> dict[int, float]:
        weights = [2 if word in asked.subject else 1 for word in asked.words]
        values = {"words": list(asked.words), "weights": weights}
        limits = {"depth": depth, "share": self._share, "least": self._least}
        rows = self._session.execute(text(query), values | limits).all()
        return {ident: score for ident, score in rows}


_PUT = """
    INSERT INTO {kind}_index ({kind}_id, words) VALUES (
        :id,
        setweight(to_tsvector(CAST(:config AS regconfig), :title), 'A')
            || setweight(to_tsvector(CAST(:config AS regconfig), :body), 'D')
    ) ON CONFLICT ({kind}_id) DO UPDATE SET words = excluded.words
"""
_CONFIGS = (*_STEMMERS.values(), _PLAIN)
_STEMS = " || ".join(f"to_tsvector('{each}', u.word)" for each in _CONFIGS)
# How common a word is, is told from what ANALYZE has gathered, which autovacuum runs by itself;
# what it does not name is rare. Nor are the rows of a large table counted for every question.
# What is MATERIALIZED would be worked out again for every row that is compared with it: stemming
# a question was most of what it took.
_FIND = """
    WITH size AS MATERIALIZED (
        SELECT greatest(reltuples, 0) AS analyzed, CASE
            WHEN reltuples >= {large} THEN reltuples ELSE (SELECT count(*) FROM {kind}_index)
        END AS rows FROM pg_class WHERE oid = CAST('{kind}_index' AS regclass)
    ), common AS MATERIALIZED (
        SELECT e.stem, e.share * (SELECT analyzed FROM size) AS entries
        FROM pg_stats s,
             unnest(CAST(CAST(s.most_common_elems AS text) AS text[]), s.most_common_elem_freqs)
                 AS e(stem, share)
        WHERE s.schemaname = current_schema() AND s.tablename = '{kind}_index'
              AND s.attname = 'words' AND e.stem IS NOT NULL
    ), meant AS MATERIALIZED (
        SELECT stems, max(weight) AS weight, (
            SELECT CAST(string_agg(quote_literal(stem), ' | ') AS tsquery)
            FROM unnest(stems) AS stem
        ) AS query FROM (
            SELECT tsvector_to_array({stems}) AS stems, u.weight
            FROM unnest(CAST(:words AS text[]), CAST(:weights AS int[])) AS u(word, weight)
        ) AS stemmed GROUP BY stems
    ), priced AS (
        SELECT m.query, m.weight, coalesce(sum(c.entries), 0) AS cost
        FROM meant m LEFT JOIN unnest(m.stems) AS s(stem) ON true LEFT JOIN common c USING (stem)
        GROUP BY m.query, m.weight
    ), told AS MATERIALIZED (
        SELECT query, weight, cost, row_number() OVER rarest AS nth,
               sum(cost) OVER rarest - cost < :depth OR sum(cost) OVER rarest
                   <= greatest(:least, :share * (SELECT rows FROM size)) AS is_rare
        FROM priced WINDOW rarest AS (ORDER BY cost, query)
    ), ranked AS MATERIALIZED (
        SELECT {kind}_id AS id, words FROM {kind}_index WHERE words @@ (
            SELECT CAST(string_agg(CAST(query AS text), ' | ') AS tsquery) FROM told WHERE is_rare
        )
    ), hits AS MATERIALIZED (
        SELECT r.id, t.nth,
               t.weight * ts_rank('{{0.15, 0.2, 0.4, 1.0}}', r.words, t.query) AS rank
        FROM ranked r JOIN told t ON r.words @@ t.query
    ), telling AS MATERIALIZED (
        SELECT nth, ln(1 + ({more} + (SELECT rows FROM size)) / CAST(
            CASE WHEN is_rare THEN count(*) ELSE greatest(cost, count(*)) END AS float)) AS much
        FROM hits JOIN told USING (nth) GROUP BY nth, is_rare, cost
    )
    SELECT h.id, {scale} * CAST(sum(h.rank * t.much) AS float) AS score
    FROM hits h JOIN telling t USING (nth) GROUP BY h.id ORDER BY score DESC, h.id LIMIT :depth
"""
# The factors bring both to where SQLite has them, so that one fusion serves both databases. And of
# the first ticket every word would say little, were there not many more to come.
_SPELLED = {"stems": _STEMS, "large": 10_000}
_ARTICLES = _FIND.format(kind="article", **_SPELLED, more=0, scale=6.0)
_TICKETS = _FIND.format(kind="ticket", **_SPELLED, more=50, scale=3.0)
