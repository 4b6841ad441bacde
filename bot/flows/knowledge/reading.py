"""Articles looked at one by one, privately: the whole of one, its versions, and what is mine."""

from collections import Counter

from bot import knowledge_commands as commands
from bot.cards import Block, Button, Buttons, Card, Strong, Text
from bot.flows.knowledge import article_cards
from bot.flows.knowledge.beside import told_of
from bot.flows.knowledge.contents import sees
from bot.flows.knowledge.effect import unfindable
from bot.flows.knowledge.freshness import age
from bot.flows.knowledge.keeping import Keeping
from bot.people import Person
from bot.sight import reads
from bot.words import label
from storage.models import Article, ArticleState, ArticleVersion, VersionState
from storage.unit_of_work import UnitOfWork

LISTED = 15
# Of a title on a button, as wide as a phone.
SHORT = 28
_KINDS = ("Waits for your review", "To be looked at", "You look after")


def open_article(command: commands.OpenArticle, uow: UnitOfWork, keeping: Keeping) -> Card:
    person, article = keeping.reader(command.by, command.article, uow)
    return article_cards.whole(article, uow.articles.newest(article.id), person, uow, keeping)


def show_versions(command: commands.ShowVersions, uow: UnitOfWork, keeping: Keeping) -> Card:
    person, article = keeping.editor(command.by, command.article, uow)
    return article_cards.history(article, uow.articles.versions(article.id), person, keeping)


def mine(command: commands.ListArticles, uow: UnitOfWork, keeping: Keeping) -> Card:
    """What waits for my review comes first, then what is stale, then the oldest."""
    person = keeping.keeper(command.by)
    newest = {
        ident: version
        for ident, version in uow.articles.newest_of_all().items()
        if sees(person, version)
    }
    found = (_row(one, newest.get(one.id), person, uow, keeping) for one in uow.articles.all())
    rows = [row for row in found if row]
    rows.sort(key=lambda row: (row[0], row[1], row[2].id))
    blocks: list[Block] = []
    count = Counter(row[0] for row in rows)
    for at, (kind, _, article, why) in enumerate(rows[:LISTED]):
        if not at or rows[at - 1][0] != kind:
            blocks.append(Text((f"{_KINDS[kind]} ({count[kind]})",), "context"))
        name = _title(article, newest.get(article.id))
        blocks.append(Text((Strong(name), f"  {why}")))
        args = {"article": article.id}
        blocks.append(Buttons((Button(f"Open: {label(name, SHORT)}", "article.open", args),)))
    if not rows:
        blocks.append(Text(("You look after no article, and none waits for your review.",)))
    if len(rows) > LISTED:
        more = f"{len(rows) - LISTED} more, which come up as these are looked at."
        blocks.append(Text((more,), "context"))
    return Card("mine-0", "Articles for you", "Articles for you.", tuple(blocks))


def _row(
    article: Article,
    newest: ArticleVersion | None,
    person: Person,
    uow: UnitOfWork,
    keeping: Keeping,
) -> tuple[int, str, Article, str] | None:
    if article.state is ArticleState.RETIRED or not reads(person, article):
        return None
    is_mine = newest is not None and newest.author == person.id
    if newest and newest.state is VersionState.IN_REVIEW and not is_mine:
        return 0, "", article, f"{keeping.name(newest.author)} asks for a review"
    if article.owner != person.id and not is_mine:
        return None
    waits = _waits(newest, is_mine, keeping)
    trouble = article.stale or " ".join(unfindable(article, uow)) or told_of(article, person, uow)
    told = " · ".join(part for part in (waits, trouble) if part)
    is_urgent = bool(trouble) or (newest is not None and newest.state is VersionState.RETURNED)
    state = told or age(article.reviewed_on, keeping.clock.now().date())
    return 1 if is_urgent else 2, article.reviewed_on, article, state


def _waits(newest: ArticleVersion | None, is_mine: bool, keeping: Keeping) -> str:
    """What has become of words that nobody has published yet."""
    if newest is None or newest.state not in article_cards.WAITING:
        return ""
    by = "" if is_mine else f", by {keeping.name(newest.author)}"
    return f"{article_cards.STATES[newest.state]}{by}"


def _title(article: Article, newest: ArticleVersion | None) -> str:
    return article.title or (newest.title if newest else "") or "Without a title"
