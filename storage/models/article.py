"""Knowledge: articles, and questions that no article answers."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, Id, identity


class Article(Base):
    """`ref` is the article's id where it comes from, `url` where people read it, where it has an
    address; `reviewed_on` an ISO date or empty."""

    __tablename__ = "articles"

    id: Mapped[int] = identity()
    ref: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    summary: Mapped[str] = mapped_column(default="")
    body: Mapped[str] = mapped_column(default="")
    language: Mapped[str] = mapped_column(default="en")
    products: Mapped[list[str]] = mapped_column(default=list)
    public: Mapped[bool] = mapped_column(default=True)
    url: Mapped[str] = mapped_column(default="", server_default="")
    reviewed_on: Mapped[str] = mapped_column(default="")


class Gap(Base):
    """A question without an article. The words are staff's or a customer's: personal text."""

    __tablename__ = "gaps"

    id: Mapped[int] = identity()
    question: Mapped[str]
    asked_by: Mapped[str]
    ticket_id: Mapped[int | None] = mapped_column(Id, default=None)
    customer_id: Mapped[int | None] = mapped_column(Id, default=None, index=True)
    created_at: Mapped[datetime]
