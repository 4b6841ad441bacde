"""Which article people found to answer which ticket."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select

from storage.models import Article, Link
from storage.repositories.base import Repository


class Links(Repository):
    def put(self, ticket_id: int, article_id: int, weight: float, by: str, at: datetime) -> None:
        """The stronger of two findings about the same ticket and article stays."""
        known = self.session.scalar(
            select(Link).where(Link.ticket_id == ticket_id, Link.article_id == article_id)
        )
        if known is None:
            told = {"weight": weight, "by": by, "created_at": at}
            self.session.add(Link(ticket_id=ticket_id, article_id=article_id, **told))
        elif weight > known.weight:
            known.weight, known.by, known.created_at = weight, by, at
        self.session.flush()

    def of_ticket(self, ticket_id: int) -> Sequence[Link]:
        wanted = select(Link).where(Link.ticket_id == ticket_id)
        return self.session.scalars(wanted.order_by(Link.id)).all()

    def refs_of(self, ticket_id: int) -> list[str]:
        """Of the articles, the surest first."""
        wanted = select(Article.ref).join(Link, Link.article_id == Article.id)
        best = wanted.where(Link.ticket_id == ticket_id).order_by(Link.weight.desc(), Link.id)
        return list(self.session.scalars(best))

    def withdraw(self, ticket_id: int, by: str) -> None:
        """What was taken as proved has proved otherwise."""
        self.session.execute(delete(Link).where(Link.ticket_id == ticket_id, Link.by == by))
