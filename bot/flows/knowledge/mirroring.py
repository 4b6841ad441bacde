"""What the help centre says of an article, taken in: nothing that is newer here is overwritten."""

from dataclasses import replace
from typing import Any

from bot.agent.poison import hidden_in
from bot.centre import CentreArticle
from bot.config import Settings
from bot.flows.knowledge.contents import Content, of_article
from bot.flows.knowledge.keeping import Keeping, card_key
from bot.flows.knowledge.vouching import Telling, begun, is_reviewed_here, take, told_last
from bot.flows.knowledge.writing import hand_in
from bot.knowledge_events import ArticlePublished
from storage.models import (
    Article,
    ArticleState,
    ArticleVersion,
    Audience,
    Mirror,
    MirrorState,
    VersionState,
)
from storage.unit_of_work import UnitOfWork


def mark_of(desk: str) -> str:
    """The mark of when all of it was looked at last."""
    return f"centre:{desk}"


def is_told(article: Article) -> bool:
    """Whether customers are to find it."""
    return article.state is ArticleState.PUBLISHED and article.audience is Audience.PUBLIC


def is_followed(article: Article) -> bool:
    """What is retired here, or not for customers, is not opened again from there."""
    return article.audience is Audience.PUBLIC and article.state is not ArticleState.RETIRED


def marker_of(article: Article) -> str:
    return f"backstop-{article.ref}"


def is_in_step(mirror: Mirror, article: Article, uow: UnitOfWork) -> bool:
    """Whether nothing of ours is on its way: a version that was proposed from there, and
    published as it was, stands there already."""
    if mirror.state == MirrorState.IN_STEP and mirror.number != article.number:
        version = uow.articles.version(article.id, article.number)
        if version is not None and version.author == mirror.desk:
            mirror.number = article.number
    return mirror.state == MirrorState.IN_STEP and mirror.number == article.number


def adopt(
    theirs: CentreArticle, desk: str, uow: UnitOfWork, keeping: Keeping, settings: Settings
) -> None:
    """One that nobody here knows of, or that was imported from there before."""
    article = uow.articles.by_ref(theirs.id)
    if article is None and theirs.is_public:
        new = _new(theirs, desk, uow, keeping, settings)
        _mirror(new, theirs, desk, uow, keeping).digest = theirs.digest
    elif article is None or uow.mirrors.of(article.id, desk) is not None:
        # Somebody brought back what was removed there, while ours stands there by another id.
        return
    elif is_followed(article):
        take_in(theirs, _mirror(article, theirs, desk, uow, keeping), uow, keeping)


def take_in(theirs: CentreArticle, mirror: Mirror, uow: UnitOfWork, keeping: Keeping) -> None:
    article = uow.articles.get(mirror.article_id)
    if mirror.state == MirrorState.SENDING or not is_followed(article):
        return
    if mirror.state == MirrorState.CONFLICT:
        if not _is_known(mirror, theirs):
            conflict(mirror, theirs, uow, keeping)
    elif mirror.state == MirrorState.HIDDEN and (not theirs.is_public or _hides(theirs)):
        if mirror.theirs != {"is_gone": False}:
            hidden(mirror, uow, keeping, is_gone=False)
    else:
        if mirror.state == MirrorState.HIDDEN:
            _shown_again(article, mirror, uow, keeping)
        _compare(article, theirs, mirror, uow, keeping)


def _is_known(mirror: Mirror, theirs: CentreArticle) -> bool:
    """Its words as they are kept here may lack a name that was erased."""
    kept = mirror.theirs or {}
    return (kept.get("digest"), kept.get("is_public")) == (theirs.digest, theirs.is_public)


def _shown_again(article: Article, mirror: Mirror, uow: UnitOfWork, keeping: Keeping) -> None:
    """Nobody has to choose any more; what was published here meanwhile is on its way."""
    mirror.state, mirror.theirs = MirrorState.IN_STEP, None
    keeping.publisher.redraw(uow, f"mirror-{mirror.article_id}")
    if is_told(article) and not is_in_step(mirror, article, uow):
        mirror.state = MirrorState.WANTED
        uow.emit(ArticlePublished(article.id, article.number), key=card_key(article.id))


def _compare(
    article: Article, theirs: CentreArticle, mirror: Mirror, uow: UnitOfWork, keeping: Keeping
) -> None:
    if mirror.digest != theirs.digest:
        _changed(article, theirs, mirror, uow, keeping)
    elif not theirs.is_public or _hides_now(article, theirs, uow):
        take_away(mirror, uow, keeping, is_gone=False)
    elif _was_hidden_there(article, uow):
        _tell(article, theirs, mirror.desk, uow, keeping)
        in_step(mirror, theirs, _number(article, uow), keeping)


def _hides_now(article: Article, theirs: CentreArticle, uow: UnitOfWork) -> bool:
    """Its words are the same, and some of them nobody sees any more."""
    is_answered_with = article.state is ArticleState.PUBLISHED
    return is_answered_with and not is_reviewed_here(article, uow) and _hides(theirs)


def take_away(mirror: Mirror, uow: UnitOfWork, keeping: Keeping, *, is_gone: bool) -> None:
    """Customers find it there no more. What came from there is found here no more either; of what
    was reviewed here a person says."""
    article = uow.articles.get(mirror.article_id)
    is_chosen = is_gone and mirror.state in MirrorState.CHOSEN
    if not is_told(article) or not (is_chosen or is_in_step(mirror, article, uow)):
        return
    if not is_reviewed_here(article, uow):
        article.state = ArticleState.DRAFT
        keeping.redraw(uow, article.id)
    about = {"removed": is_gone, "found_here": is_told(article)}
    keeping.record(uow, "article hidden in the help centre", mirror.desk, article.id, **about)
    hidden(mirror, uow, keeping, is_gone=is_gone)


