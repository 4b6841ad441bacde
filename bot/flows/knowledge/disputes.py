"""An article that was changed on both sides, or is in the help centre no more: a person sees how it
stands and chooses."""

from bot import knowledge_commands as commands
from bot.cards import Answer, Block, Button, Buttons, Card, Link, Quote, Strong, Text
from bot.config import Settings
from bot.errors import Outdated
from bot.flows.knowledge import mirroring
from bot.flows.knowledge.keeping import Keeping, card_key
from bot.flows.knowledge.mirroring import is_told
from bot.flows.knowledge.reviewing import retire
from bot.knowledge_events import ArticlePublished
from storage.models import Article, Audience, Mirror, MirrorState
from storage.unit_of_work import UnitOfWork


def settle_conflict(
    command: commands.SettleMirror, uow: UnitOfWork, keeping: Keeping, settings: Settings
) -> Answer:
    """Over exactly the two tellings that were shown."""
    person, article = keeping.editor(command.by, command.article, uow)
    mirror = uow.mirrors.of(article.id, settings.help_desk.kind)
    if mirror is None or _digest(mirror) != command.digest or article.number != command.number:
        raise Outdated("It has changed since. Please look at the card again.")
    theirs, mirror.theirs = mirror.theirs or {}, None
    keeping.record(uow, "conflict settled", person.id, article.id, keep=command.keep)
    if command.keep != "ours" and not theirs.get("is_public"):
        mirror.state = MirrorState.IN_STEP
        retire(commands.RetireArticle(command.by, article.id, article.number), uow, keeping)
    else:
        mirror.state, mirror.digest = MirrorState.WANTED, theirs.get("digest", mirror.digest)
        if theirs.get("is_gone"):
            mirror.ref, mirror.digest = None, ""
        if command.keep == "ours":
            mirror.theirs = {"puts_back": True}
            uow.emit(ArticlePublished(article.id, article.number), key=card_key(article.id))
        else:
            mirroring.propose(article, mirror, theirs["title"], theirs["body"], uow, keeping)
    keeping.publisher.redraw(uow, f"mirror-{article.id}", urgent=0)
    return None


def _digest(mirror: Mirror) -> str | None:
    """What a choice is between: their words and whether customers find them, or that they find
    none; None where there is no choice."""
    theirs = mirror.theirs or {}
    if mirror.state == MirrorState.HIDDEN:
        return "removed" if theirs.get("is_gone") else "draft"
    if mirror.state != MirrorState.CONFLICT or not theirs:
        return None
    return f"{theirs['digest']}{'' if theirs.get('is_public') else ' draft'}"


def draw_mirror(ident: int, uow: UnitOfWork, keeping: Keeping, settings: Settings) -> Card | None:
    """What is not public on both sides is quoted in no channel."""
    article = uow.articles.get(ident)
    mirror = uow.mirrors.of(ident, settings.help_desk.kind)
    if mirror is None:
        return None
    digest = _digest(mirror) if is_told(article) else None
    blocks: list[Block] = [Text((_title(article),))]
    if digest is None:
        blocks.append(Text(("There is nothing left to choose.",)))
    else:
        blocks += _choice(article, mirror, digest)
    return Card(
        key=f"mirror-{ident}",
        title="An article differs from the help centre",
        summary="An article differs here and in the help centre.",
        blocks=tuple(blocks),
        tone="good" if digest is None else "warning",
    )


def _choice(article: Article, mirror: Mirror, digest: str) -> list[Block]:
    theirs = mirror.theirs or {}
    args = {"article": article.id, "number": article.number, "digest": digest}
    ours, retires = Button("Keep ours", "mirror.ours", args), "Retire ours"
    if mirror.state == MirrorState.HIDDEN:
        where = "It was removed there" if theirs.get("is_gone") else "It is not for everybody there"
        told = f"{where}, and customers find it no more. Here it is still answered with."
        return [Text((told,)), Buttons((ours, Button(retires, "mirror.theirs", args)))]
    both = Text(("Both were changed. Neither is overwritten until somebody chooses.",))
    if not theirs.get("is_public"):
        told = "There it is not for everybody, but for those who see it there."
        return [Text((told,)), both, Buttons((ours, Button(retires, "mirror.theirs", args)))]
    return [
        Quote(f"{article.title}\n{article.body}", by="Here"),
        Quote(f"{theirs['title']}\n{theirs['body']}", by="In the help centre"),
        both,
        Buttons((ours, Button("Take theirs", "mirror.theirs", args))),
    ]


def _title(article: Article) -> Link | Strong:
    if article.audience is Audience.RESTRICTED:
        return Strong(f"Restricted article #{article.id}")
    return Link(article.url, article.title) if article.url else Strong(article.title)
