"""Finding articles: by their words, by what people linked to past tickets like this one, and, where
a sentence model is installed, by what they mean."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from storage.models import Article, ArticleState, Audience, Link
from storage.search.fusion import NEARNESS, Vote, fused, shares
from storage.search.nearest import Nearest, forget
from storage.search.postgres import PostgresIndex
from storage.search.sqlite import SqliteIndex
from storage.search.words import MAX_WORDS, Asked, asked, content_words

__all__ = [
    "INTERNAL",
    "MAX_WORDS",
    "PUBLIC",
    "Found",
    "Nearest",
    "Search",
    "Sight",
    "content_words",
]

# How many of each list are looked at; past tickets beyond these say nothing more.
ARTICLES = 200
TICKETS = 100
# Of a ticket only the beginning is learnt: below it stand mostly signatures and what was quoted.
LEARNT = 2_000
# And of a question, for its meaning.
ASKED = 1_000
_ALL = 1_000_000
A = Article


@dataclass(frozen=True)
class Found:
    """`score` is greater for better matches and comparable only within one search; `linked`, from
    0 to 1, is the article's share of what people linked to past tickets like this one. `near`, from
    0 to 1, says how much it means what was asked, and `proved` what of the score is without that:
    thresholds of evidence are measured on it."""

    article_id: int
    ref: str
    title: str
    text: str
    language: str
    url: str
    score: float
    linked: float = 0.0
    near: float = 0.0

    @property
    def proved(self) -> float:
        return self.score - NEARNESS * self.near


@dataclass(frozen=True)
class Sight:
    """What somebody may be shown of what is published: what is public, what is `internal`, and of
    what is restricted the articles with these ids. Nobody has seen what was never published."""

    internal: bool = False
    restricted: tuple[int, ...] = ()


PUBLIC = Sight()
INTERNAL = Sight(internal=True)


class Search:
    """By meaning only where whoever searches may wait for it: `nearest` takes some hundredths of a
    second for a question, which is too long for a transaction that writes."""

    def __init__(self, session: Session, nearest: Nearest | None = None) -> None:
        self._session = session
        self._nearest = nearest
        is_sqlite = session.get_bind().dialect.name == "sqlite"
        self._index = SqliteIndex(session) if is_sqlite else PostgresIndex(session)

    def index(self, article: Article) -> None:
        """Make the article findable as it reads now."""
        body = f"{article.summary}\n{article.body}"
        self._index.put_article(article.id, article.title, body, article.language)
        forget(self._session, article)

    def learn(self, ticket: int, subject: str, body: str, language: str) -> None:
        """Let the articles that are linked to this ticket be found for others like it.

        Its words are personal: `forget` takes them out again.
        """
        self._index.put_ticket(ticket, subject, body[:LEARNT], language)

    def forget(self, tickets: Iterable[int]) -> None:
        self._index.drop_tickets(tickets)

    def articles(
        self, question: str, limit: int = 5, sight: Sight = PUBLIC, subject: str = ""
    ) -> list[Found]:
        """The best articles for the question that are within `sight`, best first; what stands in a
        `subject` counts twice."""
        wanted = asked(question, subject)
        if not wanted.words:
            return []
        votes = self._votes(wanted)
        meant = self._meant(question, subject)
        for depth in (ARTICLES, _ALL):
            words = self._index.articles(wanted, depth)
            near = meant(depth, {*words, *(vote.article for vote in votes)})
            scored = fused(words, votes, near)
            found = self._readable(scored, shares(votes), near, limit, sight)
            # Among many articles of others those within sight may stand far below.
            if len(found) == limit or max(len(words), len(near)) < depth:
                break
        return found

    def tickets(self, question: str, limit: int = 5, subject: str = "") -> dict[int, float]:
        """Past tickets with a link that are like this one, with how much so, the nearest first."""
        wanted = asked(question, subject)
        return self._index.tickets(wanted, limit) if wanted.words else {}

    def _meant(self, question: str, subject: str) -> Callable[[int, set[int]], dict[int, float]]:
        """How near articles are: so many of the nearest, and those that are found otherwise."""
        near = self._nearest
        if near is None:
            return lambda depth, among: {}
        vector = near.asked(f"{subject}. {question[:ASKED]}" if subject else question[:ASKED])
        return lambda depth, among: near.near(self._session, vector, depth, among)

    def _votes(self, wanted: Asked) -> list[Vote]:
        alike = self._index.tickets(wanted, TICKETS)
        if not alike:
            return []
        links = select(Link.article_id, Link.ticket_id, Link.weight).where(
            Link.ticket_id.in_(list(alike))
        )
        return [
            Vote(article, alike[ticket], weight)
            for article, ticket, weight in self._session.execute(links)
        ]

    def _readable(
        self,
        scored: Sequence[tuple[int, float]],
        linked: Mapping[int, float],
        near: Mapping[int, float],
        limit: int,
        sight: Sight,
    ) -> list[Found]:
        found: list[Found] = []
        step = max(ARTICLES // 5, limit)
        for start in range(0, len(scored), step):
            part = dict(scored[start : start + step])
            query = select(A.id).where(A.id.in_(list(part)), *_within(sight))
            may_read = set(self._session.scalars(query))
            best = [ident for ident in part if ident in may_read][: limit - len(found)]
            found += self._found({ident: part[ident] for ident in best}, linked, near)
            if len(found) == limit:
                break
        return found

    def _found(
        self,
        scores: Mapping[int, float],
        linked: Mapping[int, float],
        near: Mapping[int, float],
    ) -> list[Found]:
        columns = (A.ref, A.title, A.summary, A.body, A.language, A.url)
        rows = self._session.execute(select(A.id, *columns).where(A.id.in_(list(scores))))
        found = {
            ident: Found(
                ident,
                ref,
                title,
                f"{summary}\n{body}",
                language,
                url,
                scores[ident],
                linked.get(ident, 0.0),
                near.get(ident, 0.0),
            )
            for ident, ref, title, summary, body, language, url in rows
        }
        return [found[ident] for ident in scores]


def _within(sight: Sight) -> tuple[ColumnElement[bool], ...]:
    audiences = [Audience.PUBLIC, *([Audience.INTERNAL] if sight.internal else [])]
    may_see = or_(A.audience.in_(audiences), A.id.in_(sight.restricted))
    return A.state == ArticleState.PUBLISHED, may_see
