"""Rows of articles into the database, and articles out of it as files that are the same rows."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from bot.agent.poison import hidden_in
from bot.cli.import_rows import Outcome, Stored, changed
from bot.config import Settings
from bot.flows.knowledge.contents import Content, of_article
from bot.imports import ArticleRow, BadRow
from bot.imports.markdown import written
from storage.models import Article, ArticleState, ArticleVersion, Audience, VersionState
from storage.search import Search
from storage.unit_of_work import UnitOfWork

BY = "import"


def put_article(
    uow: UnitOfWork, row: ArticleRow, settings: Settings, now: datetime
) -> list[Stored]:
    """A changed article is found by its new words from then on. Raises BadRow for a file that was
    made of an older version than there is by now."""
    told = _told(row, settings)
    article = uow.articles.by_ref(row.id)
    if article is None:
        # What comes from elsewhere people read there already, unless it says otherwise.
        article, outcome = uow.articles.add(Article(ref=row.id, **told)), Outcome.NEW
    else:
        if row.version is not None and article.number > row.version:
            raise BadRow(f"version: somebody has published version {article.number} meanwhile")
        outcome = changed(article, told)
    if hidden_in(f"{article.title}\n{article.summary}\n{article.body}"):
        # Nobody finds it until a person has looked at what it hides.
        article.state = ArticleState.DRAFT
    if outcome is not Outcome.SAME:
        uow.session.flush()
        Search(uow.session).index(article)
        if article.number:
            _keep(uow, article, now)
    return [Stored("articles", row.id, outcome)]


def _told(row: ArticleRow, settings: Settings) -> dict[str, Any]:
    audience = row.audience or (Audience.PUBLIC if row.public else Audience.INTERNAL).value
    told: dict[str, Any] = {
        "title": row.title,
        "summary": row.summary,
        "body": row.body,
        "language": row.language or settings.company.language,
        "products": list(row.products),
        "audience": Audience(audience),
        "url": row.url,
        "reviewed_on": row.reviewed.isoformat() if row.reviewed else "",
    }
    more: Mapping[str, Any] = {
        "releases": None if row.releases is None else list(row.releases),
        "category": row.category,
        "readers": None if row.readers is None else list(row.readers),
        "owner": _owner(row.owner, settings),
        "review_days": row.review_days,
        "state": ArticleState(row.state) if row.state else None,
    }
    return told | {name: value for name, value in more.items() if value is not None}


def _owner(told: str | None, settings: Settings) -> str | None:
    """A person's id, or the address under which app.yaml has them."""
    if told is None or "@" not in told:
        return told
    known = (one.id for one in settings.staff if (one.email or "").casefold() == told.casefold())
    return next(known, "")


def _keep(uow: UnitOfWork, article: Article, now: datetime) -> None:
    """Whoever looks at its versions sees what the file changed."""
    content = of_article(article)
    version = uow.articles.write(
        ArticleVersion(
            article_id=article.id,
            number=0,
            title=content.title,
            body=content.body,
            facts=content.facts,
            note="From a file",
            author=BY,
            state=VersionState.PUBLISHED,
            digest=content.digest,
            created_at=now,
        )
    )
    article.number = version.number


def files_of(uow: UnitOfWork) -> Iterator[tuple[str, str]]:
    """Name and text of a file for each article; drafts that nobody has published stay behind."""
    for article in uow.articles.all():
        if article.title:
            yield f"{article.ref}.md", written(_row_of(article, of_article(article)), article.body)


def _row_of(article: Article, content: Content) -> dict[str, Any]:
    return {
        "id": article.ref,
        "title": content.title,
        **content.facts,
        "state": article.state.value,
        "url": article.url,
        "reviewed": article.reviewed_on,
        "version": article.number,
    }
