"""All that an article tells, as one value: what a form holds, what a reviewer is shown."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from bot.people import Person
from bot.sight import may_read
from storage.models import Article, ArticleVersion, Audience

_WORDS = ("title", "body")


@dataclass(frozen=True)
class Content:
    """`readers` count for what is restricted; `review_days` 0 is no interval."""

    title: str
    body: str
    summary: str = ""
    language: str = "en"
    products: tuple[str, ...] = ()
    releases: tuple[str, ...] = ()
    category: str = ""
    audience: str = Audience.INTERNAL.value
    readers: tuple[str, ...] = ()
    owner: str = ""
    review_days: int = 0

    @property
    def facts(self) -> dict[str, Any]:
        """Everything beside title and body, in plain JSON."""
        told = asdict(self)
        return {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in told.items()
            if name not in _WORDS
        }

    @property
    def digest(self) -> str:
        """Of every letter that a reviewer decides on."""
        whole = json.dumps([self.title, self.body, self.facts], sort_keys=True, ensure_ascii=True)
        return hashlib.sha256(whole.encode()).hexdigest()[:32]

    @property
    def words(self) -> str:
        """A digest of what a reader is told, whoever that may be."""
        told = json.dumps([self.title, self.summary, self.body], ensure_ascii=True)
        return hashlib.sha256(told.encode()).hexdigest()[:16]

    def put_on(self, article: Article) -> None:
        article.title, article.body, article.summary = self.title, self.body, self.summary
        article.language, article.category = self.language, self.category
        article.products, article.releases = list(self.products), list(self.releases)
        article.audience, article.readers = Audience(self.audience), list(self.readers)
        article.owner, article.review_days = self.owner, self.review_days


def of_version(version: ArticleVersion) -> Content:
    return _content({"title": version.title, "body": version.body, **version.facts})


def of_article(article: Article) -> Content:
    told = {each.name: getattr(article, each.name) for each in fields(Content)}
    return _content({**told, "audience": article.audience.value})


def _content(told: Mapping[str, Any]) -> Content:
    """Of what an earlier version of the bot wrote down, what is known by now."""
    known = {each.name for each in fields(Content)}
    values: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in told.items()
        if name in known
    }
    return Content(**values)


def sees(person: Person, version: ArticleVersion) -> bool:
    """What a version tells is for the readers that it names itself, whoever may read the article
    today; and for who wrote it."""
    told = of_version(version)
    is_theirs = version.author == person.id
    return is_theirs or may_read(person, Audience(told.audience), told.readers, told.owner)
