"""Public articles where customers find them: in the help centre, both ways.

What changed on one side goes to the other; where both changed a person chooses, and until then
neither is overwritten. What somebody wrote there is found here once it is reviewed.
"""

from dataclasses import dataclass

from bot import knowledge_commands as commands
from bot.cards import Answer
from bot.centre import CentreArticle, HelpCentre
from bot.config import Settings
from bot.errors import OutsideError, Refused, TryLater
from bot.flows.knowledge import mirroring
from bot.flows.knowledge.keeping import Keeping
from bot.flows.knowledge.mirroring import (
    is_in_step,
    is_told,
    mark_of,
    marker_of,
)
from bot.knowledge_events import ArticlePublished, ArticleWithdrawn
from bot.ports import Clock
from bot.steps import Again, Verdict, later
from storage.models import Mirror, MirrorState
from storage.repositories import Claimed
from storage.unit_of_work import UnitOfWork

NOT_LOOKED_S = 60.0
Told = ArticlePublished | ArticleWithdrawn


@dataclass(frozen=True)
class Sending:
    """What customers are to find; `digest` is of what both sides had in common last, and `held`
    are the help centre's articles that belong to others of ours. `puts_back` says that what is a
    draft there is so by us, or that somebody chose ours."""

    article: int
    number: int
    title: str
    body: str
    language: str
    is_public: bool
    ref: str | None
    digest: str
    marker: str
    looks_first: bool
    held: frozenset[str]
    puts_back: bool


@dataclass(frozen=True)
class Sent:
    theirs: CentreArticle


@dataclass(frozen=True)
class Withdrawn:
    """Customers do not find it; None when it never stood there."""

    theirs: CentreArticle | None


@dataclass(frozen=True)
class Differs:
    """Somebody changed it there, or removed it (None): nothing was sent."""

    theirs: CentreArticle | None


def plan(
    event: Told,
    uow: UnitOfWork,
    delivery: Claimed,
    clock: Clock,
    settings: Settings,
    help_centre: HelpCentre | None,
) -> Sending | Again | None:
    desk = settings.help_desk.kind
    if settings.help_desk.centre is None or help_centre is None:
        return None
    article = uow.articles.get(event.article)
    mirror = uow.mirrors.of(article.id, desk)
    if mirror is None and not is_told(article):
        return None
    if uow.marks.get(mark_of(desk)) is None:
        # What is there already would be added a second time.
        return Again(NOT_LOOKED_S, "the help centre was not looked at yet", held=True)
    if mirror is None:
        row = Mirror(article_id=article.id, desk=desk, updated_at=clock.now())
        mirror = uow.mirrors.add(row)
    looks_first = mirror.state == MirrorState.SENDING
    if not is_told(article):
        # Whatever a person still has to choose: until then customers would find it.
        if mirror.ref is None and not looks_first:
            return None
    elif mirror.state in MirrorState.CHOSEN or is_in_step(mirror, article, uow):
        return None
    else:
        mirror.state, mirror.updated_at = MirrorState.SENDING, clock.now()
    return Sending(
        article.id,
        article.number,
        article.title,
        article.body,
        article.language,
        is_told(article),
        mirror.ref,
        mirror.digest,
        marker_of(article),
        looks_first,
        uow.mirrors.refs(desk) if looks_first else frozenset(),
        (mirror.theirs or {}).get("puts_back", False),
    )


def act(intent: Sending, help_centre: HelpCentre | None) -> Sent | Withdrawn | Differs:
    if help_centre is None:
        raise TryLater("the help centre is not connected")
    theirs = _theirs(intent, help_centre)
    if not intent.is_public:
        # Its words may be for a few alone by now, and everybody there reads drafts.
        return Withdrawn(help_centre.withdraw(theirs.id) if theirs else None)
    if theirs is None and intent.ref is not None:
        return Differs(None)
    if theirs is None:
        return Sent(help_centre.add(intent.title, intent.body, intent.language, intent.marker))
    if not theirs.is_public and not intent.puts_back:
        return Differs(theirs)
    ours = help_centre.digest(intent.title, intent.body)
    if theirs.digest == ours and theirs.is_public:
        return Sent(theirs)
    if theirs.digest not in (intent.digest, ours):
        return Differs(theirs)
    return Sent(help_centre.change(theirs.id, intent.title, intent.body, intent.language))


def _theirs(intent: Sending, help_centre: HelpCentre) -> CentreArticle | None:
    """What stands there of it by now. Only after an answer that never came is there something to
    look for, and what belongs to another article of ours is not it."""
    if intent.ref is not None:
        return help_centre.article(intent.ref)
    if not intent.looks_first:
        return None
    found = help_centre.find(intent.marker, intent.title, intent.body)
    return next((one for one in found if one.id not in intent.held), None)