def _was_hidden_there(article: Article, uow: UnitOfWork) -> bool:
    """And not given back by somebody here, nor held for what it hides."""
    if article.state is not ArticleState.DRAFT:
        return False
    newest = uow.articles.newest(article.id)
    return newest is not None and newest.state is VersionState.PUBLISHED


def _changed(
    article: Article, theirs: CentreArticle, mirror: Mirror, uow: UnitOfWork, keeping: Keeping
) -> None:
    if article.number and not is_in_step(mirror, article, uow):
        conflict(mirror, theirs, uow, keeping)
    elif not theirs.is_public:
        # What is a draft there is nobody's to read here before it is published there.
        take_away(mirror, uow, keeping, is_gone=False)
    elif not is_reviewed_here(article, uow):
        _tell(article, theirs, mirror.desk, uow, keeping)
        in_step(mirror, theirs, _number(article, uow), keeping)
    else:
        mirror.digest = theirs.digest
        propose(article, mirror, theirs.title, theirs.body, uow, keeping)


def _mirror(
    article: Article, theirs: CentreArticle, desk: str, uow: UnitOfWork, keeping: Keeping
) -> Mirror:
    mirror = Mirror(article_id=article.id, desk=desk, ref=theirs.id, updated_at=keeping.clock.now())
    mirror.number = article.number or _number(article, uow)
    # One that was imported before is brought to what it says now.
    mirror.digest = theirs.digest if article.body == theirs.body else ""
    mirror.state = MirrorState.IN_STEP
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
    """Found at once where somebody stands for the help centre, and else once it is reviewed."""
    settings = keeping.settings
    before = told_last(article, uow) or Content("", "", language=article.language)
    before = replace(before, audience=article.audience.value)
    content = replace(before, title=theirs.title, body=theirs.body)
    at = keeping.clock.now()
    # What customers do not see there nobody can have read.
    reviewer = "" if _hides(theirs) else settings.knowledge.reviewed_by or ""
    telling = Telling(desk, reviewer, at, settings.agent.playbook)
    take(article, content, telling, uow, settings)
    article.url = theirs.url
    if article.state is ArticleState.PUBLISHED and _hides(theirs):
        # Taken back at once, and not when somebody has read it.
        article.state = ArticleState.DRAFT


def _hides(theirs: CentreArticle) -> bool:
    return bool(hidden_in(f"{theirs.title}\n{theirs.body}") or hidden_in(theirs.styling))


def _number(article: Article, uow: UnitOfWork) -> int:
    """Of the version that the help centre told last."""
    newest = uow.articles.newest(article.id)
    return newest.number if newest else article.number


def in_step(mirror: Mirror, theirs: CentreArticle, number: int, keeping: Keeping) -> None:
    mirror.ref, mirror.digest, mirror.number = theirs.id, theirs.digest, number
    mirror.state, mirror.theirs, mirror.trouble = MirrorState.IN_STEP, None, ""
    mirror.updated_at = keeping.clock.now()


def withdrawn(
    mirror: Mirror,
    theirs: CentreArticle | None,
    number: int,
    uow: UnitOfWork,
    keeping: Keeping,
) -> None:
    """Customers find it no more, so nobody has to choose. What somebody changed there meanwhile
    counts as changed there, should it ever be for customers again."""
    if theirs is not None:
        known = mirror.digest
        in_step(mirror, theirs, number, keeping)
        mirror.digest = known or theirs.digest
    else:
        mirror.state = MirrorState.IN_STEP
    mirror.theirs = {"puts_back": True}
    uow.session.flush()
    keeping.publisher.redraw(uow, f"mirror-{mirror.article_id}")


def hidden(mirror: Mirror, uow: UnitOfWork, keeping: Keeping, *, is_gone: bool) -> None:
    mirror.state, mirror.theirs = MirrorState.HIDDEN, {"is_gone": is_gone}
    mirror.updated_at = keeping.clock.now()
    ask(mirror, uow, keeping)


def ask(mirror: Mirror, uow: UnitOfWork, keeping: Keeping) -> None:
    """A person, where there is something to choose: what nobody finds here asks nothing."""
    uow.session.flush()
    is_open = mirror.state in MirrorState.CHOSEN
    if is_open and is_told(uow.articles.get(mirror.article_id)):
        keeping.show(uow, f"mirror-{mirror.article_id}")


def differs(
    mirror: Mirror, theirs: CentreArticle | None, uow: UnitOfWork, keeping: Keeping
) -> None:
    """Between an article here and what stands there, or None where it was removed there."""
    if theirs is None or (not theirs.is_public and theirs.digest == mirror.digest):
        hidden(mirror, uow, keeping, is_gone=theirs is None)
    else:
        conflict(mirror, theirs, uow, keeping)


def conflict(mirror: Mirror, theirs: CentreArticle, uow: UnitOfWork, keeping: Keeping) -> None:
    mirror.state, mirror.theirs = MirrorState.CONFLICT, _kept(theirs)
    mirror.ref = theirs.id
    mirror.updated_at = keeping.clock.now()
    ask(mirror, uow, keeping)


def _kept(theirs: CentreArticle) -> dict[str, Any]:
    told = {"title": theirs.title, "body": theirs.body, "digest": theirs.digest}
    return {**told, "is_public": theirs.is_public}


def propose(
    article: Article,
    mirror: Mirror,
    title: str,
    body: str,
    uow: UnitOfWork,
    keeping: Keeping,
) -> None:
    """A version that a person reviews; given back, it leaves both sides as they are."""
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
    mirror.number, mirror.state = article.number, MirrorState.IN_STEP
    hand_in(article, version, uow, keeping)
