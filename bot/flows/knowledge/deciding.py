"""Who may decide on the words of a version that waits for a review; nobody does on their own."""

from collections.abc import Sequence

from bot.agent.poison import hidden_in
from bot.flows.knowledge.contents import Content, sees
from bot.flows.knowledge.drafting import MISSING
from bot.people import Person
from storage.models import Article, ArticleVersion
from storage.unit_of_work import UnitOfWork

_BEGUN = f"It does not say yet what helps: “{MISSING}” stands in its place."


def hindrance(person: Person, article: Article, version: ArticleVersion, uow: UnitOfWork) -> str:
    """Why this person does not review it; nothing where they may."""
    if person.id in authors(article, uow):
        return "You wrote this yourself, so somebody else has to review it."
    if not sees(person, version):
        return "It is for readers to whom you do not belong."
    return ""


def unfit(content: Content) -> Sequence[str]:
    """Why nobody publishes these words, whoever reviews them."""
    wrong = hidden_in(f"{content.title}\n{content.summary}\n{content.body}")
    is_begun = any(line.strip() == MISSING for line in content.body.splitlines())
    return [*wrong, *([_BEGUN] if is_begun else [])]


def authors(article: Article, uow: UnitOfWork) -> Sequence[str]:
    """Whose words a reviewer decides on: of every version since the last that was published."""
    return [one.author for one in uow.articles.versions(article.id) if one.number > article.number]
