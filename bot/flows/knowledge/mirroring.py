"""What the help centre says of an article, taken in: nothing that is newer here is overwritten."""

from dataclasses import replace

from bot.agent.poison import hidden_in
from bot.centre import CentreArticle
from bot.config import Settings
from bot.flows.knowledge.contents import Content, of_article
from bot.flows.knowledge.keeping import Keeping
from bot.flows.knowledge.vouching import Telling, begun, is_reviewed_here, take, told_last
from bot.flows.knowledge.writing import hand_in
from storage.models import Article, ArticleState, ArticleVersion, Audience, Mirror
from storage.unit_of_work import UnitOfWork

WANTED, SENDING, IN_STEP, CONFLICT = "wanted", "sending", "in_step", "conflict"


def mark_of(desk: str) -> str:
    """The mark of when all of it was looked at last."""
    return f"centre:{desk}"


def is_told(article: Article) -> bool:
    """Whether customers are to find it."""
    return article.state is ArticleState.PUBLISHED and article.audience is Audience.PUBLIC


def take_in(
    theirs: CentreArticle, desk: str, uow: UnitOfWork, keeping: Keeping, settings: Settings
) -> None:
    mirror = uow.mirrors.by_ref(desk, theirs.id) or _ours(theirs, desk, uow)
    if mirror is None:
        article = uow.articles.by_ref(theirs.id)
        known = article or _new(theirs, desk, uow, keeping, settings)
        mirror = _mirror(known, theirs, desk, uow, keeping)
        if article is None:
            return
    article = uow.articles.get(mirror.article_id)
    if mirror.state in (CONFLICT, SENDING) or mirror.digest == theirs.digest:
        if mirror.state == CONFLICT and mirror.theirs != _kept(theirs):
            conflict(mirror, theirs, uow, keeping)
        return
    if article.number and article.number != mirror.number:
        conflict(mirror, theirs, uow, keeping)
    elif not is_reviewed_here(article, uow):
        _tell(article, theirs, desk, uow, keeping)
        in_step(mirror, theirs, _number(article, uow), keeping)
    else:
        mirror.digest = theirs.digest
        propose(article, mirror, theirs.title, theirs.body, uow, keeping)


def _ours(theirs: CentreArticle, desk: str, uow: UnitOfWork) -> Mirror | None:
    """One that we added, and whose answer never came: its label says so."""
    for label in theirs.labels:
        article = uow.articles.by_ref(label.removeprefix("backstop-"))
        mirror = uow.mirrors.of(article.id, desk) if article else None
        if mirror is not None and mirror.ref is None:
            mirror.ref, mirror.digest = theirs.id, theirs.digest
            return mirror
    return None


def _mirror(
    article: Article, theirs: CentreArticle, desk: str, uow: UnitOfWork, keeping: Keeping
) -> Mirror:
    mirror = Mirror(article_id=article.id, desk=desk, ref=theirs.id, updated_at=keeping.clock.now())
    mirror.number = article.number or _number(article, uow)
    # One that was imported before is brought to what it says now.
    mirror.digest = theirs.digest if article.body == theirs.body else ""
    mirror.state = IN_STEP
    return uow.mirrors.add(mirror)


def _new(
    theirs: CentreArticle, desk: str, uow: UnitOfWork, keeping: Keeping, settings: Settings
) -> Article:
    language = theirs.language or settings.company.language
    first = Content(theirs.title, theirs.body, language=language, audience=Audience.PUBLIC.value)
    article = uow.articles.add(begun(theirs.id, first))
    _tell(article, theirs, desk, uow, keeping)
    return article


def _tell(
    article: Article, theirs: CentreArticle, desk: str, uow: UnitOfWork, keeping: Keeping
) -> None:
    """Found at once where somebody stands for the help centre, and else once it is reviewed; what
    customers are not to find any more nobody is told here."""
    settings = keeping.settings
    before = told_last(article, uow) or Content("", "", language=article.language)
    before = replace(before, audience=article.audience.value)
    content = replace(before, title=theirs.title, body=theirs.body)
    reviewer = settings.knowledge.reviewed_by if theirs.is_public else None
    at = keeping.clock.now()
    telling = Telling(desk, reviewer or "", at, settings.agent.playbook)
    take(article, content, telling, uow, settings)
    article.url = theirs.url
    if article.state is ArticleState.PUBLISHED and _is_withdrawn(theirs):
        article.state = ArticleState.DRAFT


def _is_withdrawn(theirs: CentreArticle) -> bool:
    """What hides something is taken back at once, and not when somebody has read it."""
    return not theirs.is_public or bool(hidden_in(f"{theirs.title}\n{theirs.body}"))


def _number(article: Article, uow: UnitOfWork) -> int:
    """Of the version that the help centre told last."""
    newest = uow.articles.newest(article.id)
    return newest.number if newest else article.number


def in_step(mirror: Mirror, theirs: CentreArticle, number: int, keeping: Keeping) -> None:
    mirror.ref, mirror.digest, mirror.number = theirs.id, theirs.digest, number
    mirror.state, mirror.theirs, mirror.trouble = IN_STEP, None, ""
    mirror.updated_at = keeping.clock.now()


def conflict(mirror: Mirror, theirs: CentreArticle, uow: UnitOfWork, keeping: Keeping) -> None:
    mirror.state, mirror.theirs = CONFLICT, _kept(theirs)
    mirror.updated_at = keeping.clock.now()
    uow.session.flush()
    keeping.show(uow, f"mirror-{mirror.article_id}")


def _kept(theirs: CentreArticle) -> dict[str, str]:
    return {"title": theirs.title, "body": theirs.body, "digest": theirs.digest}


def propose(
    article: Article,
    mirror: Mirror,
    title: str,
    body: str,
    uow: UnitOfWork,
    keeping: Keeping,
) -> None:
    """A version that a person reviews; once it is published the help centre has it already."""
    before = of_article(article)
    content = Content(**{**vars(before), "title": title, "body": body})
    version = uow.articles.write(
        ArticleVersion(
            article_id=article.id,
            number=0,
            title=title,
            body=body,
            facts=content.facts,
            note="Changed in the help centre",
            author=mirror.desk,
            digest=content.digest,
            created_at=keeping.clock.now(),
        )
    )
    mirror.number, mirror.state = version.number, IN_STEP
    hand_in(article, version, uow, keeping)
