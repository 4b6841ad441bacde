"""Articles that may be untrue, or do not go together: said at once, and to whom it concerns."""

from collections.abc import Callable
from dataclasses import dataclass

from bot import events
from bot import knowledge_commands as commands
from bot.agent.passages import passages_of
from bot.cards import Answer, Block, Button, Buttons, Card, Divider, Quote, Strong, Text
from bot.errors import OutsideError
from bot.flows.knowledge import article_cards
from bot.flows.knowledge.answer_cards import text_of
from bot.flows.knowledge.keeping import Keeping
from bot.flows.knowledge.likeness import Alike, alike, told_in
from bot.flows.knowledge.rules import passage_of
from bot.knowledge_events import ArticleDoubted, ArticlePublished, ReviewDue
from bot.sight import reads
from bot.steps import Verdict
from storage.models import Article, ArticleState, Audience, Likeness
from storage.search import Search, Sight
from storage.unit_of_work import UnitOfWork

NEAR = 8
Reading = Callable[[], UnitOfWork]
_SAYS = {
    "duplicate": "say the same",
    "contradiction": "say different things of the same",
}


@dataclass(frozen=True)
class Found:
    """An article that is near, and which passages of both are alike."""

    article: int
    pairs: tuple[Alike, ...]


def follow_doubt(event: ArticleDoubted, uow: UnitOfWork, keeping: Keeping) -> None:
    """Whoever looks after it is told, and so is the channel."""
    article = uow.articles.get(event.article)
    if not article.stale:
        return
    keeping.show_article(uow, article)
    keeping.redraw(uow, article.id)
    owner = keeping.directory.get(article.owner) if article.owner else None
    if owner is not None:
        mine = f"{keeping.settings.command_names.kb} mine"
        told = f"An article of yours may be out of date: {article.stale}. Look at `{mine}`."
        keeping.publisher.tell(uow, owner, told)


def ask_for_review(event: ReviewDue, uow: UnitOfWork, keeping: Keeping) -> None:
    """Its interval is over; whoever has looked at it meanwhile is not asked."""
    article = uow.articles.get(event.article)
    if article.reviewed_on == event.reviewed_on and article.review_days:
        keeping.doubt(uow, article, f"nobody has looked at it for {article.review_days} days")


def note_releases(command: commands.NoteReleases, uow: UnitOfWork, keeping: Keeping) -> Answer:
    """What tells of a product is doubted when there is a version that it does not name. The first
    version that is known of a product is no news."""
    known = {product for product, _ in uow.health.releases()}
    now = keeping.clock.now()
    new = [
        (product, version)
        for product, version in command.releases
        if uow.health.release(product, version, now) and product in known
    ]
    for article in uow.articles.all(ArticleState.PUBLISHED) if new else ():
        for product, version in new:
            if product in article.products and not _names(article, version):
                keeping.doubt(uow, article, f"{product} {version} is out")
    return None


def _names(article: Article, version: str) -> bool:
    return any(version == tag.rpartition(" ")[2] for tag in article.releases)


def note_playbook(event: events.Started, uow: UnitOfWork, keeping: Keeping) -> None:
    """What was reviewed under another playbook may say what is no longer done."""
    playbook = keeping.settings.agent.playbook
    for article in uow.articles.under_another(playbook):
        keeping.doubt(uow, article, f"the playbook is {playbook} now")


def plan_comparing(event: ArticlePublished, uow: UnitOfWork) -> int | None:
    article = uow.articles.get(event.article)
    return article.id if article.state is ArticleState.PUBLISHED else None


def compare(intent: int, reading: Reading) -> tuple[Found, ...]:
    """Put beside its nearest neighbours, while others write: long articles take seconds."""
    with reading() as uow:
        article = uow.articles.get(intent)
        sight = Sight(internal=True, restricted=tuple(i for i, _, _ in uow.articles.restricted()))
        words = f"{article.title} {article.body}"
        near = [
            one
            for one in Search(uow.session).articles(words, NEAR, sight)
            if one.article_id != article.id and one.language == article.language
        ]
        text = text_of(article)
    mine = told_in(passages_of(text))
    return tuple(
        Found(one.article_id, tuple(alike(mine, told_in(passages_of(one.text))))) for one in near
    )


