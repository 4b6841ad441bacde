"""What people found to answer a ticket."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, Id, identity


class Link(Base):
    """The article solved the ticket. The greater `weight` is, the surer that is: 2 was said by
    whoever resolved it, 1 stood in a reply, less is an answer that nobody disputed.

    `by` is a person id, or the rule under which the agent's own answer was taken as proved.
    """

    __tablename__ = "links"
    __table_args__ = (UniqueConstraint("ticket_id", "article_id"),)

    id: Mapped[int] = identity()
    ticket_id: Mapped[int] = mapped_column(Id, ForeignKey("tickets.id"))
    article_id: Mapped[int] = mapped_column(Id, ForeignKey("articles.id"), index=True)
    weight: Mapped[float]
    by: Mapped[str]
    created_at: Mapped[datetime]
