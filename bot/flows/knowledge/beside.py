"""Articles that do not go together, told privately: also those that no channel may hear of."""

from bot.cards import Block, Button, Buttons, Text
from bot.people import Person
from bot.sight import reads
from bot.words import label
from storage.models import Article, ArticleState, Likeness
from storage.unit_of_work import UnitOfWork

_SAYS = {
    "duplicate": "says the same as",
    "contradiction": "contradicts",
}


def beside(article: Article, person: Person, uow: UnitOfWork) -> list[tuple[Likeness, Article]]:
    """What nobody has found right so yet, with the other one of both; only what the person may
    read."""
    if article.state is not ArticleState.PUBLISHED:
        return []
    found = []
    for each in uow.health.likenesses(article.id):
        other = uow.articles.get(each.other if each.one == article.id else each.one)
        is_open = not each.decided_by and other.state is ArticleState.PUBLISHED
        if is_open and reads(person, other):
            found.append((each, other))
    return found


def told_of(article: Article, person: Person, uow: UnitOfWork) -> str:
    found = beside(article, person, uow)
    return " · ".join(f"{_SAYS[each.kind]} {label(other.title, 40)}" for each, other in found)


def blocks_of(article: Article, person: Person, uow: UnitOfWork) -> list[Block]:
    blocks: list[Block] = []
    for each, other in beside(article, person, uow):
        blocks.append(Text((f"It {_SAYS[each.kind]} {other.title}.",)))
        args = {"likeness": each.id, "article": article.id}
        opening = Button(f"Open: {label(other.title, 40)}", "article.open", {"article": other.id})
        blocks.append(Buttons((opening, Button("It is right so", "likeness.settle", args))))
    return blocks
