"""An article that was changed on both sides: a person sees both and chooses."""

from bot import knowledge_commands as commands
from bot.cards import Answer, Block, Button, Buttons, Card, Link, Quote, Strong, Text
from bot.config import Settings
from bot.errors import Outdated
from bot.flows.knowledge import mirroring
from bot.flows.knowledge.keeping import Keeping
from bot.flows.knowledge.mirroring import CONFLICT, WANTED, is_told
from bot.knowledge_events import ArticlePublished
from storage.models import Article, Audience
from storage.unit_of_work import UnitOfWork


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
    """What is not public on both sides is quoted in no channel."""
    article = uow.articles.get(ident)
    mirror = uow.mirrors.of(ident, settings.help_desk.kind)
    if mirror is None:
        return None
    theirs = mirror.theirs if mirror.state == CONFLICT and is_told(article) else None
    blocks: list[Block] = [Text((_title(article),))]
    if theirs:
        args = {"article": article.id, "number": article.number, "digest": theirs["digest"]}
        if theirs.get("is_public", True):
            blocks += [
                Quote(f"{article.title}\n{article.body}", by="Here"),
                Quote(f"{theirs['title']}\n{theirs['body']}", by="In the help centre"),
            ]
        else:
            blocks.append(Text(("There it is a draft, which is for those who see it there.",)))
        blocks += [
            Text(("Both were changed. Neither is overwritten until somebody chooses.",)),
            Buttons(
                (
                    Button("Keep ours", "mirror.ours", args),
                    Button("Take theirs", "mirror.theirs", args),
                )
            ),
        ]
    else:
        blocks.append(Text(("There is nothing left to choose.",)))
    return Card(
        key=f"mirror-{ident}",
        title="An article changed on both sides",
        summary="An article changed here and in the help centre.",
        blocks=tuple(blocks),
        tone="warning" if theirs else "good",
    )


def _title(article: Article) -> Link | Strong:
    if article.audience is Audience.RESTRICTED:
        return Strong(f"Restricted article #{article.id}")
    return Link(article.url, article.title) if article.url else Strong(article.title)
