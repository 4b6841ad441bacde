"""Articles that mean what a question means: their vectors, and who has none yet."""

import importlib
from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from typing import Any

from sqlalchemy import ColumnElement, delete, func, select
from sqlalchemy.orm import Session

from storage.models import Article, ArticleState, Meaning
from storage.unit_of_work import UnitOfWork

# Of a text the beginning says what it is about; a model reads some hundred words.
_READ = 1_500
# What is less near has nothing to do with the question; by its words it may be found all the same.
LEAST = 0.3
A = Article

Reading = Callable[[], UnitOfWork]


@dataclass(frozen=True)
class Unread:
    """An article without a vector of its words; `digest` is theirs."""

    article: int
    text: str

    @property
    def digest(self) -> str:
        return sha256(self.text.encode(errors="replace")).hexdigest()


def forget(session: Session, article: Article) -> None:
    """Whose words have changed is no longer near what the old ones meant."""
    changed = Meaning.digest != unread(article).digest
    session.execute(delete(Meaning).where(Meaning.article_id == article.id, changed))


def unread(article: Article) -> Unread:
    told = f"{article.title}. {article.summary} {article.body[:_READ]}"
    return Unread(article.id, told)


class Nearest:
    """One for a database, whose vectors stay in memory until the table has others."""

    def __init__(self) -> None:
        self._shelf: tuple[tuple[int, int], Any] | None = None

    def behind(self, reading: Reading) -> int:
        """How many published articles have no vector yet."""
        counted = select(func.count()).select_from(A).where(*self._is_behind())
        with reading() as uow:
            return uow.session.scalar(counted) or 0

    def next(self, reading: Reading) -> Unread | None:
        """The oldest of them."""
        wanted = select(A).where(*self._is_behind()).order_by(A.id).limit(1)
        with reading() as uow:
            article = uow.session.scalar(wanted)
            return unread(article) if article else None

    def read(self, told: Unread) -> bytes:
        """Its vector. Takes as long as some hundred rows do to write: not for a transaction."""
        return self.asked(told.text)

    def asked(self, question: str) -> bytes:
        vector: bytes = _model().vector(question)
        return vector

    def put(self, told: Unread, vector: bytes, uow: UnitOfWork) -> None:
        """Keep it, unless the words have changed since they were read."""
        session = uow.session
        # Who publishes other words at this moment is waited for, and then takes it out again.
        wanted = select(A).where(A.id == told.article).with_for_update()
        article = session.scalar(wanted.execution_options(populate_existing=True))
        if article is None or unread(article).digest != told.digest:
            return
        session.execute(delete(Meaning).where(Meaning.article_id == told.article))
        name = _model().name
        row = Meaning(article_id=told.article, model=name, digest=told.digest, vector=vector)
        session.add(row)
        session.flush()

    def near(
        self, session: Session, vector: bytes, depth: int, among: Collection[int]
    ) -> dict[int, float]:
        """How near the nearest articles are, up to 1, and those `among`, however far they are."""
        found: dict[int, float] = self._filled(session).near(vector, depth, LEAST, among)
        return found

    def _filled(self, session: Session) -> Any:
        of_model = Meaning.model == _model().name
        counted = select(func.count(), func.coalesce(func.sum(Meaning.id), 0)).where(of_model)
        count, total = session.execute(counted).one()
        kept = self._shelf
        if kept is None or kept[0] != (count, total):
            rows = session.execute(select(Meaning.article_id, Meaning.vector).where(of_model))
            kept = self._shelf = (count, total), _model().shelf(tuple(row) for row in rows)
        return kept[1]

    def _is_behind(self) -> tuple[ColumnElement[bool], ...]:
        has = select(Meaning.article_id).where(Meaning.model == _model().name)
        return A.state == ArticleState.PUBLISHED, A.id.not_in(has)


@cache
def _model() -> Any:
    """Loaded when it is first needed, which takes as long as the rest of a start."""
    return importlib.import_module("storage.search.meaning").SentenceModel()
