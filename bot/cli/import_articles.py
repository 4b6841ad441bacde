"""Rows of articles into the database, and articles out of it as files that are the same rows."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from bot.agent.poison import hidden_in
from bot.cli.import_rows import Outcome, Stored, changed
from bot.config import Settings
from bot.flows.knowledge.contents import Content, of_article, of_version
from bot.flows.knowledge.vouching import Telling, begun, known_reviewer, take, told_last
from bot.imports import ArticleRow, BadRow
from bot.imports.markdown import written
from storage.models import Article, ArticleState, Audience, VersionState
from storage.unit_of_work import UnitOfWork

BY = "import"


def put_article(
    uow: UnitOfWork, row: ArticleRow, settings: Settings, now: datetime, reviewer: str = ""
) -> list[Stored]:
    """Found at once where `reviewer`, or the row itself, says who of ours has reviewed it; else it
    waits for a review. Raises BadRow for a file that was made of an older version than there is by
    now and says something else, and for one whose reviewer nobody knows.

    Whoever edits what was exported leaves the former words' review in the file: it says nothing of
    the new ones, and whoever stands for what comes from elsewhere does not stand for an edit. Nor
    for what came out of here and says what it said: that is a draft as long as it was one."""
    article, outcome = uow.articles.by_ref(row.id), Outcome.SAME
    before = told_last(article, uow) if article else None
    content = _content(row, before, settings)
    if article is None:
        article, outcome = uow.articles.add(begun(row.id, content)), Outcome.NEW
    elif row.version is not None and article.number > row.version:
        _check_told(article, content == before, row)
        return [Stored("articles", row.id, Outcome.SAME)]
    is_edited = row.version is not None and before is not None and content != before
    is_withdrawn = row.state == ArticleState.RETIRED.value
    is_new = outcome is Outcome.NEW
    if not (is_withdrawn if is_new else _is_known(article, content, row, bool(reviewer), uow)):
        reviewer = _who_stands(row, reviewer, is_new, is_edited, settings)
        telling = Telling(BY, reviewer, now, settings.agent.playbook)
        is_taken = take(article, content, telling, uow, settings)
        outcome = max(outcome, Outcome.CHANGED) if is_taken else outcome
        _keep_draft(article, row, is_new, uow)
    if is_withdrawn and article.state is not ArticleState.RETIRED:
        if not article.title:
            content.put_on(article)
        article.state, outcome = ArticleState.RETIRED, max(outcome, Outcome.CHANGED)
    if not article.title or of_article(article) == content:
        outcome = max(outcome, _beside(article, row, now.date() if is_edited else row.reviewed))
    return [Stored("articles", row.id, outcome)]


def _check_told(article: Article, is_same: bool, row: ArticleRow) -> None:
    """An edit that was taken in already is in step, whatever number its file still has."""
    is_retired = article.state is ArticleState.RETIRED
    if not is_same or (row.state == ArticleState.RETIRED.value and not is_retired):
        raise BadRow(
            f"version: this file is of version {row.version}, and version {article.number} was "
            "published meanwhile; export again, and edit that"
        )


def _is_known(
    article: Article, content: Content, row: ArticleRow, is_vouched: bool, uow: UnitOfWork
) -> bool:
    """What was exported from here and says what stands here already; `is_vouched` where somebody
    is named on the command line, which publishes what waits and nothing that nobody handed in."""
    newest = uow.articles.newest(article.id)
    said = (told_last(article, uow), of_version(newest) if newest else None)
    if row.version is None or content not in said:
        return False
    is_draft = article.state is ArticleState.DRAFT or (
        newest is not None and newest.state in (VersionState.DRAFT, VersionState.RETURNED)
    )
    return is_draft or not is_vouched


def _who_stands(
    row: ArticleRow, reviewer: str, is_new: bool, is_edited: bool, settings: Settings
) -> str:
    """Of what came out of another database unpublished: whoever is named on the command line for
    what waits for a review, for a draft nobody. What a page does not show nobody can have read."""
    if hidden_in(row.styling) or (is_new and _is_draft(row)):
        return ""
    if is_new and row.version is not None and row.state == ArticleState.IN_REVIEW.value:
        return reviewer
    return reviewer or ("" if is_edited else _reviewer(row, settings))


def _is_draft(row: ArticleRow) -> bool:
    return row.version is not None and row.state == ArticleState.DRAFT.value


def _keep_draft(article: Article, row: ArticleRow, is_new: bool, uow: UnitOfWork) -> None:
    newest = uow.articles.newest(article.id)
    if is_new and _is_draft(row) and newest is not None:
        article.state, newest.state = ArticleState.DRAFT, VersionState.DRAFT


def _beside(article: Article, row: ArticleRow, reviewed: date | None) -> Outcome:
    """What is no part of a version: where people read it, and when it was last found true."""
    told = {"url": row.url, "reviewed_on": reviewed.isoformat() if reviewed else ""}
    return changed(article, told)


def _reviewer(row: ArticleRow, settings: Settings) -> str:
    if not row.reviewer:
        return settings.knowledge.reviewed_by or ""
    known = known_reviewer(row.reviewer, settings)
    if known is None:
        raise BadRow("reviewer: nobody of ours")
    return known


def _content(row: ArticleRow, before: Content | None, settings: Settings) -> Content:
    """What the row does not tell stays."""
    audience = row.audience or (Audience.PUBLIC if row.public else Audience.INTERNAL).value
    told: dict[str, Any] = {
        "title": row.title,
        "summary": row.summary,
        "body": row.body,
        "language": row.language or settings.company.language,
        "products": row.products,
        "audience": audience,
        "releases": row.releases,
        "category": row.category,
        "readers": row.readers,
        "owner": _owner(row.owner, settings),
        "review_days": row.review_days,
    }
    known = {name: value for name, value in told.items() if value is not None}
    return replace(before or Content("", ""), **known)


def _owner(told: str | None, settings: Settings) -> str | None:
    """A person's id, or the address under which app.yaml has them."""
    if told is None or "@" not in told:
        return told
    return known_reviewer(told, settings) or ""


def files_of(uow: UnitOfWork) -> Iterator[tuple[str, str]]:
    """Name and text of a file for each article: what is published, else what waits to be. Earlier
    versions stay behind; the folder's own history takes their place."""
    for article in uow.articles.all():
        content = told_last(article, uow)
        if content is not None and content.title:
            yield f"{article.ref}.md", written(_row_of(article, content, uow), content.body)


def _row_of(article: Article, content: Content, uow: UnitOfWork) -> dict[str, Any]:
    version = uow.articles.version(article.id, article.number) if article.number else None
    return {
        "id": article.ref,
        "title": content.title,
        **content.facts,
        "state": article.state.value,
        "url": article.url,
        "reviewed": article.reviewed_on,
        "reviewer": (version.decided_by or "") if version else "",
        "version": article.number,
    }
