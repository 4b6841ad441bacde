"""Public articles where customers find them: in the help centre, both ways.

What changed on one side goes to the other; where both changed a person chooses, and until then
neither is overwritten. What somebody wrote there is found here once it is reviewed.
"""

from dataclasses import dataclass

from bot import knowledge_commands as commands
from bot.cards import Answer, Block, Button, Buttons, Card, Link, Quote, Strong, Text
from bot.centre import CentreArticle, HelpCentre
from bot.config import Settings
from bot.errors import OutcomeUnknown, Outdated, OutsideError, Refused, TryLater
from bot.flows.knowledge import mirroring
from bot.flows.knowledge.keeping import Keeping
from bot.flows.knowledge.mirroring import CONFLICT, IN_STEP, SENDING, WANTED, is_told, mark_of
from bot.knowledge_events import ArticlePublished, ArticleWithdrawn
from bot.ports import Clock
from bot.steps import Again, Verdict, later
from storage.models import Article, Audience, Mirror
from storage.repositories import Claimed
from storage.unit_of_work import UnitOfWork

NOT_LOOKED_S = 60.0
Told = ArticlePublished | ArticleWithdrawn


@dataclass(frozen=True)
class Sending:
    """What customers are to find; `digest` is of what both sides had in common last."""

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


@dataclass(frozen=True)
class Sent:
    theirs: CentreArticle


@dataclass(frozen=True)
class Differs:
    """Somebody changed it there: nothing was sent."""

    theirs: CentreArticle


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
        row = Mirror(article_id=article.id, desk=desk, updated_at=clock.now(), state=WANTED)
        mirror = uow.mirrors.add(row)
    if mirror.state == CONFLICT or (
        mirror.state == IN_STEP and mirror.number == article.number and is_told(article)
    ):
        return None
    looks_first = mirror.state == SENDING
    mirror.state, mirror.updated_at = SENDING, clock.now()
    return Sending(
        article.id,
        article.number,
        article.title,
        article.body,
        article.language,
        is_told(article),
        mirror.ref,
        mirror.digest,
        f"backstop-{article.ref}",
        looks_first,
    )


def act(intent: Sending, help_centre: HelpCentre | None) -> Sent | Differs | None:
    if help_centre is None:
        raise TryLater("the help centre is not connected")
    ref = intent.ref
    if ref is None and intent.looks_first:
        found = help_centre.find(intent.marker, intent.title)
        ref = found.id if found else None
    if ref is None:
        if not intent.is_public:
            return None
        added = help_centre.add(intent.title, intent.body, intent.language, intent.marker)
        return Sent(added)
    theirs = help_centre.article(ref)
    ours = help_centre.digest(intent.title, intent.body)
    if theirs.digest == ours and theirs.is_public == intent.is_public:
        return Sent(theirs)
    if intent.digest and theirs.digest not in (intent.digest, ours):
        return Differs(theirs)
    return Sent(
        help_centre.change(ref, intent.title, intent.body, intent.language, intent.is_public)
    )


def settle(
    event: Told,
    intent: Sending,
    outcome: Sent | Differs | OutsideError | None,
    uow: UnitOfWork,
    keeping: Keeping,
    settings: Settings,
) -> Verdict:
    mirror = uow.mirrors.of(intent.article, settings.help_desk.kind)
    if mirror is None:
        return None
    match outcome:
        case Sent():
            mirroring.in_step(mirror, outcome.theirs, intent.number, keeping)
            article = uow.articles.get(intent.article)
            article.url = outcome.theirs.url or article.url
        case Differs():
            mirroring.conflict(mirror, outcome.theirs, uow, keeping)
        case TryLater():
            return later(str(outcome), outcome.retry_after)
        case OutcomeUnknown():
            return Again(reason=str(outcome))
        case Refused():
            mirror.state, mirror.trouble = "refused", outcome.code
            keeping.administrators.tell(
                uow, f"The help centre refuses article {intent.article}: {outcome.code}."
            )
        case None:
            mirror.state = IN_STEP
    return None


def pull(
    command: commands.PullArticles, uow: UnitOfWork, keeping: Keeping, settings: Settings
) -> Answer:
    """What the help centre holds at this moment, a page of it."""
    for theirs in command.articles:
        mirroring.take_in(theirs, command.desk, uow, keeping, settings)
    if command.is_last:
        uow.marks.begin(mark_of(command.desk), keeping.clock.now())
    return None


def settle_conflict(
    command: commands.SettleMirror, uow: UnitOfWork, keeping: Keeping, settings: Settings
) -> Answer:
    """Over exactly the two tellings that were shown."""
    person, article = keeping.editor(command.by, command.article, uow)
    mirror = uow.mirrors.of(article.id, settings.help_desk.kind)
    if (
        mirror is None
        or mirror.state != CONFLICT
        or not mirror.theirs
        or mirror.theirs["digest"] != command.digest
        or article.number != command.number
    ):
        raise Outdated("It has changed since. Please look at the card again.")
    theirs, mirror.digest = mirror.theirs, command.digest
    mirror.theirs, mirror.state = None, WANTED
    keeping.record(uow, "conflict settled", person.id, article.id, keep=command.keep)
    if command.keep == "ours":
        uow.emit(ArticlePublished(article.id, article.number))
    else:
        mirroring.propose(article, mirror, theirs["title"], theirs["body"], uow, keeping)
    keeping.publisher.redraw(uow, f"mirror-{article.id}", urgent=0)
    return None


def draw_mirror(ident: int, uow: UnitOfWork, keeping: Keeping, settings: Settings) -> Card | None:
    article = uow.articles.get(ident)
    mirror = uow.mirrors.of(ident, settings.help_desk.kind)
    if mirror is None:
        return None
    is_for_all = article.audience is Audience.PUBLIC
    title = _title(article) if is_for_all else Strong(f"Article #{article.id}")
    blocks: list[Block] = [Text((title,))]
    if mirror.state == CONFLICT and mirror.theirs:
        args = {
            "article": article.id,
            "number": article.number,
            "digest": mirror.theirs["digest"],
        }
        if is_for_all:
            blocks.append(Quote(f"{article.title}\n{article.body}", by="Here"))
        blocks += [
            Quote(f"{mirror.theirs['title']}\n{mirror.theirs['body']}", by="In the help centre"),
            Text(("Both were changed. Neither is overwritten until somebody chooses.",)),
            Buttons(
                (
                    Button("Keep ours", "mirror.ours", args),
                    Button("Take theirs", "mirror.theirs", args),
                )
            ),
        ]
    else:
        blocks.append(Text(("Somebody has chosen.",)))
    return Card(
        key=f"mirror-{ident}",
        title="An article changed on both sides",
        summary="An article changed here and in the help centre.",
        blocks=tuple(blocks),
        tone="warning" if mirror.state == CONFLICT else "good",
    )


def _title(article: Article) -> Link | Strong:
    return Link(article.url, article.title) if article.url else Strong(article.title)
