"""What the knowledge base holds of a customer: their questions, drafts out of their tickets, and
their name wherever somebody wrote it."""

import re
from collections.abc import Sequence
from typing import TypeVar

from sqlalchemy import or_, select, update
from sqlalchemy.orm import InstrumentedAttribute

from storage.models import (
    Article,
    ArticleVersion,
    CustomerText,
    Gap,
    Mirror,
    Question,
    VersionState,
)
from storage.search import Search
from storage.unit_of_work import UnitOfWork

LEFT_OUT = "…"
Worded = TypeVar("Worded", Article, ArticleVersion)


def erase_from_knowledge(
    uow: UnitOfWork, customer_id: int, tickets: Sequence[int], text: CustomerText | None
) -> tuple[str, ...]:
    """The keys of the cards that showed some of it. What was published stays, without the name."""
    named = [word for word in (text.name, text.email) if " " in word or "@" in word] if text else []
    gaps = _about(uow, Gap, Gap.question, customer_id, tickets, named)
    uow.session.execute(update(Gap).where(Gap.id.in_(gaps)).values(question=""))
    asked = _about(uow, Question, Question.text, customer_id, tickets, named)
    blank = {"text": "", "answer": []}
    uow.session.execute(update(Question).where(Question.id.in_(asked)).values(**blank))
    articles = _drafts(uow, customer_id, tickets) | _names(uow, named)
    return tuple([f"gap-{ident}" for ident in gaps] + [f"article-{ident}" for ident in articles])


def _about(
    uow: UnitOfWork,
    model: type[Gap] | type[Question],
    words: InstrumentedAttribute[str],
    customer_id: int,
    tickets: Sequence[int],
    named: Sequence[str],
) -> list[int]:
    """Of their tickets; and what a colleague asked in words which name them."""
    told = (words.icontains(word, autoescape=True) for word in named)
    about = or_(model.ticket_id.in_(tickets), model.customer_id == customer_id, *told)
    return list(uow.session.scalars(select(model.id).where(about)))


def _drafts(uow: UnitOfWork, customer_id: int, tickets: Sequence[int]) -> set[int]:
    """Nobody has read these yet to say that they are free of the customer's words."""
    version = ArticleVersion
    is_theirs = or_(version.customer_id == customer_id, version.ticket_id.in_(tickets))
    is_unread = version.state != VersionState.PUBLISHED
    found = set(uow.session.scalars(select(version.article_id).where(is_theirs, is_unread)))
    # A later version of an article begins with the words of the first.
    theirs = version.article_id.in_(found)
    blank = {"title": "", "body": "", "note": "", "reason": "", "facts": {}, "digest": ""}
    blank["state"] = VersionState.REPLACED
    uow.session.execute(update(version).where(theirs, is_unread).values(**blank))
    return found


def _names(uow: UnitOfWork, named: Sequence[str]) -> set[int]:
    if not named:
        return set()
    pattern = re.compile("|".join(map(re.escape, named)), re.IGNORECASE)
    found: set[int] = set()
    for article in _naming(uow, Article, ("title", "summary", "body"), named, pattern):
        Search(uow.session).index(article)
        found.add(article.id)
    columns = ("title", "body", "note", "reason")
    for version in _naming(uow, ArticleVersion, columns, named, pattern):
        version.digest = ""
        found.add(version.article_id)
    for mirror in uow.session.scalars(select(Mirror).where(Mirror.theirs.is_not(None))):
        if pattern.search(str(mirror.theirs)):
            mirror.theirs = None
    return found


def _naming(
    uow: UnitOfWork,
    model: type[Worded],
    columns: Sequence[str],
    named: Sequence[str],
    pattern: re.Pattern[str],
) -> list[Worded]:
    """The rows that named them, which no longer do."""
    told = [
        getattr(model, column).icontains(word, autoescape=True)
        for column in columns
        for word in named
    ]
    rows = list(uow.session.scalars(select(model).where(or_(*told))))
    for row in rows:
        for column in columns:
            setattr(row, column, pattern.sub(LEFT_OUT, getattr(row, column)))
    uow.session.flush()
    return rows