def note_likenesses(
    event: ArticlePublished,
    intent: int,
    outcome: tuple[Found, ...] | OutsideError,
    uow: UnitOfWork,
    keeping: Keeping,
) -> Verdict:
    """What is found is shown once."""
    for found in outcome if not isinstance(outcome, OutsideError) else ():
        older, newer = sorted((found.article, intent))
        for pair in found.pairs:
            numbers = (pair.one, pair.other) if intent == older else (pair.other, pair.one)
            now = keeping.clock.now()
            likeness = Likeness(
                one=older, other=newer, kind=pair.kind, passages=list(numbers), created_at=now
            )
            if uow.health.suspect(likeness):
                _show(uow, older, newer, pair.kind, keeping)
    return None


def _show(uow: UnitOfWork, one: int, other: int, kind: str, keeping: Keeping) -> None:
    """Not in a channel when one of both is restricted: the card would say that they are alike.
    Whoever looks after one and may read both is told privately."""
    if any(uow.articles.get(i).audience is Audience.RESTRICTED for i in (one, other)):
        return
    for each in uow.health.likenesses(one):
        if (each.one, each.other, each.kind) == (one, other, kind):
            keeping.show(uow, f"likeness-{each.id}")


def draw_likeness(ident: int, uow: UnitOfWork, keeping: Keeping) -> Card | None:
    """Side by side; each with the passage that shows it, where anybody may read both."""
    likeness = uow.health.likeness(ident)
    pair = [uow.articles.get(i) for i in (likeness.one, likeness.other)]
    if any(article.audience is Audience.RESTRICTED for article in pair):
        return None
    is_over = likeness.decided_by or any(a.state is not ArticleState.PUBLISHED for a in pair)
    is_public = all(
        article.audience is Audience.PUBLIC and article.state is ArticleState.PUBLISHED
        for article in pair
    )
    blocks: list[Block] = []
    for article, number in zip(pair, likeness.passages, strict=True):
        blocks.append(Text((Strong(article.title),)))
        if is_public:
            blocks.append(Quote(passage_of(text_of(article), number), ""))
    blocks.append(Divider())
    if likeness.decided_by:
        blocks.append(Text((f"{keeping.name(likeness.decided_by)} says it is right so.",)))
    elif is_over:
        blocks.append(Text(("One of both is retired.",)))
    else:
        first, second = (
            Button(f"Open {n}", "article.open", {"article": a.id})
            for n, a in zip(("the first", "the second"), pair, strict=True)
        )
        settle = Button("It is right so", "likeness.settle", {"likeness": likeness.id})
        blocks.append(Buttons((first, second, settle)))
    return Card(
        key=f"likeness-{likeness.id}",
        title=f"Two articles {_SAYS[likeness.kind]}",
        summary=f"Two articles {_SAYS[likeness.kind]}.",
        blocks=tuple(blocks),
        tone="neutral" if is_over else "warning",
    )


def settle_likeness(command: commands.SettleLikeness, uow: UnitOfWork, keeping: Keeping) -> Answer:
    person = keeping.keeper(command.by)
    likeness = uow.health.likeness(command.likeness)
    pair = [uow.articles.get(i) for i in (likeness.one, likeness.other)]
    if all(reads(person, article) for article in pair):
        uow.health.decide(likeness.id, person.id)
        keeping.publisher.redraw(uow, f"likeness-{likeness.id}", urgent=0)
    if command.article is None:
        return None
    _, article = keeping.reader(command.by, command.article, uow)
    return article_cards.whole(article, uow.articles.newest(article.id), person, uow, keeping)
