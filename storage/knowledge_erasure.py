"""What the knowledge base holds of a customer: their questions, drafts out of their tickets, and
their name wherever somebody wrote it."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import or_, select, update
from sqlalchemy.orm import InstrumentedAttribute

from storage.models import (
    Article,
    ArticleVersion,
    CustomerText,
    Gap,
    Mirror,
    MirrorState,
    Question,
    VersionState,
)
from storage.search import Search
from storage.unit_of_work import UnitOfWork

LEFT_OUT = "…"
Worded = TypeVar("Worded", Article, ArticleVersion)


@dataclass(frozen=True)
class Forgotten:
    """The keys of the cards that showed some of it, and the articles that the help centre has to
    be told anew."""

    cards: tuple[str, ...]
    articles: tuple[int, ...]


def erase_from_knowledge(
    uow: UnitOfWork, customer_id: int, tickets: Sequence[int], text: CustomerText | None
) -> Forgotten:
    """What was published stays, without the name."""
    named = [word for word in (text.name, text.email) if " " in word or "@" in word] if text else []
    gaps = _about(uow, Gap, Gap.question, customer_id, tickets, named)
    uow.session.execute(update(Gap).where(Gap.id.in_(gaps)).values(question=""))
    asked = _about(uow, Question, Question.text, customer_id, tickets, named)
    uow.session.execute(update(Question).where(Question.id.in_(asked)).values(text=""))
    articles = _drafts(uow, customer_id, tickets)
    told: list[int] = []
    if named:
        pattern = re.compile("|".join(map(re.escape, named)), re.IGNORECASE)
        without = _named(uow, named, pattern)
        articles |= without | _versions(uow, named, pattern)
        told = _elsewhere(uow, without, pattern)
    shown = {"gap": gaps, "article": articles, "mirror": articles}
    cards = tuple(f"{kind}-{ident}" for kind, idents in shown.items() for ident in idents)
    return Forgotten(cards, tuple(told))


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


def _named(uow: UnitOfWork, named: Sequence[str], pattern: re.Pattern[str]) -> set[int]:
    found: set[int] = set()
    for article in _naming(uow, Article, ("title", "summary", "body"), named, pattern):
        Search(uow.session).index(article)
        found.add(article.id)
    return found


def _versions(uow: UnitOfWork, named: Sequence[str], pattern: re.Pattern[str]) -> set[int]:
    changed = _naming(uow, ArticleVersion, ("title", "body", "note", "reason"), named, pattern)
    # How JSON spells a name is the database's affair, so that each is read.
    told = uow.session.execute(select(ArticleVersion.id, ArticleVersion.facts)).all()
    for ident, facts in told:
        without = _without(facts, pattern)
        version = uow.session.get(ArticleVersion, ident) if without != facts else None
        if version is not None:
            version.facts = without
            changed.append(version)
    for version in changed:
        version.digest = ""
    return {version.article_id for version in changed}


def _elsewhere(uow: UnitOfWork, articles: Collection[int], pattern: re.Pattern[str]) -> list[int]:
    """What the help centre said stays to be chosen, without the name; and of our own words that
    stand there it has to be told again. What was written there is the help centre's to erase."""
    told = []
    for mirror in uow.session.scalars(select(Mirror)):
        if mirror.theirs:
            mirror.theirs = _without(mirror.theirs, pattern)
        if (
            mirror.article_id in articles
            and mirror.state == MirrorState.IN_STEP
            and _is_ours(uow, mirror)
        ):
            mirror.state = MirrorState.WANTED
            told.append(mirror.article_id)
    return told


def _is_ours(uow: UnitOfWork, mirror: Mirror) -> bool:
    article = uow.articles.get(mirror.article_id)
    version = uow.articles.version(article.id, article.number)
    return article.number > 0 and (version is None or version.author != mirror.desk)


def _without(told: Any, pattern: re.Pattern[str]) -> Any:
    if isinstance(told, str):
        return pattern.sub(LEFT_OUT, told)
    if isinstance(told, list):
        return [_without(each, pattern) for each in told]
    if isinstance(told, dict):
        return {name: _without(value, pattern) for name, value in told.items()}
    return told


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
