"""A second person reads an article before anybody finds it: publish, give back, retire."""

from bot import knowledge_commands as commands
from bot.cards import Card, Form, Input, Notice
from bot.errors import AlreadyDecided, InvalidForm, NotAllowed, Outdated
from bot.flows.knowledge import article_cards
from bot.flows.knowledge.contents import of_version
from bot.flows.knowledge.deciding import hindrance, unfit
from bot.flows.knowledge.keeping import Keeping, card_key, review_key
from bot.flows.knowledge.mirroring import ask
from bot.knowledge_events import ArticlePublished, ArticleWithdrawn
from bot.people import Account, Person
from storage.models import (
    Article,
    ArticleState,
    ArticleVersion,
    Audience,
    UseKind,
    VersionState,
)
from storage.search import Search
from storage.unit_of_work import UnitOfWork


def publish(command: commands.PublishArticle, uow: UnitOfWork, keeping: Keeping) -> Card:
    """What is found from then on is what was shown, letter by letter."""
    person, article, version = _reviewed(command.by, command.article, command.number, uow, keeping)
    content = of_version(version)
    if wrong := unfit(content):
        raise NotAllowed(" ".join(("It cannot be published.", *wrong)))
    now = keeping.clock.now()
    _decide(version, command.digest, VersionState.PUBLISHED, person, uow, keeping)
    content.put_on(article)
    article.number, article.state = version.number, ArticleState.PUBLISHED
    article.published_at = article.published_at or now
    article.playbook = keeping.settings.agent.playbook
    _found_true(article, keeping)
    uow.session.flush()
    Search(uow.session).index(article)
    keeping.await_review(uow, article)
    keeping.record(
        uow,
        "article published",
        person.id,
        article.id,
        number=version.number,
        digest=version.digest,
    )
    uow.emit(ArticlePublished(article.id, version.number), key=card_key(article.id))
    if article.audience is Audience.RESTRICTED:
        # No channel shows it, and who wrote it was not asked to review it.
        _tell_author(version, f"{person.name} published what you wrote", uow, keeping)
    keeping.redraw(uow, article.id)
    if mirror := uow.mirrors.of(article.id, keeping.settings.help_desk.kind):
        # Who chooses between this and the help centre's chooses over these words from now on.
        ask(mirror, uow, keeping)
    return article_cards.whole(article, _fresh(version, uow), person, uow, keeping)


def open_returning(command: commands.OpenReturning, uow: UnitOfWork, keeping: Keeping) -> Form:
    _reviewed(command.by, command.article, command.number, uow, keeping)
    return Form(
        title="Ask for changes",
        submit="Give it back",
        action="article.return",
        args={
            "article": command.article,
            "number": command.number,
            "digest": command.digest,
        },
        blocks=(Input("reason", "What should be different?", multiline=True, max_length=1_000),),
    )


def give_back(command: commands.ReturnArticle, uow: UnitOfWork, keeping: Keeping) -> None:
    if not command.reason.strip():
        raise InvalidForm({"reason": "Say what should be different."})
    person, article, version = _reviewed(command.by, command.article, command.number, uow, keeping)
    _decide(
        version, command.digest, VersionState.RETURNED, person, uow, keeping, command.reason.strip()
    )
    if article.state is ArticleState.IN_REVIEW:
        article.state = ArticleState.DRAFT
    keeping.record(uow, "article returned", person.id, article.id, number=version.number)
    _tell_author(version, f"{person.name} asks for changes to what you wrote", uow, keeping)
    keeping.redraw(uow, article.id)


def retire(command: commands.RetireArticle, uow: UnitOfWork, keeping: Keeping) -> Card | Notice:
    """Nobody finds it any more; its versions stay. What waited for a review is not published after
    all; whoever wants the article back edits it anew."""
    person, article = keeping.editor(command.by, command.article, uow)
    _check_shown(article, command.number)
    uow.articles.set_aside(article.id)
    article.state, article.stale, article.stale_at = ArticleState.RETIRED, "", None
    uow.deliveries.drop(review_key(article.id), "ask for review")
    uow.emit(ArticleWithdrawn(article.id), key=card_key(article.id))
    keeping.record(uow, "article retired", person.id, article.id, number=article.number)
    keeping.redraw(uow, article.id)
    newest = uow.articles.newest(article.id)
    return article_cards.whole(article, newest, person, uow, keeping)


def confirm(command: commands.ConfirmArticle, uow: UnitOfWork, keeping: Keeping) -> Card:
    """Somebody of ours has read it, and finds it still true."""
    person, article = keeping.editor(command.by, command.article, uow)
    _check_shown(article, command.number)
    _found_true(article, keeping)
    article.playbook = keeping.settings.agent.playbook
    keeping.await_review(uow, article)
    now = keeping.clock.now()
    uow.articles.use(article.id, UseKind.CONFIRMED, now.isoformat(), person.id, now)
    keeping.record(uow, "article confirmed", person.id, article.id, number=article.number)
    keeping.redraw(uow, article.id)
    newest = uow.articles.newest(article.id)
    return article_cards.whole(article, newest, person, uow, keeping)


def _found_true(article: Article, keeping: Keeping) -> None:
    article.stale, article.stale_at = "", None
    article.reviewed_on = keeping.clock.now().date().isoformat()


def _check_shown(article: Article, number: int) -> None:
    if article.state is not ArticleState.PUBLISHED or article.number != number:
        raise Outdated("It has changed since. Please open the article again.")


def _reviewed(
    by: Account, article_id: int, number: int, uow: UnitOfWork, keeping: Keeping
) -> tuple[Person, Article, ArticleVersion]:
    """Who decides on which words; nobody decides on their own."""
    person, article = keeping.editor(by, article_id, uow)
    version = uow.articles.version(article.id, number)
    if version is None:
        raise Outdated("It has changed since. Please open the article again.")
    if why := hindrance(person, article, version, uow):
        raise NotAllowed(why)
    return person, article, version


def _decide(
    version: ArticleVersion,
    digest: str,
    verdict: VersionState,
    person: Person,
    uow: UnitOfWork,
    keeping: Keeping,
    reason: str = "",
) -> None:
    now = keeping.clock.now()
    if uow.articles.decide(version, digest, verdict, person.id, now, reason):
        return
    newest = _fresh(version, uow)
    if newest.state in (VersionState.PUBLISHED, VersionState.RETURNED):
        raise AlreadyDecided(f"{keeping.name(newest.decided_by or '')} was faster.")
    raise Outdated("It has changed since, so nothing was decided. Please look at it again.")


def _fresh(version: ArticleVersion, uow: UnitOfWork) -> ArticleVersion:
    return uow.articles.version(version.article_id, version.number) or version


def _tell_author(version: ArticleVersion, what: str, uow: UnitOfWork, keeping: Keeping) -> None:
    author = keeping.directory.get(version.author)
    if author is not None:
        mine = f"`{keeping.settings.command_names.kb} mine`"
        told = f"{what}: {version.title}. Look at {mine}."
        keeping.publisher.tell(uow, author, told, nameless=f"An article of yours. Look at {mine}.")
