"""Decisions on our own page: the links to it, and what was last heard of who may use them."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, Id, identity


class MailLink(Base):
    """One link, to one person, for one version of an approval: `token_hash` is the sha256 of what
    stands in it, `digest` that of what it shows. `is_mailed`: by e-mail, because chat is down;
    others were handed over in chat. `used_at` says that a decision was taken, by this one or by
    another of theirs."""

    __tablename__ = "mail_links"

    id: Mapped[int] = identity()
    token_hash: Mapped[str] = mapped_column(unique=True)
    approval_id: Mapped[int] = mapped_column(Id, ForeignKey("approvals.id"), index=True)
    version: Mapped[int]
    digest: Mapped[str]
    person: Mapped[str]
    is_mailed: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None] = mapped_column(default=None)


class KnownStanding(Base):
    """What a platform said last of an account of somebody who may decide by e-mail."""

    __tablename__ = "standings"

    surface: Mapped[str] = mapped_column(primary_key=True)
    workspace: Mapped[str] = mapped_column(primary_key=True)
    user_id: Mapped[str] = mapped_column(primary_key=True)
    standing: Mapped[str]
    at: Mapped[datetime]
