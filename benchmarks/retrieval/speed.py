"""How long a search takes among many articles: on both databases, and what ranking fewer of them
costs."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from random import Random

from sqlalchemy import insert, text

from benchmarks.retrieval.quality import PLAIN, any_word_of, percentile
from bot.retrieval import RESULTS, Row
from storage.engine import open_engine
from storage.models import Article
from storage.schema import migrate
from storage.search import Search
from storage.search.sqlite import SqliteIndex
from storage.search.words import LEAST, SHARE, asked
from storage.unit_of_work import UnitOfWork

SIZES = (10_000, 100_000)
SHARES = (0.05, SHARE, 0.3, 1.0)
# A machine that is shared stops now and then for whoever shares it: the middle one of three counts.
_TRIES = 3
_PARAGRAPHS, _SEED = 4, 7
_ASKED = 200
# Whole tickets have more words than titles, and take as much longer.
_WHOLE = 60


@dataclass(frozen=True)
class Speed:
    """`share` is how many of all articles were ranked at most, where that is more than the least;
    `kept` is the part of the ten best that are the same where all are, None where nobody looked."""

    kind: str
    articles: int
    asked: str
    share: float
    p50_ms: float
    p99_ms: float
    kept: float | None


def made_up(articles: Sequence[Row], count: int) -> Iterator[Row]:
    """As many articles as wanted, of paragraphs and titles of real ones, the same in every run."""
    drawn = Random(_SEED)
    paragraphs = [part for row in articles for part in row.text.split("\n\n") if part.strip()]
    titles = [row.title.split() for row in articles]
    for number in range(count):
        one, other = drawn.choice(titles), drawn.choice(titles)
        title = " ".join([*one[: len(one) // 2], *other[len(other) // 2 :]])
        yield Row(number, title, "\n\n".join(drawn.choices(paragraphs, k=_PARAGRAPHS)))


def measured(
    kind: str, url: str, articles: Sequence[Row], questions: Sequence[Row], size: int
) -> Iterator[Speed]:
    engine = open_engine(url)
    migrate(engine)
    with UnitOfWork(engine) as uow:
        _fill(uow, made_up(articles, size))
        uow.commit()
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE"))
    titles = [Row(each.id, each.title, "") for each in questions[:_ASKED]]
    with UnitOfWork(engine) as uow:
        search = Search(uow.session)
        yield _timed(kind, size, "titles", SHARE, titles, search, None)
        yield _timed(kind, size, "tickets", SHARE, questions[:_WHOLE], search, None)
        if kind == "sqlite":
            yield _bare(uow, size, "titles", titles)
            yield _bare(uow, size, "tickets", questions[:_WHOLE])
            yield from _trade(uow, size, titles)
    engine.dispose()


def _bare(uow: UnitOfWork, size: int, what: str, rows: Sequence[Row]) -> Speed:
    """`bm25` as it comes."""
    took = []
    for match in filter(None, map(any_word_of, rows)):
        took.append(_took(partial(_plainly, uow, match)))
    p50, p99 = percentile(took, 0.5), percentile(took, 0.99)
    return Speed("bm25", size, what, 1.0, p50, p99, None)


def _plainly(uow: UnitOfWork, match: Mapping[str, str]) -> object:
    return uow.session.scalars(text(PLAIN), match).all()


def _trade(uow: UnitOfWork, size: int, titles: Sequence[Row]) -> Iterator[Speed]:
    """Titles again, with so many of all articles ranked."""
    whole = [_best(uow, title, 1.0, LEAST + 1) for title in titles]
    for share in SHARES:
        took, kept = [], []
        for title, best in zip(titles, whole, strict=True):
            took.append(_took(partial(_best, uow, title, share)))
            found = _best(uow, title, share)
            kept.append(len(found & best) / len(best) if best else 1.0)
        p50, p99 = percentile(took, 0.5), percentile(took, 0.99)
        yield Speed("sqlite", size, "titles", share, p50, p99, sum(kept) / len(kept))


def _best(uow: UnitOfWork, title: Row, share: float, depth: int = RESULTS) -> set[int]:
    wanted = asked(title.title)
    index = SqliteIndex(uow.session, share)
    return set(list(index.articles(wanted, depth))[:RESULTS]) if wanted.words else set()


def _took(ask: Callable[[], object]) -> float:
    """Milliseconds."""
    tries = []
    for _ in range(_TRIES):
        begun = time.perf_counter()
        ask()
        tries.append(1_000 * (time.perf_counter() - begun))
    return sorted(tries)[_TRIES // 2]


def _timed(
    kind: str,
    size: int,
    what: str,
    share: float,
    rows: Sequence[Row],
    search: Search,
    kept: float | None,
) -> Speed:
    took = []
    for row in rows:
        # A title alone is a question: nothing in it is more of a subject than the rest.
        subject = row.title if row.text else ""
        ask = partial(search.articles, row.text or row.title, RESULTS, subject=subject)
        took.append(_took(ask))
    p50, p99 = percentile(took, 0.5), percentile(took, 0.99)
    return Speed(kind, size, what, share, p50, p99, kept)


def _fill(uow: UnitOfWork, rows: Iterator[Row]) -> None:
    search = Search(uow.session)
    for number, row in enumerate(rows, start=1):
        told = {"id": number, "ref": str(row.id), "title": row.title, "body": row.text}
        uow.session.execute(insert(Article), told)
        search.index(Article(summary="", language="en", **told))
