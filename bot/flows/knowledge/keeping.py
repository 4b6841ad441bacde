"""What the steps of this flow share, each inside its caller's transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from bot.administrators import Administrators
from bot.config import Settings
from bot.config.directory import Directory
from bot.entitlement import check_account
from bot.errors import NotAllowed
from bot.knowledge_events import ArticleDoubted, ReviewDue
from bot.people import Account, Person
from bot.ports import Clock
from bot.publisher import Publisher
from bot.sight import reads
from storage.models import Article, ArticleState, Audience, UseKind
from storage.unit_of_work import UnitOfWork


def card_key(article_id: int) -> str:
    return f"article-{article_id}"


def review_key(article_id: int) -> str:
    """Of the timers of an article one runs at a time."""
    return f"review:{article_id}"


@dataclass(frozen=True)
class Keeping:
    settings: Settings
    directory: Directory
    clock: Clock
    publisher: Publisher
    administrators: Administrators

    def keeper(self, by: Account) -> Person:
        """Who asks, when they are ours: a partner reads what is for it, and writes nothing."""
        person = check_account(by, self.directory.find(by))
        if person.is_partner:
            raise NotAllowed("Articles are written and reviewed by our own people.")
        return person

    def reader(self, by: Account, article_id: int, uow: UnitOfWork) -> tuple[Person, Article]:
        """Who asks, when they may read it; of anything else they do not learn that it exists."""
        person = check_account(by, self.directory.find(by))
        article = uow.articles.get(article_id)
        is_kept = person.is_partner and article.state is not ArticleState.PUBLISHED
        if is_kept or not reads(person, article):
            raise NotAllowed("There is no such article for you.")
        return person, article

    def editor(self, by: Account, article_id: int, uow: UnitOfWork) -> tuple[Person, Article]:
        self.keeper(by)
        return self.reader(by, article_id, uow)

    def show(self, uow: UnitOfWork, key: str) -> None:
        """Before those who look after the articles, else before the administrators."""
        if channel := self.settings.channels.knowledge:
            self.publisher.place(uow, key, "slack", channel)
        else:
            self.administrators.show(uow, key)

    def show_article(self, uow: UnitOfWork, article: Article, but: Sequence[str] = ()) -> None:
        """Of what is restricted not even the title is for a channel: those who may read it are
        asked one by one, `but` those who cannot review it."""
        key = card_key(article.id)
        if article.audience is not Audience.RESTRICTED:
            self.show(uow, key)
            return
        for person in self.directory.people:
            is_asked = person.id not in but and not person.is_partner
            if person.slack and is_asked and reads(person, article):
                self.publisher.place(uow, key, "slack", f"@{person.slack}")

    def doubt(self, uow: UnitOfWork, article: Article, why: str) -> bool:
        """Say at once that it may be untrue, wherever it is shown; a first doubt stands."""
        if article.state is not ArticleState.PUBLISHED or article.stale:
            return False
        now = self.clock.now()
        article.stale, article.stale_at = why, now
        self.record(uow, "article doubted", "system", article.id)
        uow.emit(ArticleDoubted(article.id))
        return True

    def sound_since(self, article: Article, uow: UnitOfWork) -> datetime | None:
        """From when on complaints count: since these words were published, or found true again."""
        version = uow.articles.version(article.id, article.number)
        confirmed = [one.at for one in uow.articles.used(article.id, UseKind.CONFIRMED)]
        told = (article.published_at, version.decided_at if version else None, *confirmed)
        times = [at for at in told if at]
        if article.reviewed_on:
            times.append(datetime.combine(date.fromisoformat(article.reviewed_on), time(), UTC))
        return max(times) if times else None

    def await_review(self, uow: UnitOfWork, article: Article) -> None:
        """Start its interval anew."""
        uow.deliveries.drop(review_key(article.id), "ask for review")
        if article.review_days and article.reviewed_on:
            due = datetime.combine(date.fromisoformat(article.reviewed_on), time(9), UTC)
            uow.emit(
                ReviewDue(article.id, article.reviewed_on),
                due=due + timedelta(days=article.review_days),
                key=review_key(article.id),
            )

    def redraw(self, uow: UnitOfWork, article_id: int) -> None:
        self.publisher.redraw(uow, card_key(article_id), urgent=0)

    def record(self, uow: UnitOfWork, what: str, by: str, article_id: int, **data: object) -> None:
        uow.record(self.clock.now(), what, by, f"article:{article_id}", data)

    def name(self, person_id: str) -> str:
        person = self.directory.get(person_id)
        return person.name if person else "Somebody"
