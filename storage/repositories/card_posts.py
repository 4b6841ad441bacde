"""Where each card is shown."""

from collections.abc import Sequence
from datetime import datetime
from uuid import uuid4

from sqlalchemy import select, update

from storage.errors import Missing
from storage.models import CardPost, PostState
from storage.repositories.base import Repository, table_of

P = table_of(CardPost)


class CardPosts(Repository):
    def place(
        self,
        card_key: str,
        surface: str,
        channel: str,
        at: datetime,
        parent: int | None = None,
    ) -> CardPost:
        """The card's post in this channel, made when it is not there yet."""
        found = self.session.scalar(
            select(CardPost).where(
                CardPost.card_key == card_key,
                CardPost.surface == surface,
                CardPost.channel == channel,
            )
        )
        if found is not None:
            return found
        post = CardPost(
            card_key=card_key,
            surface=surface,
            channel=channel,
            parent_id=parent,
            marker=uuid4().hex,
            created_at=at,
        )
        self.session.add(post)
        self.session.flush()
        return post

    def get(self, post_id: int) -> CardPost:
        post = self.session.get(CardPost, post_id, populate_existing=True)
        if post is None:
            raise Missing(f"post {post_id}")
        return post

    def of(self, card_key: str) -> Sequence[CardPost]:
        return self.session.scalars(
            select(CardPost)
            .where(CardPost.card_key == card_key, CardPost.state != PostState.GONE)
            .order_by(CardPost.id)
        ).all()

    def ids_of(self, card_key: str) -> list[int]:
        rows = self.session.execute(
            select(P.c.id).where(P.c.card_key == card_key, P.c.state != PostState.GONE)
        )
        return [row[0] for row in rows]

    def in_channel(self, surface: str, channel: str) -> list[int]:
        """Ids of the living posts in a channel."""
        rows = self.session.execute(
            select(P.c.id).where(
                P.c.surface == surface, P.c.channel == channel, P.c.state != PostState.GONE
            )
        )
        return [row[0] for row in rows]

    def at(self, surface: str, place: str, message: str) -> CardPost | None:
        """The copy a click came from. `place` is the real channel id (a private one's too)."""
        return self.session.scalar(
            select(CardPost).where(
                CardPost.message == message, CardPost.surface == surface, CardPost.place == place
            )
        )

    def clicked(self, surface: str, place: str, message: str, via: str, until: datetime) -> None:
        """Remember the copy's newest reply address."""
        copy = (P.c.message == message, P.c.surface == surface, P.c.place == place)
        self.session.execute(update(P).where(*copy).values(via=via, via_until=until))

    def settle(self, post_id: int, state: PostState, **values: str | None) -> None:
        self.session.execute(update(P).where(P.c.id == post_id).values(state=state, **values))