def settle(
    event: Told,
    intent: Sending,
    outcome: Sent | Withdrawn | Differs | OutsideError,
    uow: UnitOfWork,
    keeping: Keeping,
    settings: Settings,
) -> Verdict:
    desk = settings.help_desk.kind
    mirror, article = uow.mirrors.of(intent.article, desk), uow.articles.get(intent.article)
    if mirror is None:
        return None
    match outcome:
        case Sent(CentreArticle(id=ref)) | Differs(CentreArticle(id=ref)) if uow.mirrors.is_held(
            desk, ref, article.id
        ):
            _refused(mirror, "held by another article", uow, keeping)
        case Sent(theirs):
            mirroring.in_step(mirror, theirs, intent.number, keeping)
            article.url = theirs.url or article.url
            if is_told(article) and (article.number, article.title, article.body) == _words(intent):
                return None
            # While it was on its way a name was erased from it, or it was retired: its withdrawal
            # may have been there first.
            mirror.state = MirrorState.WANTED
            return Again(reason="it is another one by now")
        case Withdrawn(theirs):
            mirroring.withdrawn(mirror, theirs, intent.number, uow, keeping)
        case Differs(theirs) if is_told(article):
            mirroring.differs(mirror, theirs, uow, keeping)
        case OutsideError():
            return _failed(outcome, intent, mirror, uow, keeping)
    return None


def _words(intent: Sending) -> tuple[int, str, str]:
    return intent.number, intent.title, intent.body


def _failed(
    error: OutsideError, intent: Sending, mirror: Mirror, uow: UnitOfWork, keeping: Keeping
) -> Verdict:
    match error:
        case TryLater():
            if intent.is_public and not intent.looks_first:
                # Certainly nothing was added, so there is nothing to look for.
                mirror.state = MirrorState.WANTED
            return later(str(error), error.retry_after)
        case Refused():
            _refused(mirror, error.code, uow, keeping)
            return None
    return Again(reason=str(error))


def _refused(mirror: Mirror, why: str, uow: UnitOfWork, keeping: Keeping) -> None:
    mirror.state, mirror.trouble = MirrorState.REFUSED, why
    keeping.administrators.tell(uow, f"The help centre refuses article {mirror.article_id}: {why}.")


def pull(
    command: commands.PullArticles,
    uow: UnitOfWork,
    keeping: Keeping,
    settings: Settings,
    help_centre: HelpCentre | None,
) -> Answer:
    """What the help centre held a moment ago, a page of it, and what it holds no more."""
    for theirs in command.articles:
        mirror = _known(theirs, command.desk, uow, help_centre)
        if mirror is None:
            mirroring.adopt(theirs, command.desk, uow, keeping, settings)
        elif mirror.updated_at <= command.began:
            if mirror.digest != theirs.digest and _says_the_same(theirs, mirror, uow, help_centre):
                mirror.digest = theirs.digest
            mirroring.take_in(theirs, mirror, uow, keeping)
    for ref in command.gone:
        mirror = uow.mirrors.by_ref(command.desk, ref)
        if mirror is not None and mirror.updated_at <= command.began:
            mirroring.take_away(mirror, uow, keeping, is_gone=True)
    if command.is_last:
        _note_missing(command, uow, keeping)
        uow.marks.begin(mark_of(command.desk), keeping.clock.now())
    return None


def _note_missing(command: commands.PullArticles, uow: UnitOfWork, keeping: Keeping) -> None:
    """Once, until most are there again."""
    mark = f"missing:{command.desk}"
    if not command.missing:
        uow.marks.drop(mark)
    elif uow.marks.get(mark) is None:
        uow.marks.begin(mark, keeping.clock.now())
        text = (
            f"{command.missing} articles are not in the help centre any more, which is most of "
            "them, so none was taken away here. Please look whether its key or section was changed."
        )
        keeping.administrators.tell(uow, text)


def _known(
    theirs: CentreArticle, desk: str, uow: UnitOfWork, help_centre: HelpCentre | None
) -> Mirror | None:
    """Also one that we added, and whose answer never came: its label says so, or its words."""
    if known := uow.mirrors.by_ref(desk, theirs.id):
        return known
    for mirror in uow.mirrors.nowhere(desk, MirrorState.SENDING):
        article = uow.articles.get(mirror.article_id)
        is_sent = _says_the_same(theirs, mirror, uow, help_centre)
        if marker_of(article) in theirs.labels or is_sent:
            mirror.ref, mirror.digest = theirs.id, theirs.digest
            return mirror
    return None


def _says_the_same(
    theirs: CentreArticle, mirror: Mirror, uow: UnitOfWork, help_centre: HelpCentre | None
) -> bool:
    """As what is published here; also when what both had in common was digested otherwise."""
    if help_centre is None:
        return False
    article = uow.articles.get(mirror.article_id)
    return help_centre.digest(article.title, article.body) == theirs.digest
