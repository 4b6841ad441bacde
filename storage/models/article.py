"""Articles, their versions, and what became of them when somebody asked."""

import enum
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, Id, identity, state


class ArticleState(enum.StrEnum):
    """Only what is published is ever found. A published article with a newer version in review
    stays published, with the words that were reviewed."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    PUBLISHED = "published"
    RETIRED = "retired"


class Audience(enum.StrEnum):
    """RESTRICTED: to those alone whom the article's `readers` name."""

    PUBLIC = "public"
    INTERNAL = "internal"
    RESTRICTED = "restricted"


class Article(Base):
    """What people find: the words of its version `number`, 0 for what came from elsewhere.

    `ref` is the article's id where it comes from, `url` where people read it, where it has an
    address; `reviewed_on` an ISO date or empty. `readers` are "role:lead", "person:ana" or
    "partner:nightdesk". `releases` name the product versions it is true for, `playbook` the one
    that was in force when it was reviewed; `stale` says why it may be untrue, `stale_at` since
    when.
    """

    __tablename__ = "articles"

    id: Mapped[int] = identity()
    ref: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    summary: Mapped[str] = mapped_column(default="")
    body: Mapped[str] = mapped_column(default="")
    language: Mapped[str] = mapped_column(default="en")
    products: Mapped[list[str]] = mapped_column(default=list)
    releases: Mapped[list[str]] = mapped_column(default=list)
    category: Mapped[str] = mapped_column(default="")
    audience: Mapped[Audience] = state(Audience, Audience.PUBLIC)
    readers: Mapped[list[str]] = mapped_column(default=list)
    owner: Mapped[str] = mapped_column(default="")
    review_days: Mapped[int] = mapped_column(default=0)
    state: Mapped[ArticleState] = state(ArticleState, ArticleState.PUBLISHED)
    number: Mapped[int] = mapped_column(default=0)
    url: Mapped[str] = mapped_column(default="", server_default="")
    reviewed_on: Mapped[str] = mapped_column(default="")
    playbook: Mapped[str] = mapped_column(default="")
    stale: Mapped[str] = mapped_column(default="")
    stale_at: Mapped[datetime | None] = mapped_column(default=None)
    published_at: Mapped[datetime | None] = mapped_column(default=None)


class VersionState(enum.StrEnum):
    """REPLACED: another version took its place before anybody published it."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    PUBLISHED = "published"
    RETURNED = "returned"
    REPLACED = "replaced"


class ArticleVersion(Base):
    """One telling of an article, whole; `facts` hold what is beside title and body.

    `digest` is of all that a reviewer is shown. `ticket_id` and `customer_id` say whose
    conversation it was drafted from; until it is published it may hold their words.
    """

    __tablename__ = "article_versions"
    __table_args__ = (UniqueConstraint("article_id", "number"),)

    id: Mapped[int] = identity()
    article_id: Mapped[int] = mapped_column(Id, ForeignKey("articles.id"), index=True)
    number: Mapped[int]
    title: Mapped[str]
    body: Mapped[str]
    facts: Mapped[dict[str, Any]]
    note: Mapped[str] = mapped_column(default="")
    author: Mapped[str]
    state: Mapped[VersionState] = state(VersionState, VersionState.DRAFT)
    digest: Mapped[str]
    ticket_id: Mapped[int | None] = mapped_column(Id, default=None)
    customer_id: Mapped[int | None] = mapped_column(Id, default=None, index=True)
    created_at: Mapped[datetime]
    decided_by: Mapped[str | None] = mapped_column(default=None)
    decided_at: Mapped[datetime | None] = mapped_column(default=None)
    reason: Mapped[str] = mapped_column(default="")


class UseKind(enum.StrEnum):
    """SHOWN in an answer to a colleague, who found it HELPFUL or not (MISSED) or SHARED it; CITED
    to a customer in an answer that nobody of ours wrote; CONFIRMED as still true by one of ours."""

    SHOWN = "shown"
    HELPFUL = "helpful"
    MISSED = "missed"
    SHARED = "shared"
    CITED = "cited"
    CONFIRMED = "confirmed"


class ArticleUse(Base):
    """Once per article and question, or ticket, and kind."""

    __tablename__ = "article_uses"
    __table_args__ = (UniqueConstraint("article_id", "kind", "about"),)

    id: Mapped[int] = identity()
    article_id: Mapped[int] = mapped_column(Id, ForeignKey("articles.id"))
    kind: Mapped[UseKind] = state(UseKind, UseKind.SHOWN)
    about: Mapped[str]
    by: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime]
