"""What a file or a help centre tells of an article: found at once where somebody of ours stands for
it, and else once it is reviewed. What was reviewed here is overwritten by neither.
"""

from dataclasses import dataclass
from datetime import datetime

from bot.agent.poison import hidden_in
from bot.config import Settings
from bot.flows.knowledge.contents import Content, of_article, of_version
from bot.people import Person
from bot.sight import may_read
from storage.models import Article, ArticleState, ArticleVersion, Audience, VersionState
from storage.search import Search
from storage.unit_of_work import UnitOfWork

VOUCHED = "From elsewhere, vouched for"
WAITING = "From elsewhere"
SOURCES = frozenset({"import", "zendesk", "intercom"})


@dataclass(frozen=True)
class Telling:
    """Where it comes from, and the id of who has reviewed it there, empty when nobody says so."""

    source: str
    reviewer: str
    at: datetime
    playbook: str = ""


def known_reviewer(told: str, settings: Settings) -> str | None:
    """The id of one of our own people, whom `told` names by id or address; None for others."""
    wanted = told.strip().casefold()
    known = (
        one.id
        for one in settings.staff
        if wanted in (one.id.casefold(), (one.email or "").casefold())
    )
    return next(known, None)


def begun(ref: str, content: Content) -> Article:
    """Its own words stay empty until a version is published: nobody finds it before."""
    article = Article(ref=ref, title="", state=ArticleState.DRAFT)
    article.audience, article.readers = Audience(content.audience), list(content.readers)
    article.owner, article.language = content.owner, content.language
    article.category = content.category
    return article


def told_last(article: Article, uow: UnitOfWork) -> Content | None:
    """What stands there, or else waits for a review."""
    if article.title:
        return of_article(article)
    newest = uow.articles.newest(article.id)
    return of_version(newest) if newest else None


def take(
    article: Article, content: Content, telling: Telling, uow: UnitOfWork, settings: Settings
) -> bool:
    """True when it says something new, or is published by this."""
    newest = uow.articles.newest(article.id)
    is_published = article.state in (ArticleState.PUBLISHED, ArticleState.RETIRED)
    is_same = is_published and of_article(article) == content
    stands = _stands(article, content, telling, uow, settings)
    if is_same and (article.number or not stands):
        return False
    waits = newest is not None and newest.state is VersionState.IN_REVIEW
    if newest is None or not waits or newest.digest != content.digest:
        newest = _written(article, content, telling, uow)
    elif not stands:
        return False
    if stands:
        _publish(article, newest, content, telling, uow)
    elif not is_published:
        article.state = ArticleState.IN_REVIEW
        article.audience, article.readers = Audience(content.audience), list(content.readers)
        article.owner = content.owner
    return True


def is_reviewed_here(article: Article, uow: UnitOfWork) -> bool:
    if not article.number:
        return False
    version = uow.articles.version(article.id, article.number)
    return version is None or version.author not in SOURCES or version.note != VOUCHED


def _stands(
    article: Article, content: Content, telling: Telling, uow: UnitOfWork, settings: Settings
) -> bool:
    """What hides something nobody can have read."""
    person = next((one for one in settings.staff if one.id == telling.reviewer), None)
    if person is None or hidden_in(f"{content.title}\n{content.summary}\n{content.body}"):
        return False
    reader = Person(id=person.id, name=person.name, roles=frozenset(person.roles))
    reads = may_read(reader, Audience(content.audience), content.readers, content.owner)
    return reads and not is_reviewed_here(article, uow)


def _written(
    article: Article, content: Content, telling: Telling, uow: UnitOfWork
) -> ArticleVersion:
    return uow.articles.write(
        ArticleVersion(
            article_id=article.id,
            number=0,
            title=content.title,
            body=content.body,
            facts=content.facts,
            note=WAITING,
            author=telling.source,
            state=VersionState.IN_REVIEW,
            digest=content.digest,
            created_at=telling.at,
        )
    )


def _publish(
    article: Article, version: ArticleVersion, content: Content, telling: Telling, uow: UnitOfWork
) -> None:
    """By whoever stands for it, as if they had read it here. What somebody wrote here stays
    theirs."""
    version.state = VersionState.PUBLISHED
    if version.author in SOURCES:
        version.author, version.note = telling.source, VOUCHED
    version.decided_by, version.decided_at = telling.reviewer, telling.at
    content.put_on(article)
    article.number, article.state = version.number, ArticleState.PUBLISHED
    article.published_at = article.published_at or telling.at
    article.playbook = telling.playbook
    article.reviewed_on = article.reviewed_on or telling.at.date().isoformat()
    article.stale, article.stale_at = "", None
    uow.session.flush()
    Search(uow.session).index(article)
    about = {"number": version.number, "digest": version.digest}
    uow.record(telling.at, "article published", telling.reviewer, f"article:{article.id}", about)
